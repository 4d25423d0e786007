"""Level instalments: solved exactly from the present value of the rows, rounded once.

With periodic rates r_i, instalment = P·Π(1+r_i) / f_n, where f_1 = 1 and f_i = 1 + f_(i-1)·(1+r_i); in general
P·Π(1+r_i) = Σ payment_k·Π_(j>k)(1+r_j). Both are kept in integers over the scale of the grid.
"""

from math import lcm

from axle.amortization.errors import NegativeAmortization
from axle.amortization.split import Part, Split, by_payment
from axle.amortization.terms import Terms
from axle.kernel.rounding import half_up_to


def level_fraction(principal: int, factors: list[int], scale: int, residual: int = 0) -> tuple[int, int]:
    """The exact level payment, as a fraction, that repays a principal and leaves ``residual`` for the last row."""
    if factors and factors.count(factors[0]) == len(factors):
        return _uniform_fraction(principal, factors[0], len(factors), scale, residual)
    fixed = [0] * len(factors)
    fixed[-1] = residual
    return _weighted_fraction(principal, factors, scale, [1] * len(factors), fixed)


def _uniform_fraction(principal: int, factor: int, count: int, scale: int, residual: int) -> tuple[int, int]:
    """The textbook annuity: P·i / (1 − (1+i)^−n), the residual discounted."""
    if factor == 0:
        return principal - residual, count
    grown, unit = (scale + factor) ** count, scale**count
    return (principal * grown - residual * unit) * factor, (grown - unit) * scale


def _weighted_fraction(
    principal: int, factors: list[int], scale: int, weights: list[int], fixed: list[int]
) -> tuple[int, int]:
    """The payment x when row k pays ``weights[k] * x + fixed[k]``, for any factors."""
    grown, unit, weighted, constant = principal, 1, 0, 0
    for factor, weight, amount in zip(factors, weights, fixed, strict=True):
        growth = scale + factor
        grown *= growth
        weighted = weighted * growth + weight * unit
        constant = constant * growth + amount * unit
        unit *= scale
    return grown - scale * constant, scale * weighted


def level_payment(part: Part) -> Split:
    terms, grace = part.terms, part.grace
    instalment = _agreed_rent(part) or half_up_to(
        *level_solution(terms, part.principal, part.periods.factors[grace:], part.periods.scale),
        terms.instalment_multiple,
    )
    if terms.tail == "levelled" and not _is_residual_only(part):
        return _levelled(part, instalment, grace)
    return _pay_level(part, instalment, grace)


def _is_residual_only(part: Part) -> bool:
    """Whether only the row of a residual is to come, which no level payment moves."""
    return len(part.periods.dues) == part.residual_rows


def _agreed_rent(part: Part) -> int | None:
    """The rent of the terms, as long as the whole principal runs over the whole term."""
    return part.terms.rent if part.principal == part.terms.principal and not part.skip else None


def level_solution(terms: Terms, principal: int, factors: list[int], scale: int) -> tuple[int, int]:
    """The exact level payment as a fraction, the terms' residual taken off.

    The residual of rents in advance falls due one period after the last rent, in a row of its own; where only that row
    is to come, there is no level payment any more.
    """
    if terms.timing == "arrears" or not terms.residual:
        return level_fraction(principal, factors, scale, terms.residual)
    rents = len(factors) - 1
    if not rents:
        return 0, 1
    return _weighted_fraction(principal, factors, scale, [1] * rents + [0], [0] * rents + [terms.residual])


def _pay_level(part: Part, instalment: int, grace: int) -> Split:
    payments = [instalment] * len(part.periods.dues)
    key = "instalment_multiple" if part.terms.instalment_multiple > 1 else ""
    return by_payment(part.periods, part.principal, payments, instalment, grace=grace, strict_key=key)


def _levelled(part: Part, instalment: int, grace: int) -> Split:
    """Move the instalment by the smallest unit while that brings the last row closer to the others.

    The gap shrinks with every unit and so changes its side once: the units are found by doubling and halving.
    """
    nearest = _pay_level(part, instalment, grace)
    gap = _tail_gap(part, nearest)
    unit = part.terms.instalment_multiple * (1 if gap > 0 else -1)

    def moved(units: int) -> Split | None:
        try:
            return _pay_level(part, instalment + units * unit, grace)
        except NegativeAmortization:
            return None

    low, high, beyond = 0, 1, moved(1)
    while beyond is not None and gap * _tail_gap(part, beyond) > 0:
        low, high, nearest = high, 2 * high, beyond
        beyond = moved(high)
    while high - low > 1:
        middle = (low + high) // 2
        found = moved(middle)
        if found is not None and gap * _tail_gap(part, found) > 0:
            low, nearest = middle, found
        else:
            high, beyond = middle, found
    is_closer = beyond is not None and abs(_tail_gap(part, beyond)) < abs(_tail_gap(part, nearest))
    return beyond if beyond is not None and is_closer else nearest


def _tail_gap(part: Part, rows: Split) -> int:
    """By how much the last row exceeds the others; where the residual has a row of its own, the residual."""
    residual, last = part.terms.residual, rows.principals[-1] + rows.interests[-1]
    has_own_row = residual and part.terms.timing == "advance"
    return last - residual - (0 if has_own_row else rows.instalment)


def stepped(part: Part) -> Split:
    terms, periods = part.terms, part.periods
    weights, fixed, weight_unit = _step_weights(terms)
    weights, fixed = weights[part.skip :], fixed[part.skip :]
    if len(periods.dues) > len(weights):  # the residual of rents in advance has a row of its own
        weights, fixed = [*weights, 0], [*fixed, 0]
    fixed_with_residual = [*fixed[:-1], fixed[-1] + terms.residual]
    top, bottom = _weighted_fraction(part.principal, periods.factors, periods.scale, weights, fixed_with_residual)
    if not bottom:  # only rows of fixed amounts, or of a residual, are to come
        top, bottom = 0, 1
    multiple = terms.instalment_multiple
    payments = [
        amount or half_up_to(top * weight, bottom, multiple) for weight, amount in zip(weights, fixed, strict=True)
    ]
    return by_payment(
        periods, part.principal, payments, half_up_to(top * weight_unit, bottom, multiple), strict_key="steps"
    )


def _step_weights(terms: Terms) -> tuple[list[int], list[int], int]:
    """Weight and fixed amount of each period; weights are integers over the common denominator returned last."""
    unit = lcm(*(step.ratio.as_integer_ratio()[1] for step in terms.steps if step.ratio is not None))
    weights: list[int] = []
    fixed: list[int] = []
    for step in terms.steps:
        count = step.last - step.first + 1
        weights += [int(step.ratio * unit) if step.ratio is not None else 0] * count
        fixed += [step.amount or 0] * count
    return weights, fixed, unit
