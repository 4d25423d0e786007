"""What a row charges besides principal and interest: fees, and VAT (增值税).

Interest, fees and prices include their VAT, as contracts quote them: ``vat`` is the part of them that is tax. Only
the rent of a direct lease (``vat_base`` "rent") is agreed without tax; its VAT is added to the row's total.

Source: REG-VAT-7, REG-VAT-10.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate
from operator import sub

from axle.amortization.fees import are_same_in_every_row, by_instalment, fee_of_row, rate_of
from axle.amortization.terms import Terms
from axle.kernel.money import ZERO, Fen
from axle.kernel.rounding import half_up


class Charges:
    """Fees and VAT of the rows of one agreement; ``are_none`` where rows are principal and interest only."""

    __slots__ = ("_fees", "_flat", "_is_added", "_terms", "_vat", "are_none")

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._fees = by_instalment(terms)
        self._flat = self._fee(0, 0) if are_same_in_every_row(self._fees) else None
        self._vat = terms.vat_rate
        self._is_added = terms.vat_base == "rent"
        self.are_none = not (self._fees or self._vat)

    def row(self, opening: int, principal: int, interest: int) -> tuple[Fen, Fen, Fen]:
        """Fee, VAT and total of a row whose balance before it is ``opening``."""
        if self.are_none:
            return ZERO, ZERO, Fen(principal + interest)
        fee = self._flat if self._flat is not None else self._fee(opening, principal + interest)
        vat, added = self._vat_of(opening, principal, interest)
        return fee, vat, Fen(principal + interest + fee + added)

    def capitalised(self, opening: int, interest: int) -> tuple[Fen, Fen, Fen]:
        """The same of a row whose interest joins the principal: no rent is paid, so that none bears added VAT.

        The tax inside the interest arises all the same, once: what later repays the principal contains none.
        """
        fee, vat, total = self.row(opening, 0, 0)
        return fee, Fen(vat + (ZERO if self._is_added else vat_inside(interest, self._vat))), total

    def column(
        self, balance: int, principals: Sequence[int], interests: Sequence[int]
    ) -> tuple[list[Fen], list[Fen], list[Fen]]:
        """Fees, VAT and totals of all rows, from the balance before the first."""
        openings = accumulate(principals, sub, initial=balance)
        rows = [self.row(*row) for row in zip(openings, principals, interests, strict=False)]
        fees, vats, totals = (list(column) for column in zip(*rows, strict=True))
        return fees, vats, totals

    def added(self, rent: int) -> Fen:
        """The VAT that is added to an amount of rent; none where it is contained in the interest."""
        return rate_of(rent, self._vat.as_integer_ratio()) if self._is_added else ZERO

    def _fee(self, opening: int, payment: int) -> Fen:
        return Fen(sum(fee_of_row(self._terms, fee, opening, payment) for fee in self._fees))

    def _vat_of(self, opening: int, principal: int, interest: int) -> tuple[Fen, Fen]:
        """All VAT of a row, and the part of it that is added to the total."""
        payment = principal + interest
        inside = sum(vat_inside(fee_of_row(self._terms, fee, opening, payment), fee.vat_rate) for fee in self._fees)
        if self._is_added:
            added = self.added(payment)
            return Fen(inside + added), added
        return Fen(inside + vat_inside(interest, self._vat)), ZERO


def vat_inside(amount: int, rate: Decimal) -> Fen:
    """The tax that an amount contains: amount x rate / (1 + rate), rounded half up."""
    top, bottom = rate.as_integer_ratio()
    return Fen(half_up(amount * top, bottom + top))
