"""What money pays on a loan that money alone has moved: kept and told, in as few statements for many as for one.

Such a loan was disbursed and paid, no more, and nothing counts after the money: its plan stays as it is, and what
earlier money paid stays paid. The money is a receipt, or what waited of one when an instalment fell due. How it is
split is found by ``splits_by_plan`` and ``splits_by_replay``.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from axle.amortization.public import Receipt as ReceiptEvent
from axle.amortization.public import event_to_json
from axle.kernel.money import Fen, yuan
from axle.platform.public import Actor, business_date, note_change, prepared_cursor, publish_all
from axle.servicing.domain.buckets import days_past_due
from axle.servicing.domain.postings import PostingDraft
from axle.servicing.services.money_tell import money_event

LOAN_FACTS = """
l.id, l.loan_no, l.contract_no, l.legal_entity_id, l.customer_id, l.dealer_id, l.product_code, l.version,
l.principal_balance, l.interest_paid, l.unapplied, l.fee_outstanding, l.next_unpaid_due_on, l.worst_days
"""
FACTS = f"r.id, r.receipt_no, r.amount, r.value_on, r.bank_account_id, {LOAN_FACTS}"
"""What is asked of a receipt ``r`` and its loan ``l``."""
MOVED_BY_MONEY = """
r.prepayment_mode = '' AND r.payoff_quote_id IS NULL AND NOT r.is_from_suspense AND r.value_on >= l.disbursed_on
AND l.state = 'in_force' AND l.era = 0 AND l.carrying = 'performing'
AND coalesce(l.terms ->> 'vat_base', 'interest') = 'interest'
AND NOT l.terms ?| array['deposit', 'subvention', 'funder']
AND NOT EXISTS (
    SELECT FROM servicing_loanevent e
    WHERE e.loan_id = l.id AND (e.on > r.value_on OR e.kind NOT IN ('disbursement', 'receipt')
        OR (e.on = r.value_on AND e.kind = 'receipt' AND e.event_no > r.receipt_no COLLATE "C"))
)
"""
"""Whether it is such a receipt of such a loan."""
_KEEP = """
WITH told AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(%(rows)s::jsonb) AS n(receipt bigint, loan bigint, receipt_no text, "on" date,
        payload jsonb, posting_no text, kind text, amounts jsonb, bank_account text, interest bigint, principal bigint,
        unapplied bigint, fee_left bigint, worst_days int, next_unpaid_due_on date)
), receipts AS (
    UPDATE servicing_receipt AS r SET state = 'confirmed', confirmed_by_id = %(user)s::bigint,
        confirmed_by = %(name)s, confirmed_at = %(now)s::timestamptz
    FROM told n WHERE r.id = n.receipt
), loans AS (
    UPDATE servicing_loan AS l SET version = l.version + 1, principal_balance = l.principal_balance - n.principal,
        interest_paid = l.interest_paid + n.interest, unapplied = l.unapplied + n.unapplied,
        fee_outstanding = n.fee_left, worst_days = n.worst_days, next_unpaid_due_on = n.next_unpaid_due_on
    FROM told n WHERE l.id = n.loan
), plan AS (
    UPDATE servicing_instalment AS i SET fee_paid = i.fee_paid + n.fee, interest_paid = i.interest_paid + n.interest,
        principal_paid = i.principal_paid + n.principal, settled_on = n.settled_on
    FROM jsonb_to_recordset(%(plan)s::jsonb) AS n(loan bigint, position smallint, fee bigint, interest bigint,
        principal bigint, settled_on date)
    WHERE i.loan_id = n.loan AND i.position = n.position
), events AS (
    INSERT INTO servicing_loanevent (loan_id, event_no, kind, "on", payload, entered_on, entered_by, entered_at)
    SELECT loan, receipt_no, payload ->> 'kind', "on", payload, %(today)s::date, %(name)s, %(now)s::timestamptz
    FROM told WHERE receipt IS NOT NULL ORDER BY receipt_no
)
INSERT INTO servicing_posting (loan_id, event_no, key, "on", kind, amounts, bank_account, era, is_reversed, told_in)
SELECT loan, posting_no, receipt_no, "on", kind, amounts, bank_account, 0, false, ''
FROM told ORDER BY receipt_no
"""


class Fact(NamedTuple):
    """A receipt and what is kept of its loan, in the order of ``FACTS``.

    Of money that waits there is no receipt to confirm, and no amount comes in.
    """

    receipt_id: int | None
    receipt_no: str
    amount: int
    value_on: date
    bank_account_id: int | None
    loan_id: int
    loan_no: str
    contract_no: str
    legal_entity_id: int
    customer_id: int
    dealer_id: int | None
    product_code: str
    version: int
    principal_balance: int
    interest_paid: int
    unapplied: int
    fee_outstanding: int
    next_unpaid_due_on: date | None
    worst_days: int

    @property
    def pk(self) -> int:
        """The key of the loan, of which a fact is as much as the books are told."""
        return self.loan_id

    def event(self) -> ReceiptEvent:
        """The receipt as the replay reads it."""
        return ReceiptEvent(id=self.receipt_no, on=self.value_on, amount=Fen(self.amount))


class PaidRow(NamedTuple):
    """What was paid on a row of the plan, and when that settled it."""

    position: int
    fee: int
    interest: int
    principal: int
    settled_on: date | None


@dataclass(frozen=True)
class Split:
    """What money paid by component, and on which rows; the rest of what came in waits, or less waits than before.

    ``fee_left`` and ``next_unpaid_due_on`` are what the loan keeps of its plan afterwards, ``left`` all that it leaves
    unpaid of what is due.
    """

    fact: Fact
    parts: Mapping[str, int]
    rows: Sequence[PaidRow]
    fee_left: int
    next_unpaid_due_on: date | None
    left: int

    @property
    def rest(self) -> int:
        return self.fact.amount - sum(self.parts.values())

    @cached_property
    def draft(self) -> PostingDraft:
        """What is posted of it."""
        parts = {name: Fen(amount) for name, amount in self.parts.items() if amount}
        if self.fact.receipt_id is None:
            return PostingDraft("overpayment_applied", self.fact.value_on, parts)
        waits = {"unapplied": Fen(self.rest)} if self.rest else {}
        told = {"cash": Fen(self.fact.amount), **parts, **waits}
        return PostingDraft("receipt_posted", self.fact.value_on, told, str(self.fact.bank_account_id))

    @cached_property
    def posting_no(self) -> str:
        """The number under which it is posted."""
        return f"{self.fact.loan_no}/{self.fact.receipt_no}/{self.fact.value_on:%y%m%d}/1"

    def told(self, today: date) -> dict[str, Any]:
        """What is stored of it apart from the plan."""
        of, draft = self.fact, self.draft
        return {
            "receipt": of.receipt_id,
            "loan": of.loan_id,
            "receipt_no": of.receipt_no,
            "on": of.value_on,
            "payload": None if of.receipt_id is None else event_to_json(of.event()),
            "posting_no": self.posting_no,
            "kind": draft.kind,
            "amounts": draft.amounts,
            "bank_account": draft.bank_account,
            "interest": self.parts.get("interest", 0),
            "principal": self.parts.get("principal", 0),
            "unapplied": self.rest,
            "fee_left": self.fee_left,
            "worst_days": self._worst_days(today),
            "next_unpaid_due_on": self.next_unpaid_due_on,
        }

    def plan(self) -> list[dict[str, Any]]:
        """The rows of the plan that it paid."""
        return [{"loan": self.fact.loan_id, **row._asdict()} for row in self.rows]

    def changes(self, today: date) -> dict[str, tuple[Any, Any]]:
        """What it changed of the loan, before and after, as the log tells it."""
        of, paid = self.fact, self.parts
        both = {
            "version": (of.version, of.version + 1),
            "principal_balance": (of.principal_balance, of.principal_balance - paid.get("principal", 0)),
            "interest_paid": (of.interest_paid, of.interest_paid + paid.get("interest", 0)),
            "unapplied": (of.unapplied, of.unapplied + self.rest),
            "fee_outstanding": (of.fee_outstanding, self.fee_left),
            "next_unpaid_due_on": (of.next_unpaid_due_on, self.next_unpaid_due_on),
            "worst_days": (of.worst_days, self._worst_days(today)),
        }
        return {name: (was, now) for name, (was, now) in both.items() if was != now}

    def _worst_days(self, today: date) -> int:
        return max(self.fact.worst_days, days_past_due(self.fact.next_unpaid_due_on, today))


def splits_keep(actor: Actor, splits: Sequence[Split], at: datetime) -> None:
    """What the money pays is kept on loans and plans, and told to the books; receipts are confirmed."""
    today = business_date()
    rows, plan = [split.told(today) for split in splits], [row for split in splits for row in split.plan()]
    said = {"rows": _json(rows), "plan": _json(plan), "user": actor.user_id, "name": actor.name}
    with prepared_cursor() as cursor:
        cursor.execute(_KEEP, {**said, "now": at, "today": today})
    publish_all([money_event(split.fact, split.draft, split.posting_no) for split in splits])


def split_note(split: Split) -> None:
    """Note what a receipt changed of its loan."""
    changes = split.changes(business_date())
    was, now = ({name: _shown(name, both[side]) for name, both in changes.items()} for side in (0, 1))
    note_change(type="loan", id=split.fact.loan_id, before=was, after=now)


_AMOUNTS = {"principal_balance", "interest_paid", "unapplied", "fee_outstanding"}


def _shown(name: str, value: Any) -> Any:
    return yuan(Fen(value)) if name in _AMOUNTS else value


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, default=date.isoformat)
