"""Another annual rate (调息)."""

from dataclasses import dataclass
from decimal import Decimal

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind, rate
from axle.amortization.layout import lay_out_anew, require_rows, set_rate


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChange(Event):
    """A new annual rate from the date on (调息), within the rules' floor and cap; the term stays."""

    annual_rate: Decimal


def _happens(book: Book, event: RateChange) -> None:
    """Lay out what is not due at the new rate. Errors: NothingToCome, NotForMethod."""
    require_rows(book, event.id)
    carried = book.interest_accrued
    set_rate(book, event.annual_rate)
    lay_out_anew(book, book.principal_not_due, carried=carried)


KIND = Kind("rate_change", RateChange, _happens, {"annual_rate": rate()})
