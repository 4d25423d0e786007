"""Fees beside interest: how much, who pays, and when."""

from collections.abc import Sequence

from axle.amortization.choices import FeeTiming, Payer
from axle.amortization.terms import Fee
from axle.kernel.money import Fen
from axle.kernel.rounding import half_up


def rate_of(principal: int, rate_ratio: tuple[int, int]) -> Fen:
    """A fraction of an amount, rounded half up to the fen."""
    return Fen(half_up(principal * rate_ratio[0], rate_ratio[1]))


def fee_amount(fee: Fee, principal: Fen) -> Fen:
    """What a fee comes to on a principal; with every instalment, for a fee by instalment."""
    if fee.amount is not None:
        return fee.amount
    assert fee.rate is not None  # Terms refuses a fee with neither
    return rate_of(principal, fee.rate.as_integer_ratio())


def fees_total(fees: Sequence[Fee], principal: Fen, timing: FeeTiming, payer: Payer = "borrower") -> Fen:
    """The fees of one timing and payer together."""
    return Fen(sum(fee_amount(fee, principal) for fee in fees if fee.timing == timing and fee.payer == payer))
