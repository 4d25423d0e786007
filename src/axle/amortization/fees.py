"""Fees beside interest: how much, who pays, and when."""

from collections.abc import Iterable

from axle.amortization.choices import FeeTiming, Payer
from axle.amortization.terms import Terms
from axle.amortization.terms_parts import Fee
from axle.kernel.money import Fen
from axle.kernel.rounding import half_up


def rate_of(principal: int, rate_ratio: tuple[int, int]) -> Fen:
    """A fraction of an amount, rounded half up to the fen."""
    return Fen(half_up(principal * rate_ratio[0], rate_ratio[1]))


def fee_amount(fee: Fee, base: int) -> Fen:
    """What a fee comes to on its base; with every instalment, for a fee by instalment."""
    if fee.amount is not None:
        return fee.amount
    assert fee.rate is not None  # Terms refuses a fee with neither
    return rate_of(base, fee.rate.as_integer_ratio())


def fee_at_start(terms: Terms, fee: Fee) -> Fen:
    """What a fee comes to that is settled with the disbursement, on the principal or the price."""
    return fee_amount(fee, terms.principal + (terms.down_payment if fee.base == "price" else 0))


def fees_at_start(terms: Terms, timing: FeeTiming, payer: Payer = "borrower") -> Fen:
    """The fees of one timing and payer together."""
    return Fen(sum(fee_at_start(terms, fee) for fee in terms.fees if fee.timing == timing and fee.payer == payer))


def fee_of_row(terms: Terms, fee: Fee, opening: int, payment: int) -> Fen:
    """A fee by instalment of one row, by its base: the balance before the row, or its principal and interest."""
    if fee.base == "balance":
        return fee_amount(fee, opening)
    return fee_amount(fee, payment) if fee.base == "instalment" else fee_at_start(terms, fee)


def by_instalment(terms: Terms, payer: Payer = "borrower") -> tuple[Fee, ...]:
    """The fees that one payer owes with every instalment."""
    return tuple(fee for fee in terms.fees if fee.timing == "by_instalment" and fee.payer == payer)


def are_same_in_every_row(fees: Iterable[Fee]) -> bool:
    """Whether no fee depends on the row."""
    return all(fee.base in ("principal", "price") for fee in fees)
