"""Finance confirms many receipts at once, in as few statements as for one.

Most money pays what falls due today, or waits for it, on a loan that was only ever disbursed and paid. What such a
receipt pays is told by the stored row of the plan, and is what the replay would say; every other receipt is confirmed
by the service for one.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from axle.amortization.public import COMPONENTS, event_to_json
from axle.amortization.public import Receipt as ReceiptEvent
from axle.kernel.errors import AxleError
from axle.kernel.money import Fen
from axle.platform.public import Actor, attempt, business_date, note_change, publish_all, rows_copy
from axle.servicing.domain.postings import PostingDraft
from axle.servicing.models import Loan, LoanEvent, Posting, Receipt, ReceiptState
from axle.servicing.services.money_tell import money_event
from axle.servicing.services.receipt_confirm import receipt_confirm
from axle.servicing.services.residue_waive import tolerance_of

_FACTS = """
SELECT r.id, r.receipt_no, r.amount, r.value_on, r.bank_account_id, l.id, l.loan_no, l.contract_no, l.legal_entity_id,
    l.customer_id, l.dealer_id, l.product_code, l.rules -> 'allocation_order', due.due_on, due.position, due.fee,
    due.interest, due.principal, later.due_on
FROM servicing_receipt r
JOIN servicing_loan l ON l.id = r.loan_id
JOIN LATERAL (
    SELECT position, due_on, fee - fee_paid AS fee, interest - interest_paid AS interest,
        principal - principal_paid AS principal
    FROM servicing_instalment WHERE loan_id = l.id AND settled_on IS NULL ORDER BY due_on, position LIMIT 1
) AS due ON due.fee + due.interest + due.principal > 0
JOIN LATERAL (
    SELECT due_on FROM servicing_instalment
    WHERE loan_id = l.id AND settled_on IS NULL ORDER BY due_on, position OFFSET 1 LIMIT 1
) AS later ON later.due_on > %(today)s
WHERE r.id = ANY(%(receipts)s) AND r.prepayment_mode = '' AND r.payoff_quote_id IS NULL
    AND r.value_on >= l.disbursed_on
    AND l.state = 'in_force' AND l.era = 0 AND l.carrying = 'performing' AND l.fee_outstanding = 0
    AND coalesce(l.terms ->> 'vat_base', 'interest') = 'interest'
    AND NOT l.terms ?| array['deposit', 'subvention', 'funder']
    AND (due.due_on > %(today)s OR (due.due_on = r.value_on AND l.unapplied = 0))
    AND NOT EXISTS (
        SELECT FROM servicing_loanevent e
        WHERE e.loan_id = l.id AND (e.on >= r.value_on OR e.kind NOT IN ('disbursement', 'receipt'))
    )
"""
"""Receipts of ordinary loans: nothing counts after their day, nothing is late, and one row at most is due."""
_RECEIPTS = """
UPDATE servicing_receipt SET state = 'confirmed', confirmed_by_id = %s, confirmed_by = %s, confirmed_at = %s
WHERE id = ANY(%s)
"""
_LOANS = """
UPDATE servicing_loan AS l SET version = l.version + 1, principal_balance = l.principal_balance - n.principal,
    interest_paid = l.interest_paid + n.interest, unapplied = l.unapplied + n.unapplied, fee_outstanding = n.fee_left,
    worst_days = greatest(l.worst_days, %s - l.next_unpaid_due_on), next_unpaid_due_on = n.next_unpaid_due_on
FROM jsonb_to_recordset(%s) AS n(id bigint, principal bigint, interest bigint, unapplied bigint, fee_left bigint,
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
    """A receipt of an ordinary loan, with what its oldest unpaid row still asks for."""

    receipt_id: int
    receipt_no: str
    amount: int
    value_on: date
    bank_account_id: int
    loan_id: int
    loan_no: str
    contract_no: str
    legal_entity_id: int
    customer_id: int
    dealer_id: int | None
    product_code: str
    order: str
    due_on: date
    position: int
    fee: int
    interest: int
    principal: int
    later_due_on: date


@dataclass(frozen=True)
class _Split:
    """What a receipt paid on the row that is due, by component; the rest waits."""

    fact: _Fact
    parts: dict[str, int]

    @property
    def rest(self) -> int:
        return self.fact.amount - sum(self.parts.values())

    @property
    def settles(self) -> bool:
        return sum(self.parts.values()) == self.fact.fee + self.fact.interest + self.fact.principal

    @property
    def left(self) -> int:
        """What stays unpaid of what is due."""
        due = self.fact.fee + self.fact.interest + self.fact.principal if self.fact.due_on == self.fact.value_on else 0
        return due - sum(self.parts.values())

    def draft(self) -> PostingDraft:
        amounts = {"cash": self.fact.amount, **self.parts, "unapplied": self.rest}
        told = {name: Fen(amount) for name, amount in amounts.items() if amount}
        return PostingDraft("receipt_posted", self.fact.value_on, told, str(self.fact.bank_account_id))

    def posting_no(self) -> str:
        return f"{self.fact.loan_no}/{self.fact.receipt_no}/{self.fact.value_on:%y%m%d}/1"

    def loan(self) -> Loan:
        """As much of the loan as the books are told."""
        of = self.fact
        own = {"loan_no": of.loan_no, "contract_no": of.contract_no, "product_code": of.product_code}
        keys = {"legal_entity_id": of.legal_entity_id, "customer_id": of.customer_id, "dealer_id": of.dealer_id}
        return Loan(pk=of.loan_id, **own, **keys)


def receipts_confirm(*, actor: Actor, receipts: Sequence[Receipt]) -> dict[int, str]:
    """Confirm registered receipts, of which the actor registered none; gives the codes of refusals by receipt.

    The same results as one by one in the order given. Call inside a transaction, with loans and receipts locked.
    """
    ordinary = _ordinary(receipts)
    if ordinary:
        _keep(actor, ordinary)
    done, refused = {split.fact.receipt_id for split in ordinary}, dict[int, str]()
    for receipt in receipts:
        if receipt.pk not in done:
            try:
                with attempt():
                    receipt_confirm(actor=actor, receipt_no=receipt.receipt_no)
            except AxleError as error:
                refused[receipt.pk] = error.code
    return refused


def receipt_loans_lock(receipts: Sequence[int]) -> None:
    """Lock the loans of some receipts, in their order; loans are always locked before their receipts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM servicing_loan WHERE id IN (SELECT loan_id FROM servicing_receipt WHERE id = ANY(%s))"
            " ORDER BY id FOR UPDATE",
            [list(receipts)],
        )


def _ordinary(receipts: Sequence[Receipt]) -> list[_Split]:
    """The receipts that the stored plan can split; of a loan that has several none, for the second sees the first."""
    per_loan = Counter(receipt.loan_id for receipt in receipts)
    asked = [
        receipt.pk
        for receipt in receipts
        if receipt.loan_id and per_loan[receipt.loan_id] == 1 and not receipt.is_from_suspense
    ]
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"receipts": asked, "today": business_date()})
        facts = [_Fact(*row) for row in cursor.fetchall()]
    splits = [_split(fact) for fact in sorted(facts, key=lambda fact: fact.receipt_no)]
    tolerated = {entity: tolerance_of(entity) for entity in {fact.legal_entity_id for fact in facts}}
    return [split for split in splits if not 0 < split.left <= tolerated[split.fact.legal_entity_id]]


def _split(fact: _Fact) -> _Split:
    parts, left = dict[str, int](), fact.amount
    if fact.due_on == fact.value_on:
        for component in json.loads(fact.order) if fact.order else COMPONENTS:
            paid = min(getattr(fact, component, 0), left)
            if paid:
                parts[component] = paid
                left -= paid
    return _Split(fact, parts)


def _keep(actor: Actor, splits: Sequence[_Split]) -> None:
    today, now = business_date(), timezone.now()
    with connection.cursor() as cursor:
        keys = [split.fact.receipt_id for split in splits]
        cursor.execute(_RECEIPTS, [actor.user_id, actor.name, now, keys])
        cursor.execute(_LOANS, [today, _json([_loan_row(split) for split in splits])])
        if rows := [_plan_row(split) for split in splits if split.parts]:
            cursor.execute(_ROWS, [_json(rows)])
    rows_copy(_event(actor, split, today) for split in splits)
    rows_copy(_posting(split) for split in splits)
    publish_all([money_event(split.loan(), split.draft(), split.posting_no()) for split in splits])
    for split in splits:
        fact = split.fact
        note_change(type="receipt", id=fact.receipt_id, before={"state": "registered"}, after=_confirmed(actor))
        note_change(type="loan", id=fact.loan_id, after={"receipt_no": fact.receipt_no})


def _confirmed(actor: Actor) -> dict[str, Any]:
    return {"state": ReceiptState.CONFIRMED.value, "confirmed_by": actor.name, "confirmed_by_id": actor.user_id}


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, default=date.isoformat)


def _loan_row(split: _Split) -> dict[str, Any]:
    fact, parts = split.fact, split.parts
    return {
        "id": fact.loan_id,
        "principal": parts.get("principal", 0),
        "interest": parts.get("interest", 0),
        "unapplied": split.rest,
        "fee_left": fact.fee - parts.get("fee", 0) if fact.due_on == fact.value_on else 0,
        "next_unpaid_due_on": fact.later_due_on if split.settles else fact.due_on,
    }


def _plan_row(split: _Split) -> dict[str, Any]:
    fact = split.fact
    paid = {component: split.parts.get(component, 0) for component in ("fee", "interest", "principal")}
    settled_on = fact.value_on if split.settles else None
    return {"id": fact.loan_id, "position": fact.position, **paid, "settled_on": settled_on}


def _event(actor: Actor, split: _Split, today: date) -> LoanEvent:
    fact = split.fact
    payload = event_to_json(ReceiptEvent(id=fact.receipt_no, on=fact.value_on, amount=Fen(fact.amount)))
    return LoanEvent(
        loan_id=fact.loan_id,
        event_no=fact.receipt_no,
        kind=payload["kind"],
        on=fact.value_on,
        payload=payload,
        entered_on=today,
        entered_by=actor.name,
    )


def _posting(split: _Split) -> Posting:
    draft = split.draft()
    return Posting(
        loan_id=split.fact.loan_id,
        event_no=split.posting_no(),
        key=split.fact.receipt_no,
        on=draft.on,
        kind=draft.kind,
        amounts=draft.amounts,
        bank_account=draft.bank_account,
    )
