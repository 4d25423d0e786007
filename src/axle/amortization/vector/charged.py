"""Fees and VAT of many loans' rows: ``charges.Charges`` in columns."""

from collections.abc import Sequence

import numpy as np

from axle.amortization.charges import Charges
from axle.amortization.fees import are_same_in_every_row, by_instalment
from axle.amortization.terms import Terms
from axle.amortization.vector.columns import Int64
from axle.amortization.vector.laid import Laid

VAT_UNIT = 10**6
"""Units in a VAT rate of one: rates have six decimals here."""

LARGEST = 4 * 10**12
"""Amounts in fen above which the tax of a row may leave 64 bits."""


def has_columns(terms: Terms) -> bool:
    """Whether fees and VAT of the terms are known in columns: the same fee in every row, a rate of six decimals."""
    return are_same_in_every_row(by_instalment(terms)) and not terms.vat_rate * VAT_UNIT % 1


def charged(plan: Laid, some: Sequence[Terms]) -> Laid:
    """The rows with their fees, VAT and totals; a row of broken interest at the start bears no fee."""
    if not any(one.fees or one.vat_rate for one in some):
        return plan
    of_row = [Charges(one).row(0, 0, 0) for one in some]
    rate = np.array([int(one.vat_rate * VAT_UNIT) for one in some], np.int64)
    is_added = np.array([one.vat_base == "rent" for one in some])
    fee, inside = (np.array([amounts[index] for amounts in of_row], np.int64) for index in (0, 1))
    has_fee = plan.exists & ~_is_at_start(plan, some)
    payment = plan.principal + plan.interest
    added = added_vat(np.where(is_added, payment, 0), rate)
    contained = _contained(np.where(is_added, 0, plan.interest), rate)
    fees = np.where(has_fee, fee, 0)
    return plan._replace(
        fee=fees,
        vat=np.where(has_fee, inside, 0) + added + contained,
        total=payment + fees + added,
        vat_added=np.where(is_added, rate, 0),
    )


def _is_at_start(plan: Laid, some: Sequence[Terms]) -> np.ndarray:
    """The rows of broken interest, which come before the instalments."""
    rows = np.array([one.periods + (one.timing == "advance" and one.residual > 0) for one in some], np.int64)
    found: np.ndarray = np.arange(len(plan.principal))[:, None] < plan.counts - rows
    return found


def added_vat(rent: Int64, rate: Int64) -> Int64:
    """Amount x rate, rounded half up."""
    tax: Int64 = (2 * rent * rate + VAT_UNIT) // (2 * VAT_UNIT)
    return tax


def _contained(amount: Int64, rate: Int64) -> Int64:
    """The tax that an amount contains: amount x rate / (1 + rate), rounded half up."""
    whole = VAT_UNIT + rate
    tax: Int64 = (2 * amount * rate + whole) // (2 * whole)
    return tax
