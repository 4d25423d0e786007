"""Money that waits pays what falls due on the new day: of many loans in as few statements as of one.

Most such money came with one receipt to a loan that was only ever disbursed and paid. What it pays is told by the row
of the plan that falls due, and is what the replay would say; every other loan is replayed.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from axle.platform.public import acting, in_batches, note_change, system_actor
from axle.servicing.models import Loan, LoanState
from axle.servicing.services.loan_lock import loan_locked, loans_lock
from axle.servicing.services.loan_restate import loan_refresh
from axle.servicing.services.receipt_split import LOAN_FACTS, Fact, Split, splits_keep
from axle.servicing.services.residue_waive import residue_waive, splits_without_residue
from axle.servicing.services.splits_by_plan import DUE, ROW, DueRow, split_of_row

STEP = "apply_overpayments"
_BATCH = 2000
_FACTS = f"""
SELECT NULL, source.key, 0, %(today)s, NULL, {LOAN_FACTS}, {ROW}
FROM servicing_loan l
{DUE}
JOIN LATERAL (
    SELECT p.key, p.kind, (p.amounts ->> 'unapplied')::bigint AS waits
    FROM servicing_posting p WHERE p.loan_id = l.id AND NOT p.is_reversed ORDER BY p.on DESC, p.id DESC LIMIT 1
) AS source ON source.kind = 'receipt_posted' AND source.waits = l.unapplied
WHERE l.id = ANY(%(loans)s) AND l.state = 'in_force' AND l.unapplied > 0 AND l.era = 0 AND l.carrying = 'performing'
    AND l.fee_outstanding = 0 AND coalesce(l.terms ->> 'vat_base', 'interest') = 'interest'
    AND due.due_on = %(today)s AND due.fee + due.interest + due.principal > 0 AND due.later_due_on > %(today)s
    AND NOT l.terms ?| array['deposit', 'subvention', 'funder']
    AND NOT EXISTS (
        SELECT FROM servicing_loanevent e
        WHERE e.loan_id = l.id AND (e.on >= %(today)s OR e.kind NOT IN ('disbursement', 'receipt'))
    )
    AND NOT EXISTS (SELECT FROM servicing_posting p WHERE p.loan_id = l.id AND p.on >= %(today)s)
"""
"""Ordinary loans of which one row falls due today, and all money that waits came with the last receipt."""


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
    actor, count = system_actor("end_of_day"), len(Fact._fields)
    with acting(actor, STEP), connection.cursor() as cursor:
        loans_lock(loan_ids)
        cursor.execute(_FACTS, {"loans": list(loan_ids), "today": today})
        found = [_split(Fact(*row[:count]), DueRow(*row[count:])) for row in cursor.fetchall()]
        splits = splits_without_residue(found)
        if splits:
            splits_keep(actor, splits, timezone.now())
        for split in splits:
            note_change(type="loan", id=split.fact.loan_id, after={"receipt_no": split.fact.receipt_no, **split.parts})
    return [split.fact.loan_no for split in splits]


def _split(fact: Fact, row: DueRow) -> Split:
    return split_of_row(fact, row, fact.unapplied)
