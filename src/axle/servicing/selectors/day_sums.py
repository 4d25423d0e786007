"""Sums over all loans for the closing of a day, most of them taken before the date is held.

The interest that runs and the rows that fall due on a day depend on plans alone. A plan is changed by events other
than receipts, and each event carries the business date of its entry. So the sums over loans without such an event of
the day can be taken while business goes on. When no command runs any more, the loans that have one are added as they
stand then; those that got it in between are first taken out as their plan was before it.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import connection

from axle.amortization.public import Position, row_accrued
from axle.servicing.domain.carrying import IN_BOOKS, NON_ACCRUAL, PERFORMING, carrying_of
from axle.servicing.models import GroupFigure, Loan, LoanEvent
from axle.servicing.selectors.accrual import INTEREST_NOT_DUE, INTEREST_OF_DAY
from axle.servicing.services.loan_restate import instalments_of, life_from

Group = tuple[int, str]
"""Company and product."""
Amounts = Counter[str]
_PREFIX = {PERFORMING: "", NON_ACCRUAL: "memo_"}
"""How the sums of loans are named by their carrying."""
RECEIPT = "receipt"
"""The only kind of event that leaves the plan as it is."""


@dataclass(frozen=True)
class DaySum:
    """What is summed: a statement that leaves open which loans, and the same of one loan's position."""

    sql: str
    of_position: Callable[[Loan, Position, date], dict[str, int]]


class Settled(NamedTuple):
    """Sums of amounts by group, and the loans that are not in them."""

    sums: dict[Group, Amounts]
    moved: frozenset[int]


def _accrued(loan: Loan, position: Position, on: date) -> dict[str, int]:
    plan, after = position.schedule, on + timedelta(days=1)
    running = [row for row in plan.instalments if row.starts_on <= on < row.due_on and row.interest]

    def earned_to(day: date) -> int:
        return sum(row_accrued(plan.terms, row, plan.scale, day) for row in running)

    if (prefix := _PREFIX.get(carrying_of(position))) is None:
        return {}
    return {
        "rows": len(running),
        f"{prefix}interest": earned_to(after) - earned_to(on),
        f"{prefix}not_due": _earned_not_due(position, after),
    }


def _not_due(loan: Loan, position: Position, on: date) -> dict[str, int]:
    prefix = _PREFIX.get(carrying_of(position))
    return {} if prefix is None else {f"{prefix}not_due": _earned_not_due(position, on)}


def _earned_not_due(position: Position, on: date) -> int:
    plan = position.schedule
    begun = (row for row in plan.instalments if row.due_on > on and (row.starts_on < on or row.carried))
    return sum(row_accrued(plan.terms, row, plan.scale, on) for row in begun if row.interest)


def _due(loan: Loan, position: Position, on: date) -> dict[str, int]:
    carrying = carrying_of(position)
    if carrying not in IN_BOOKS:
        return {}
    rows = [row for row in instalments_of(loan, position) if row.due_on == on and row.kind == "instalment"]
    interest = sum(row.interest for row in rows) if carrying == PERFORMING else 0
    return {"rows": len(rows), "interest": interest, "fee": sum(row.fee for row in rows)}


RUNNING_INTEREST = DaySum(INTEREST_OF_DAY, _accrued)
NOT_DUE = DaySum(INTEREST_NOT_DUE, _not_due)
"""What had run by the beginning of a date."""
INTEREST_RUN = ("not_due", "memo_not_due")
"""Those sums of ``RUNNING_INTEREST`` that are kept as figures: what has run by the end of the day and is not due."""
DUE_ON_DAY = DaySum(
    f"""
    SELECT loan.legal_entity_id, loan.product_code, count(*) AS rows,
           sum(row.interest) FILTER (WHERE loan.carrying = '{PERFORMING}') AS interest, sum(row.fee) AS fee
    FROM servicing_instalment AS row JOIN servicing_loan AS loan ON loan.id = row.loan_id
    WHERE row.due_on = %(on)s AND row.kind = 'instalment' AND loan.carrying IN {IN_BOOKS} AND {{which}}
    GROUP BY loan.legal_entity_id, loan.product_code
    """,
    _due,
)
_MOVED = f"SELECT loan_id FROM servicing_loanevent AS event WHERE entered_on = %(on)s AND kind <> '{RECEIPT}'"
_WITH_MOVED = f"""
SELECT to_jsonb(sums.*), NULL FROM ({{sql}}) AS sums
UNION ALL SELECT NULL, array_agg(loan_id) FROM ({_MOVED}) AS moved
"""
"""Both in one statement, and without a common table, so that several processes read."""


def sums_settle(what: DaySum, on: date) -> Settled:
    """The sums of a day over all loans but those that moved on it so far: one statement, so of one moment."""
    which = f"NOT EXISTS ({_MOVED} AND event.loan_id = loan.id)"
    rows = _rows(_WITH_MOVED.format(sql=what.sql.format(which=which)), on)
    sums = _by_group(row for row, _moved in rows if row)
    return Settled(sums, frozenset(loan for _row, moved in rows for loan in moved or ()))


def sums_complete(what: DaySum, on: date, settled: Settled) -> dict[Group, Amounts]:
    """The sums of a day over all loans, when no command runs; by company and product, in their order."""
    moved = frozenset(loan for (loan,) in _rows(_MOVED, on))
    found = {group: Counter(amounts) for group, amounts in settled.sums.items()}
    which = "loan.id = ANY(%(loans)s)"
    if moved:
        rows = _rows(f"SELECT to_jsonb(sums.*) FROM ({what.sql.format(which=which)}) AS sums", on, sorted(moved))
        for group, amounts in _by_group(row for (row,) in rows).items():
            found.setdefault(group, Counter()).update(amounts)
    for group, before in _before(what, on, sorted(moved - settled.moved)):
        found.setdefault(group, Counter()).subtract(before)
    return dict(sorted(found.items()))


def interest_run(today: date) -> dict[Group, Amounts]:
    """What has run by the beginning of the business date and is not due, by company and product.

    The figures kept when the date before was closed, with the loans whose plan has moved since; without them, all.
    """
    kept = GroupFigure.objects.filter(figure__in=INTEREST_RUN, business_on=today - timedelta(days=1))
    sums: dict[Group, Amounts] = {}
    for row in kept:
        sums.setdefault((row.legal_entity_id, row.product_code), Counter())[row.figure] = row.amount
    return sums_complete(NOT_DUE, today, Settled(sums, frozenset()) if sums else sums_settle(NOT_DUE, today))


def _before(what: DaySum, on: date, loan_ids: Sequence[int]) -> Iterable[tuple[Group, dict[str, int]]]:
    """What loans added before their plans changed on the day."""
    if not loan_ids:
        return
    earlier = LoanEvent.objects.filter(loan__in=loan_ids).order_by("pk")
    payloads: dict[int, list[dict[str, Any]]] = {}
    for event in earlier:
        if event.kind == RECEIPT or event.entered_on != on:
            payloads.setdefault(event.loan_id, []).append(event.payload)
    for loan in Loan.objects.filter(pk__in=loan_ids):
        if loan.pk in payloads:
            position = life_from(loan, payloads[loan.pk]).position(on)
            yield (loan.legal_entity_id, loan.product_code), what.of_position(loan, position, on)


def _rows(sql: str, on: date, loans: Sequence[int] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"on": on, "next": on + timedelta(days=1), "loans": list(loans)})
        return list(cursor.fetchall())


def _by_group(documents: Iterable[str]) -> dict[Group, Amounts]:
    rows = [json.loads(document) for document in documents]
    return {
        (row.pop("legal_entity_id"), row.pop("product_code")): Counter({name: n or 0 for name, n in row.items()})
        for row in rows
    }
