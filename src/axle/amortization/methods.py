"""Repayment methods (还款方式): how a principal is split over its periods.

Each method takes a principal and the periods (``Grid``) and gives principal and interest for each row. Interest is
rounded half up row by row; principals add up to the principal, the last row taking the remainder.
"""

from collections.abc import Callable

from axle.amortization.choices import Method
from axle.amortization.due_dates import Grid
from axle.amortization.errors import IrregularRemainder, IrregularRowsInvalid, NegativeAmortization
from axle.amortization.level import level_payment, stepped
from axle.amortization.split import Part, Split, by_payment, by_principal
from axle.amortization.terms import Terms
from axle.kernel.money import ZERO, Fen, yuan
from axle.kernel.rounding import half_up, half_up_to


def split(terms: Terms, periods: Grid, principal: int, *, skip: int = 0, flat_base: int | None = None) -> Split:
    """Split a principal by the method of the terms. Errors: NegativeAmortization, IrregularRowsInvalid."""
    part = Part(terms, periods, principal, skip, principal if flat_base is None else flat_base)
    return _METHODS[terms.method](part)


KEPT_METHODS: frozenset[Method] = frozenset({"level_payment", "level_principal", "flat"})
"""Methods that can keep their instalment when the principal shrinks; the others keep their term."""


def split_keeping(terms: Terms, periods: Grid, principal: int, *, instalment: Fen, flat_base: int) -> Split:
    """Split a principal with the instalment it had: fewer rows, the last one smaller (缩期)."""
    amounts = [instalment] * len(periods.dues)
    if terms.method == "level_principal":
        return _cut(by_principal(periods, principal, amounts, instalment), principal)
    base = flat_base if terms.method == "flat" else None
    return _cut(by_payment(periods, principal, amounts, instalment, flat_base=base), principal)


def _cut(rows: Split, principal: int) -> Split:
    """Drop the rows after the principal is repaid."""
    count, repaid = 0, 0
    while repaid < principal:
        repaid += rows.principals[count]
        count += 1
    return Split(rows.principals[:count], rows.interests[:count], rows.exact[:count], rows.scale, rows.instalment)


# --- level principal, interest only --------------------------------------------------------------------------


def _level_principal(part: Part) -> Split:
    terms, grace = part.terms, part.grace
    rows = len(part.periods.dues) - grace - part.residual_rows
    share = half_up_to(part.principal - terms.residual, rows, terms.instalment_multiple) if rows else ZERO
    principals = [0] * grace + [share] * (rows - 1)
    if part.residual_rows and rows:
        principals.append(max(part.principal - terms.residual - sum(principals), 0))
    return by_principal(part.periods, part.principal, [*principals, 0], share, floor=terms.residual)


def _interest_first(part: Part) -> Split:
    return by_principal(part.periods, part.principal, [0] * len(part.periods.dues), 0)


# --- interest on the original principal ----------------------------------------------------------------------


def _flat(part: Part) -> Split:
    periods, count = part.periods, len(part.periods.dues)
    exact = [part.flat_base * factor for factor in periods.factors]
    interests = [half_up(raw, periods.scale) for raw in exact]
    share = half_up_to(part.principal, count, 1)
    payments = [half_up_to(share + interest, 1, part.terms.instalment_multiple) for interest in interests]
    principals = [payment - interest for payment, interest in zip(payments, interests, strict=True)]
    if min(principals) < 0:
        raise NegativeAmortization(field="annual_rate", period=1)
    return Split(_taken(principals[:-1], part.principal), interests, exact, periods.scale, Fen(payments[0]))


def _rule_78(part: Part) -> Split:
    """Total interest as flat, earned by the sum of the digits: n parts in the first period, one in the last.

    Interest-free periods at the beginning have no digit.
    """
    periods, count, free = part.periods, len(part.periods.dues), part.terms.interest_free_periods
    digits = (count - free) * (count - free + 1) // 2
    total = part.principal * sum(periods.factors)
    scale = periods.scale * max(digits, 1)
    exact = [0 if index < free else total * (count - index) for index in range(count)]
    interests = [half_up(raw, scale) for raw in exact]
    _add_at_end(interests, half_up(total, periods.scale) - sum(interests))
    payment = half_up_to(part.principal + sum(interests), count, part.terms.instalment_multiple)
    principals = [payment - interest for interest in interests[:-1]]
    if min(principals, default=0) < 0:
        raise NegativeAmortization(field="annual_rate", period=1)
    principals = _taken(principals, part.principal)
    return Split(principals, interests, exact, scale, Fen(payment))


def _add_at_end(interests: list[int], remainder: int) -> None:
    """Let the last row take a remainder; where it would fall below nothing, the rows before it give the rest."""
    for index in reversed(range(len(interests))):
        before = interests[index]
        interests[index] = max(before + remainder, 0)
        remainder += before - interests[index]
        if not remainder:
            return


def _taken(wanted: list[int], principal: int) -> list[int]:
    """Principals as wanted while the principal lasts, and the rest in one more row."""
    taken, left = [], principal
    for amount in wanted:
        taken.append(min(amount, left))
        left -= taken[-1]
    return [*taken, left]


# --- irregular -----------------------------------------------------------------------------------------------


def _irregular(part: Part) -> Split:
    balance, periods = part.principal, part.periods
    principals, interests, exact = [], [], []
    last = len(periods.dues) - 1
    for index, (row, factor) in enumerate(zip(part.terms.irregular, periods.factors, strict=True)):
        raw = balance * factor
        interest = half_up(raw, periods.scale)
        wanted = row.principal if row.principal is not None else (row.total or 0) - interest
        principal = balance if index == last else wanted
        is_open = row.principal is None and row.total is None
        if index == last and not is_open and wanted != balance:
            left = balance if row.principal is not None else balance + interest
            raise IrregularRemainder(field="irregular", left=yuan(Fen(left)))
        if not 0 <= principal <= balance:
            raise IrregularRowsInvalid(field="irregular", row=index + 1)
        principals.append(principal)
        interests.append(interest)
        exact.append(raw)
        balance -= principal
    return Split(principals, interests, exact, periods.scale, ZERO)


_METHODS: dict[Method, Callable[[Part], Split]] = {
    "level_payment": level_payment,
    "balloon": level_payment,
    "stepped": stepped,
    "level_principal": _level_principal,
    "interest_first": _interest_first,
    "quarterly_interest": _interest_first,
    "single": _interest_first,
    "flat": _flat,
    "rule_78": _rule_78,
    "irregular": _irregular,
}
