"""Averages of balances and rates.

Money: fen in and out, rounded half up once at the end. Rates: annual fractions.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from axle.kernel.money import Fen
from axle.kernel.rounding import half_up

_PLACES = Decimal("0.00000001")
YEAR_DAYS = 365


def weighted_rate(parts: Iterable[tuple[int, Decimal]]) -> Decimal | None:
    """``Σ amount × rate ÷ Σ amount``: 100,000 at 9 %, 200,000 at 7.5 % and 50,000 at 12 % come to 8.571 %."""
    held = list(parts)
    return rate_of(sum((amount * rate for amount, rate in held), Decimal(0)), sum(amount for amount, _rate in held))


def rate_of(weighted: Decimal, amount: int) -> Decimal | None:
    """The rate of a sum of amounts times rates; None of nothing."""
    return (weighted / amount).quantize(_PLACES, ROUND_HALF_UP) if amount else None


def daily_average(spans: Iterable[tuple[int, int]]) -> Fen:
    """``Σ day-end balance ÷ days`` over every calendar day; each span is a balance and for how many days it stood."""
    held = list(spans)
    return average_of(sum(balance * days for balance, days in held), sum(days for _balance, days in held))


def average_of(balance_days: int, days: int) -> Fen:
    """The average of a sum of day-end balances."""
    return Fen(half_up(balance_days, days)) if days else Fen(0)


def average_yield(income: int, average: int, days: int) -> Decimal | None:
    """``income ÷ average balance × 365 ÷ days``: what the average balance earned in a year."""
    return rate_of(Decimal(income) * YEAR_DAYS, average * days)
