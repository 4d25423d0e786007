"""Schedules of many loans with stubs, rents in advance, steps, grace, multiples and levelled tails.

The loops over rows are those of ``methods``, each step for all loans of a group. Where a double decides how a payment
is rounded, its error is bounded as in ``level``, and a loan whose payment lies closer to a half than that, or whose
instalment falls below its interest, is left to the scalar form (``Rows.is_left``).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from axle.amortization.day_count import year_days
from axle.amortization.terms import Terms
from axle.amortization.vector.columns import RATE_UNIT, Doubles, Int64
from axle.amortization.vector.courses import Courses
from axle.amortization.vector.interest import FINE_UNIT, fine_interest, is_small, row_interest

_ULP = 2.0**-53
_FINE = FINE_UNIT // RATE_UNIT


@dataclass(slots=True)
class Group:
    """Loans of one method and rhythm, in columns: what their rows are made of.

    ``rate`` in units of 1e-12; ``coarse`` in units of 1e-8 where no loan needs more decimals.
    """

    method: str
    course: Courses
    year: int
    lent: Int64
    rate: Int64
    coarse: Int64 | None
    is_small: bool
    residual: Int64
    rent: Int64
    grace: Int64
    multiple: Int64
    has_own_row: np.ndarray
    weights: Doubles | None
    fixed: Int64 | None

    def interest(self, balance: Int64, part: Int64, out: Int64) -> None:
        """Interest of one row of periods, written to ``out``."""
        if self.coarse is not None:
            row_interest(balance, self.coarse, part, self.year, out, small=self.is_small)
        else:
            out[:] = fine_interest(balance, self.rate, part, self.year)


@dataclass(slots=True)
class Rows:
    """Rows that a method laid out, and the loans that it leaves to the scalar form."""

    instalment: Int64
    principal: Int64
    interest: Int64
    is_left: np.ndarray


def group_of(method: str, course: Courses, some: Sequence[Terms]) -> Group:
    """The columns of terms that share a method and a rhythm."""

    def column(values: Sequence[int]) -> Int64:
        return np.array(values, np.int64)

    lent, rate = column([one.principal for one in some]), column([int(one.annual_rate * FINE_UNIT) for one in some])
    longest, is_stepped = int(course.parts.max(initial=0)), method == "stepped"
    weights, fixed = _steps(course, some) if is_stepped else (None, None)
    residual = column([one.residual for one in some])
    return Group(
        method,
        course,
        year_days(some[0].day_count),
        lent,
        rate,
        None if (rate % _FINE).any() else rate // _FINE,
        is_small(lent, rate // _FINE, longest),
        residual,
        column([one.rent or 0 for one in some]),
        column([one.principal_grace_periods for one in some]),
        column([one.instalment_multiple for one in some]),
        (residual > 0) & (course.first == 1),
        weights,
        fixed,
    )


def _steps(course: Courses, some: Sequence[Terms]) -> tuple[Doubles, Int64]:
    """The ratio of each row, and the amount of those that are fixed."""
    weights, fixed = np.zeros(course.parts.shape), np.zeros(course.parts.shape, np.int64)
    for loan, one in enumerate(some):
        for step in one.steps:
            rows = slice(step.first - 1, step.last)
            weights[rows, loan] = float(step.ratio) if step.ratio is not None else 0.0
            fixed[rows, loan] = step.amount or 0
    return weights, fixed


def lay_out(group: Group, parts: Int64, *, is_levelled: bool) -> Rows:
    """The rows of a group over these parts of a year."""
    if group.method in ("level_payment", "balloon"):
        rows = _level(group, parts)
        return _levelled(group, parts, rows) if is_levelled else rows
    return _METHODS[group.method](group, parts)


# --- solved payments -----------------------------------------------------------------------------------------


def _solved(group: Group, parts: Int64, weights: Doubles, fixed: Int64) -> tuple[Doubles, Doubles]:
    """The payment x of rows that pay ``weights`` x + ``fixed``, and the bound of its error.

    Rows of grace are not in it: interest alone is paid in them. Each step adds at most 4 u to the sums and 3 u to the
    growth; with what is fixed the numerator errs by as much of both together, and a ratio by u.
    """
    count, scale = group.course.counts, float(group.year * FINE_UNIT)
    grown, divisor, constant = (np.full(len(count), start) for start in (1.0, 0.0, 0.0))
    for index, part in enumerate(parts):
        is_in = (index >= group.grace) & (index < count)
        growth = np.where(is_in, 1.0 + group.rate * part.astype(np.float64) / scale, 1.0)
        grown *= growth
        divisor = divisor * growth + np.where(is_in, weights[index], 0.0)
        constant = constant * growth + np.where(is_in, fixed[index], 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        exact = (group.lent * grown - constant) / divisor
        error = (8 * count + 16) * _ULP * (group.lent * grown + constant) / divisor
    return exact, error


def _rounded(exact: Doubles, error: Doubles, multiple: Int64) -> tuple[Int64, np.ndarray]:
    """Half up to the multiple, and where the double cannot tell how."""
    shifted = exact / multiple + 0.5
    with np.errstate(invalid="ignore"):
        is_doubtful = ~(np.abs(shifted - np.rint(shifted)) > error / multiple + 2 * np.abs(shifted) * _ULP)
        is_doubtful |= ~(np.abs(exact) < 2.0**52) | (exact < 0)
        units = np.where(is_doubtful, 0.0, np.floor(shifted)).astype(np.int64)
    return units * multiple, is_doubtful


def _ends(group: Group) -> tuple[Doubles, Int64]:
    """Weights and fixed amounts of level rows: the residual falls due with the last, or in a row of its own."""
    shape, loans = group.course.parts.shape, np.arange(len(group.lent))
    weights, fixed = np.ones(shape), np.zeros(shape, np.int64)
    last = group.course.counts - 1
    fixed[last, loans] = group.residual
    weights[last, loans] = np.where(group.has_own_row, 0.0, 1.0)
    return weights, fixed


def _level(group: Group, parts: Int64) -> Rows:
    exact, error = _solved(group, parts, *_ends(group))
    instalment, is_left = _rounded(exact, error, group.multiple)
    instalment = np.where(group.rent > 0, group.rent, instalment)
    return _pay(group, parts, instalment, None, is_left & (group.rent == 0))


def _stepped(group: Group, parts: Int64) -> Rows:
    assert group.weights is not None  # ``group_of`` gives a stepped group both
    assert group.fixed is not None
    fixed = group.fixed.copy()
    fixed[group.course.counts - 1, np.arange(len(group.lent))] += group.residual
    exact, error = _solved(group, parts, group.weights, fixed)
    solved, is_left = _rounded(exact, error, group.multiple)
    payments = np.empty_like(group.fixed)
    for index, (weight, amount) in enumerate(zip(group.weights, group.fixed, strict=True)):
        found, is_doubtful = _rounded(exact * weight, error * weight + np.abs(exact * weight) * _ULP, group.multiple)
        payments[index] = np.where(amount > 0, amount, found)
        is_left |= is_doubtful & (amount == 0) & (weight > 0)
    return _pay(group, parts, solved, payments, is_left)


def _pay(group: Group, parts: Int64, instalment: Int64, payments: Int64 | None, is_left: np.ndarray) -> Rows:
    """Pay interest out of each payment, principal with the rest of it; the last row repays what is left."""
    principal, interest = np.zeros_like(parts), np.zeros_like(parts)
    balance, count, is_left = group.lent, group.course.counts, is_left.copy()
    is_strict = (group.multiple > 1) | (payments is not None)
    for index, part in enumerate(parts):
        group.interest(balance, part, interest[index])
        payment = instalment if payments is None else payments[index]
        repaid = np.where(index < group.grace, 0, payment - interest[index])
        is_last = index == count - 1
        is_left |= is_strict & (repaid < 0) & (index < count - 1)
        repaid = np.where(is_last, balance, np.clip(repaid, 0, balance))
        principal[index] = repaid
        balance = balance - repaid
    return Rows(instalment, principal, interest, is_left)


def _levelled(group: Group, parts: Int64, rows: Rows) -> Rows:
    """Move the instalment by one unit where that brings the last row closer to the others.

    One unit changes the gap's side nearly always; loans that it does not are left to the scalar search.
    """
    gap = _gap(group, rows)
    unit = group.multiple * np.where(gap > 0, 1, -1)
    moved = _pay(group, parts, rows.instalment + unit, None, np.zeros_like(rows.is_left))
    beyond = _gap(group, moved)
    is_far = ~moved.is_left & (np.sign(gap) * np.sign(beyond) > 0)
    is_closer = ~moved.is_left & ~is_far & (np.abs(beyond) < np.abs(gap))
    return Rows(
        np.where(is_closer, moved.instalment, rows.instalment),
        np.where(is_closer, moved.principal, rows.principal),
        np.where(is_closer, moved.interest, rows.interest),
        rows.is_left | is_far,
    )


def _gap(group: Group, rows: Rows) -> Int64:
    """By how much the last row exceeds the others; where the residual has a row of its own, the residual."""
    last, loans = group.course.counts - 1, np.arange(len(group.lent))
    total = rows.principal[last, loans] + rows.interest[last, loans]
    gap: Int64 = total - group.residual - np.where(group.has_own_row, 0, rows.instalment)
    return gap


# --- shares of principal -------------------------------------------------------------------------------------


def _share(amount: Int64, rows: Int64, multiple: Int64) -> Int64:
    share: Int64 = (2 * amount + rows * multiple) // (2 * rows * multiple) * multiple
    return share


def _level_principal(group: Group, parts: Int64) -> Rows:
    """Equal shares while more than the residual is left; before a residual's own row comes the rest of them."""
    count = group.course.counts
    rows = count - group.grace - group.has_own_row
    share = _share(group.lent - group.residual, rows, group.multiple)
    principal, interest = np.zeros_like(parts), np.zeros_like(parts)
    balance = group.lent
    for index, part in enumerate(parts):
        group.interest(balance, part, interest[index])
        left = np.maximum(balance - group.residual, 0)
        wanted = np.where(index < group.grace, 0, np.minimum(share, left))
        wanted = np.where(group.has_own_row & (index == count - 2), left, wanted)
        repaid = np.where(index >= count - 1, balance, wanted)
        principal[index] = repaid
        balance = balance - repaid
    return Rows(share, principal, interest, np.zeros(len(count), bool))


def _interest_first(group: Group, parts: Int64) -> Rows:
    interest, principal = np.zeros_like(parts), np.zeros_like(parts)
    for index, part in enumerate(parts):
        group.interest(np.where(index < group.course.counts, group.lent, 0), part, interest[index])
    principal[group.course.counts - 1, np.arange(len(group.lent))] = group.lent
    return Rows(np.zeros_like(group.lent), principal, interest, np.zeros(len(group.lent), bool))


def _flat(group: Group, parts: Int64) -> Rows:
    """Interest on the first principal; the payment is rounded to the multiple."""
    count = group.course.counts
    share, multiple = _share(group.lent, count, np.ones_like(count)), group.multiple
    principal, interest = np.zeros_like(parts), np.zeros_like(parts)
    balance, is_left, instalment = group.lent, np.zeros(len(count), bool), np.zeros_like(count)
    for index, part in enumerate(parts):
        group.interest(np.where(index < count, group.lent, 0), part, interest[index])
        payment = (2 * (share + interest[index]) + multiple) // (2 * multiple) * multiple
        if index == 0:
            instalment = payment
        repaid = payment - interest[index]
        is_left |= (repaid < 0) & (index < count)
        repaid = np.where(index >= count - 1, balance, np.clip(repaid, 0, balance))
        principal[index] = repaid
        balance = balance - repaid
    return Rows(instalment, principal, interest, is_left)


_METHODS: dict[str, Callable[[Group, Int64], Rows]] = {
    "stepped": _stepped,
    "level_principal": _level_principal,
    "interest_first": _interest_first,
    "flat": _flat,
}
