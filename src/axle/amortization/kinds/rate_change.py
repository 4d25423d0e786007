"""Another annual rate (调息)."""

from dataclasses import dataclass
from decimal import Decimal

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind, rate
from axle.amortization.layout import lay_out_rest


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChange(Event):
    """A new annual rate from the date on (调息), within the rules' floor and cap; the term stays."""

    annual_rate: Decimal


def _happens(book: Book, event: RateChange) -> None:
    """Lay out what is not due at the new rate. Errors: NothingToCome, NotForMethod."""
    lay_out_rest(book, event.id, event.annual_rate)


KIND = Kind("rate_change", RateChange, _happens, {"annual_rate": rate()})
