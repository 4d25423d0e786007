"""What money pays that falls due today, or waits for it, on a loan that is not late: told by the stored plan alone.

One row at most is due, so that the stored row says what the replay would say.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from axle.amortization.public import COMPONENTS
from axle.platform.public import business_date, prepared_cursor
from axle.servicing.services.receipt_split import FACTS, MOVED_BY_MONEY, Fact, PaidRow, Split

ROW = "l.rules -> 'allocation_order', due.due_on, due.position, due.fee, due.interest, due.principal, due.later_due_on"
"""What is asked of the oldest row ``due`` of the plan of a loan ``l`` that is not paid, in the order of ``DueRow``."""
DUE = """
LEFT JOIN LATERAL (
    SELECT position, due_on, fee - fee_paid AS fee, interest - interest_paid AS interest,
        principal - principal_paid AS principal, lead(due_on) OVER (ORDER BY due_on, position) AS later_due_on
    FROM servicing_instalment WHERE loan_id = l.id AND settled_on IS NULL ORDER BY due_on, position LIMIT 1
) AS due ON true
"""
_FACTS = f"""
SELECT {FACTS}, {ROW}
FROM servicing_receipt r
JOIN servicing_loan l ON l.id = r.loan_id
{DUE}
WHERE r.id = ANY(%(receipts)s::bigint[]) AND {MOVED_BY_MONEY}
"""
_FACTS_OF_ONE = _FACTS.replace("= ANY(%(receipts)s::bigint[])", "= %(receipt)s::bigint")
"""The same of one, whose plan is the same whichever it is, so that it is not made anew."""


class DueRow(NamedTuple):
    """The order of allocation, and what the oldest unpaid row of the plan still asks for."""

    order: str | None
    due_on: date | None
    position: int
    fee: int
    interest: int
    principal: int
    later_due_on: date | None

    @property
    def total(self) -> int:
        """All that it still asks for, in fen."""
        return self.fee + self.interest + self.principal

    def tells(self, fact: Fact, today: date) -> bool:
        """Whether nothing is late, and the row alone can be paid: today by this money, or later."""
        if self.due_on is None or self.later_due_on is None or self.later_due_on <= today:
            return False
        is_alone = self.due_on > today or (self.due_on == fact.value_on and not fact.unapplied)
        return is_alone and self.total > 0 and not fact.fee_outstanding


class ByPlan(NamedTuple):
    """The splits that the plan told, by number, and the other receipts of loans that money alone has moved."""

    splits: list[Split]
    others: list[int]


def splits_by_plan(receipts: Sequence[int]) -> ByPlan:
    """How those of some receipts split that the stored plan can tell.

    The receipts and their loans are locked, and none has the loan of another.
    """
    today, count = business_date(), len(Fact._fields)
    with prepared_cursor() as cursor:
        if len(receipts) == 1:
            cursor.execute(_FACTS_OF_ONE, {"receipt": receipts[0], "today": today})
        else:
            cursor.execute(_FACTS, {"receipts": list(receipts), "today": today})
        found = [(Fact(*row[:count]), DueRow(*row[count:])) for row in cursor.fetchall()]
    found.sort(key=lambda one: one[0].receipt_no)
    return ByPlan(
        [_split(fact, row) for fact, row in found if row.tells(fact, today)],
        [fact.receipt_id for fact, row in found if fact.receipt_id and not row.tells(fact, today)],
    )


def _split(fact: Fact, row: DueRow) -> Split:
    if row.due_on != fact.value_on:
        return Split(fact, {}, (), 0, row.due_on, 0)
    return split_of_row(fact, row, fact.amount)


def split_of_row(fact: Fact, row: DueRow, money: int) -> Split:
    """What money pays of the only row that is due, on the day on which it falls due."""
    parts, left = dict[str, int](), money
    for component in json.loads(row.order) if row.order else COMPONENTS:
        paid = min(getattr(row, component, 0), left)
        if paid:
            parts[component] = paid
            left -= paid
    settles = sum(parts.values()) == row.total
    fee, interest, principal = (parts.get(name, 0) for name in ("fee", "interest", "principal"))
    paid_row = PaidRow(row.position, fee, interest, principal, fact.value_on if settles else None)
    unpaid = row.later_due_on if settles else row.due_on
    return Split(fact, parts, (paid_row,), row.fee - fee, unpaid, row.total - sum(parts.values()))
