"""A longer term (展期)."""

from dataclasses import dataclass
from decimal import Decimal

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind, optional, rate, whole
from axle.amortization.layout import lay_out_rest, lengthen


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension(Event):
    """The term is ``periods`` longer (展期), at ``annual_rate`` when one is given. Source: REG-CIVIL-678."""

    periods: int
    annual_rate: Decimal | None = None


def _happens(book: Book, event: Extension) -> None:
    """Lay out what is not due over more rows. Errors: NothingToCome, NotForMethod, PeriodsNotQuarterly."""
    lay_out_rest(book, event.id, event.annual_rate, lambda book: lengthen(book, event.periods))


KIND = Kind("extension", Extension, _happens, {"periods": whole(1, 480), "annual_rate": optional(rate())})
