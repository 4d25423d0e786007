"""The rate of a lease that is agreed by its rent (租金反算利率)."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from axle.amortization.errors import RateOutOfRange, RentTooSmall
from axle.amortization.level import level_solution
from axle.amortization.schedule import periods_of, with_whole_first
from axle.amortization.terms import Terms
from axle.kernel.rounding import round_fen

PLACES = 12
RATE_UNITS = 10**PLACES
"""A solved rate has twelve decimals."""


def rate_of_rent(terms: Terms) -> Decimal:
    """The annual rate at which the rent of the terms is their level instalment.

    Solved on exact integers: the rate of twelve decimals whose instalment comes nearest to the rent, so that every
    machine finds the same. Errors: RentTooSmall when the rents do not repay the principal, RateOutOfRange above 1.
    """
    assert terms.rent is not None  # only asked of terms with a rent
    rent, solve = terms.rent, _Instalment(terms)
    if round_fen(solve.at(0)) > rent:
        raise RentTooSmall(field="rent")
    if round_fen(solve.at(RATE_UNITS)) < rent:
        raise RateOutOfRange(field="rent", value="> 1")
    low, high = 0, RATE_UNITS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if solve.at(middle) <= rent else (low, middle)
    nearer = min((low, high), key=lambda units: abs(solve.at(units) - rent))
    return Decimal(nearer).scaleb(-PLACES)


class _Instalment:
    """The level instalment of terms at any rate, before it is rounded."""

    def __init__(self, terms: Terms) -> None:
        periods = periods_of(replace(terms, annual_rate=Decimal(1), subvention=None))
        if terms.stub != "amortised":
            periods = with_whole_first(periods)
        self._terms, self._parts, self._scale = terms, periods.factors, periods.scale * RATE_UNITS

    def at(self, units: int) -> Fraction:
        """The instalment at ``units`` / 10^12 a year."""
        factors = [part * units for part in self._parts]
        return Fraction(*level_solution(self._terms, self._terms.principal, factors, self._scale))
