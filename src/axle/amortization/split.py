"""A principal split over periods: the rows of a method, and the two loops that make most of them."""

from collections.abc import Sequence
from typing import NamedTuple

from axle.amortization.due_dates import Grid
from axle.amortization.errors import NegativeAmortization
from axle.amortization.terms import Terms
from axle.kernel.money import Fen
from axle.kernel.rounding import half_up


class Split(NamedTuple):
    """Rows of a schedule. ``exact[k] / scale`` is the interest of row k before rounding.

    ``instalment`` is what stays level: the payment, or for level principal the principal part.
    """

    principals: list[int]
    interests: list[int]
    exact: list[int]
    scale: int
    instalment: Fen


class Part(NamedTuple):
    """What is to be split: a principal over the periods that are left.

    ``skip`` periods of the terms are over; ``flat_base`` is the amount that flat interest runs on.
    """

    terms: Terms
    periods: Grid
    principal: int
    skip: int
    flat_base: int

    @property
    def residual_rows(self) -> int:
        """One where the residual of rents in advance has a row of its own."""
        return int(self.terms.timing == "advance" and self.terms.residual > 0)

    @property
    def grace(self) -> int:
        """Rows to come that repay no principal; where a change left fewer rows, the last one still repays."""
        agreed = max(self.terms.principal_grace_periods - self.skip, 0)
        return min(agreed, max(len(self.periods.dues) - 1 - self.residual_rows, 0))


def by_payment(
    periods: Grid,
    principal: int,
    payments: Sequence[int],
    instalment: int,
    *,
    grace: int = 0,
    flat_base: int | None = None,
    strict_key: str = "",
) -> Split:
    """Pay interest out of each payment, principal with the rest of it; the last row repays what is left.

    A payment below the interest of its period repays nothing, or is refused by the ``strict_key`` of
    the terms that asks for it.
    """
    balance, scale = principal, periods.scale
    principals, interests, exact = [], [], []
    last = len(payments) - 1
    for index, (factor, payment) in enumerate(zip(periods.factors, payments, strict=True)):
        raw = (balance if flat_base is None else flat_base if balance else 0) * factor
        interest = half_up(raw, scale)
        repaid = balance if index == last else 0 if index < grace else payment - interest
        if repaid > balance:
            repaid = balance
        elif repaid < 0:
            if strict_key:
                raise NegativeAmortization(field=strict_key, period=index + 1)
            repaid = 0
        principals.append(repaid)
        interests.append(interest)
        exact.append(raw)
        balance -= repaid
    return Split(principals, interests, exact, scale, Fen(instalment))


def by_principal(periods: Grid, principal: int, wanted: Sequence[int], share: int, *, floor: int = 0) -> Split:
    """Repay the wanted principals while more than ``floor`` is left; the last row repays what is left."""
    balance, scale = principal, periods.scale
    principals, interests, exact = [], [], []
    last = len(wanted) - 1
    for index, (factor, amount) in enumerate(zip(periods.factors, wanted, strict=True)):
        raw = balance * factor
        repaid = balance if index == last else min(amount, max(balance - floor, 0))
        principals.append(repaid)
        interests.append(half_up(raw, scale))
        exact.append(raw)
        balance -= repaid
    return Split(principals, interests, exact, scale, Fen(share))
