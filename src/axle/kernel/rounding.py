"""The one address of rounding: half up, on exact integers.

An amount is rounded once, when it becomes due or is posted. Until then it is a fraction of two integers.
The rule is that of contracts: 四舍五入.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from axle.kernel.money import Fen


def half_up(numerator: int, denominator: int) -> int:
    """``numerator / denominator`` to the nearest integer, a half away from zero; the denominator is positive."""
    if numerator < 0:
        return -((denominator - 2 * numerator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)


def half_up_to(numerator: int, denominator: int, multiple: int) -> int:
    """Like ``half_up``, to a multiple: ``half_up_to(1234, 1, 100) == 1200``."""
    return half_up(numerator, denominator * multiple) * multiple


def round_fen(amount: Fraction | Decimal) -> Fen:
    """An exact amount in fen, rounded half up to whole fen."""
    numerator, denominator = amount.as_integer_ratio()
    return Fen(half_up(numerator, denominator))


def round_rate(rate: Decimal | float, places: int = 8) -> Decimal:
    """A rate rounded half up to ``places`` decimals. A double is welcome: a solved rate is an approximation."""
    return Decimal(rate).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def share(part: int, whole: int) -> Decimal | None:
    """A part of a whole, to a hundredth of a per cent; None of nothing."""
    return round_rate(Decimal(part) / whole, 4) if whole else None
