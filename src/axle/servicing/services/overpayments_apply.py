"""Money that waits pays what falls due on the new day: of many loans in as few statements as of one.

Most such money came with one receipt to a loan that was only ever disbursed and paid. What it pays is told by the row
of the plan that falls due, and is what the replay would say; every other loan is replayed.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import connection

from axle.amortization.public import COMPONENTS
from axle.kernel.money import Fen
from axle.platform.public import acting, in_batches, note_change, publish_all, rows_copy, system_actor
from axle.servicing.domain.postings import PostingDraft
from axle.servicing.models import Loan, LoanState, Posting
from axle.servicing.services.loan_lock import loan_locked, loans_lock
from axle.servicing.services.loan_restate import loan_refresh
from axle.servicing.services.money_tell import money_event
from axle.servicing.services.residue_waive import residue_waive, tolerance_of

STEP = "apply_overpayments"
_BATCH = 2000
_FACTS = """
SELECT l.id, l.loan_no, l.contract_no, l.legal_entity_id, l.customer_id, l.dealer_id, l.product_code,
    l.rules -> 'allocation_order', l.unapplied, source.key, due.position, due.fee, due.interest, due.principal,
    later.due_on
FROM servicing_loan l
JOIN LATERAL (
    SELECT position, due_on, fee - fee_paid AS fee, interest - interest_paid AS interest,
        principal - principal_paid AS principal
    FROM servicing_instalment WHERE loan_id = l.id AND settled_on IS NULL ORDER BY due_on, position LIMIT 1
) AS due ON due.due_on = %(today)s AND due.fee + due.interest + due.principal > 0
JOIN LATERAL (
    SELECT due_on FROM servicing_instalment
    WHERE loan_id = l.id AND settled_on IS NULL ORDER BY due_on, position OFFSET 1 LIMIT 1
) AS later ON later.due_on > %(today)s
JOIN LATERAL (
    SELECT p.key, p.kind, (p.amounts ->> 'unapplied')::bigint AS waits
    FROM servicing_posting p WHERE p.loan_id = l.id AND NOT p.is_reversed ORDER BY p.on DESC, p.id DESC LIMIT 1
) AS source ON source.kind = 'receipt_posted' AND source.waits = l.unapplied
WHERE l.id = ANY(%(loans)s) AND l.state = 'in_force' AND l.unapplied > 0 AND l.era = 0 AND l.carrying = 'performing'
    AND l.fee_outstanding = 0 AND coalesce(l.terms ->> 'vat_base', 'interest') = 'interest'
    AND NOT l.terms ?| array['deposit', 'subvention', 'funder']
    AND NOT EXISTS (
        SELECT FROM servicing_loanevent e
        WHERE e.loan_id = l.id AND (e.on >= %(today)s OR e.kind NOT IN ('disbursement', 'receipt'))
    )
    AND NOT EXISTS (SELECT FROM servicing_posting p WHERE p.loan_id = l.id AND p.on >= %(today)s)
"""
"""Ordinary loans of which one row falls due today, and all money that waits came with the last receipt."""
_LOANS = """
UPDATE servicing_loan AS l SET version = l.version + 1, principal_balance = l.principal_balance - n.principal,
    interest_paid = l.interest_paid + n.interest, unapplied = l.unapplied - n.paid, fee_outstanding = n.fee_left,
    next_unpaid_due_on = coalesce(n.next_unpaid_due_on, l.next_unpaid_due_on)
FROM jsonb_to_recordset(%s) AS n(id bigint, principal bigint, interest bigint, paid bigint, fee_left bigint,
    next_unpaid_due_on date)
WHERE l.id = n.id
"""
_ROWS = """
UPDATE servicing_instalment AS i SET fee_paid = i.fee_paid + n.fee, interest_paid = i.interest_paid + n.interest,
    principal_paid = i.principal_paid + n.principal, settled_on = n.settled_on
FROM jsonb_to_recordset(%s) AS n(id bigint, position smallint, fee bigint, interest bigint, principal bigint,
    settled_on date)
WHERE i.loan_id = n.id AND i.position = n.position
"""


class _Fact(NamedTuple):
    """An ordinary loan with money that waits, and what the row that falls due asks for."""

    loan_id: int
    loan_no: str
    contract_no: str
    legal_entity_id: int
    customer_id: int
    dealer_id: int | None
    product_code: str
    order: str
    unapplied: int
    receipt_no: str
    position: int
    fee: int
    interest: int
    principal: int
    later_due_on: date

    def parts(self) -> dict[str, int]:
        """What the money pays, by component in the order of the loan's rules."""
        parts, left = dict[str, int](), self.unapplied
        for component in json.loads(self.order) if self.order else COMPONENTS:
            if paid := min(getattr(self, component, 0), left):
                parts[component] = paid
                left -= paid
        return parts

    def loan(self) -> Loan:
        """As much of the loan as the books are told."""
        own = {"loan_no": self.loan_no, "contract_no": self.contract_no, "product_code": self.product_code}
        keys = {"legal_entity_id": self.legal_entity_id, "customer_id": self.customer_id, "dealer_id": self.dealer_id}
        return Loan(pk=self.loan_id, **own, **keys)


def overpayments_apply(on: date, shard: int, shards: int) -> int:
    """Let money that waits pay what falls due on the date after ``on``; gives of how many loans it did.

    Loans that are not ordinary, and those of a batch that fails, are done one by one; what fails is set aside.
    """
    today = on + timedelta(days=1)
    waiting = Loan.objects.filter(unapplied__gt=0, state=LoanState.IN_FORCE, next_unpaid_due_on__lte=today)
    loans = dict(waiting.order_by("pk").values_list("loan_no", "pk"))

    def ordinary(batch: Sequence[str]) -> list[str]:
        return _of_ordinary([loans[number] for number in batch], today)

    return in_batches(STEP, on, list(loans), ordinary, lambda number: _apply(number, today), size=_BATCH)


def _apply(loan_no: str, today: date) -> None:
    actor = system_actor("end_of_day")
    with acting(actor, STEP):
        loan = loan_locked(loan_no)
        residue_waive(actor=actor, loan=loan, position=loan_refresh(loan=loan, business_on=today))


def _of_ordinary(loan_ids: Sequence[int], today: date) -> list[str]:
    """Do the ordinary ones of some loans; gives which."""
    with acting(system_actor("end_of_day"), STEP), connection.cursor() as cursor:
        loans_lock(loan_ids)
        cursor.execute(_FACTS, {"loans": list(loan_ids), "today": today})
        facts = [fact for row in cursor.fetchall() if not _leaves_residue(fact := _Fact(*row))]
        if facts:
            _keep(facts, today)
    return [fact.loan_no for fact in facts]


def _leaves_residue(fact: _Fact) -> bool:
    """Whether so little would stay unpaid that it is let go, which is an event of its own."""
    left = fact.fee + fact.interest + fact.principal - fact.unapplied
    return 0 < left <= tolerance_of(fact.legal_entity_id)


def _keep(facts: Sequence[_Fact], today: date) -> None:
    paid = [(fact, fact.parts()) for fact in facts]
    with connection.cursor() as cursor:
        cursor.execute(_LOANS, [_json(_loan_row(*one) for one in paid)])
        cursor.execute(_ROWS, [_json(_plan_row(*one, today) for one in paid)])
    rows_copy(_posting(*one, today) for one in paid)
    publish_all([money_event(fact.loan(), _draft(parts, today), _posting_no(fact, today)) for fact, parts in paid])
    for fact, parts in paid:
        note_change(type="loan", id=fact.loan_id, after={"receipt_no": fact.receipt_no, **parts})


def _json(rows: Iterable[dict[str, Any]]) -> str:
    return json.dumps(list(rows), default=date.isoformat)


def _is_settled(fact: _Fact, parts: dict[str, int]) -> bool:
    return sum(parts.values()) == fact.fee + fact.interest + fact.principal


def _loan_row(fact: _Fact, parts: dict[str, int]) -> dict[str, Any]:
    return {
        "id": fact.loan_id,
        "principal": parts.get("principal", 0),
        "interest": parts.get("interest", 0),
        "paid": sum(parts.values()),
        "fee_left": fact.fee - parts.get("fee", 0),
        "next_unpaid_due_on": fact.later_due_on if _is_settled(fact, parts) else None,
    }


def _plan_row(fact: _Fact, parts: dict[str, int], today: date) -> dict[str, Any]:
    paid = {component: parts.get(component, 0) for component in ("fee", "interest", "principal")}
    settled_on = today if _is_settled(fact, parts) else None
    return {"id": fact.loan_id, "position": fact.position, **paid, "settled_on": settled_on}


def _draft(parts: dict[str, int], today: date) -> PostingDraft:
    return PostingDraft("overpayment_applied", today, {name: Fen(amount) for name, amount in parts.items()})


def _posting_no(fact: _Fact, today: date) -> str:
    return f"{fact.loan_no}/{fact.receipt_no}/{today:%y%m%d}/1"


def _posting(fact: _Fact, parts: dict[str, int], today: date) -> Posting:
    draft = _draft(parts, today)
    return Posting(
        loan_id=fact.loan_id,
        event_no=_posting_no(fact, today),
        key=fact.receipt_no,
        on=draft.on,
        kind=draft.kind,
        amounts=draft.amounts,
    )
