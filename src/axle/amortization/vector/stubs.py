"""Where the interest of a broken first period goes, for many loans: ``schedule._with_stub`` in columns."""

from collections.abc import Sequence

import numpy as np

from axle.amortization.choices import Stub
from axle.amortization.terms import Terms
from axle.amortization.vector.charged import LARGEST, charged
from axle.amortization.vector.columns import Days, Int64
from axle.amortization.vector.courses import Rhythm, courses
from axle.amortization.vector.interest import fine_interest
from axle.amortization.vector.laid import Laid, uncharged
from axle.amortization.vector.laying import Group, Rows, group_of, lay_out


def laid_out(
    rhythm: Rhythm, method: str, stub: Stub, *, is_levelled: bool, some: Sequence[Terms]
) -> tuple[Laid, np.ndarray]:
    """The schedules of terms that share rhythm, method and stub, and which of them are left to the scalar form."""
    course = courses(rhythm, some)
    group = group_of(method, course, some)
    agreed, real = course.parts.copy(), course.parts
    if stub != "amortised":
        agreed[course.first] = np.where(course.is_broken, course.regular, agreed[course.first])
    rows = lay_out(group, agreed, is_levelled=is_levelled)
    exact, deferred, upfront = agreed.copy(), np.zeros_like(group.lent), np.zeros_like(group.lent)
    if stub != "amortised":
        deferred, upfront = _stub(group, rows, stub, exact, real)
    rows.is_left |= group.lent.astype(np.float64) * course.parts.max(axis=0, initial=0) > 2.0**61
    plan = charged(_with_row_at_start(_laid(rhythm, group, rows, exact, deferred, some), upfront), some)
    return plan, rows.is_left | (plan.total.max(axis=0, initial=0) > LARGEST) & (plan.vat != 0).any(axis=0)


def _stub(group: Group, rows: Rows, stub: Stub, exact: Int64, real: Int64) -> tuple[Int64, Int64]:
    """Charge the difference between the first period and a whole one: with its row, at the start, at the end, or not.

    What the first row bears stands in ``exact``; gives what waits for the last row and what is paid at the start.
    """
    first, course = group.course.first, group.course
    none = np.zeros_like(group.lent)
    difference = real[first] - exact[first]
    base = group.lent - rows.principal[:first].sum(axis=0)
    with_first = (difference != 0) & ((stub == "first") | ((difference < 0) & (stub != "none")))
    exact[first] = np.where(with_first, real[first], exact[first])
    real_interest = fine_interest(base, group.rate, real[first], group.year)
    rows.interest[first] = np.where(with_first, real_interest, rows.interest[first])
    if stub in ("first", "none"):
        return none, none
    broken = fine_interest(base, group.rate, np.maximum(difference, 0), group.year)
    if stub == "upfront":
        return none, broken
    rows.interest[course.counts - 1, np.arange(len(base))] += broken
    return broken, none


def _laid(rhythm: Rhythm, group: Group, rows: Rows, exact: Int64, deferred: Int64, some: Sequence[Terms]) -> Laid:
    course = group.course
    balance = group.lent - rows.principal.cumsum(axis=0)
    return Laid(
        rhythm.day_count,
        group.lent,
        group.rate,
        np.array([one.start_on for one in some], "datetime64[D]"),
        course.counts,
        rows.instalment,
        deferred,
        course.starts,
        course.dues,
        rows.principal,
        rows.interest,
        balance,
        exact,
        course.parts,
        group.lent if group.method == "flat" else None,
        course.is_broken,
        *uncharged(rows.principal, rows.interest),
    )


def _with_row_at_start(plan: Laid, upfront: Int64) -> Laid:
    """Broken interest that is paid upfront is a row before the others, due on the start date."""
    has_row = upfront > 0
    if not has_row.any():
        return plan
    zero = np.zeros_like(upfront)

    def shifted(column: np.ndarray, head: np.ndarray, tail: object) -> np.ndarray:
        moved = np.vstack([head[None, :], column])
        kept = np.vstack([column, np.full((1, len(head)), tail, column.dtype)])
        found: np.ndarray = np.where(has_row, moved, kept)
        return found

    never = np.datetime64("NaT")
    dates: list[Days] = [shifted(column, plan.start_on, never) for column in (plan.starts, plan.dues)]
    interest = shifted(plan.interest, upfront, 0)
    fee, vat, total, _ = uncharged(shifted(plan.principal, zero, 0), interest)
    numbers = [shifted(column, zero, 0) for column in (plan.principal, plan.parts, plan.spans)]
    return plan._replace(
        counts=plan.counts + has_row,
        starts=dates[0],
        dues=dates[1],
        principal=numbers[0],
        interest=interest,
        balance=shifted(plan.balance, plan.lent, 0),
        parts=numbers[1],
        spans=numbers[2],
        fee=fee,
        vat=vat,
        total=total,
    )
