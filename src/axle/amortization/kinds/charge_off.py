"""Non-accrual (转非应计)."""

from dataclasses import dataclass, replace

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeOff(Event):
    """Interest is no longer recognised as income (转非应计); the borrower's debt does not change."""


def _happens(book: Book, event: ChargeOff) -> None:
    """Interest is suspended from today on; money pays by the order of non-accrual loans, where one is agreed."""
    if book.declared.non_accrual_since is None:
        book.declared = replace(book.declared, non_accrual_since=book.today)
        book.earned_at_charge_off = book.interest_earned


KIND = Kind("charge_off", ChargeOff, _happens, {})
