"""Value-added tax inside an amount (价税分离)."""

from decimal import Decimal

from axle.kernel.money import Fen
from axle.kernel.rounding import half_up


def vat_inside(amount: Fen, rate: Decimal) -> Fen:
    """The tax that a tax-inclusive amount contains: ``amount × rate ÷ (1 + rate)``, half up to the fen.

    Money: fen in and out. The net amount is the rest (``net_inside``), so both together are the amount.
    Source: REG-VAT-7 (the price excludes the tax), REG-VAT-10 (rates).
    """
    numerator, denominator = rate.as_integer_ratio()
    return Fen(half_up(amount * numerator, denominator + numerator))


def net_inside(amount: Fen, rate: Decimal) -> Fen:
    """The amount without its tax."""
    return Fen(amount - vat_inside(amount, rate))
