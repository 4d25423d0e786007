"""Instalments laid out anew (重算)."""

from dataclasses import dataclass
from decimal import Decimal

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind, optional, rate, whole
from axle.amortization.layout import lay_out_rest, set_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ReAmortisation(Event):
    """Rows to come are laid out anew for what is not due (重算), over ``periods`` rows or as many as are left."""

    periods: int | None = None
    annual_rate: Decimal | None = None


def _happens(book: Book, event: ReAmortisation) -> None:
    """Lay out what is not due over the rows asked for. Errors: NothingToCome, NotForMethod, PeriodsNotQuarterly."""
    lay_out_rest(book, event.id, event.annual_rate, lambda book: set_rows(book, event.periods))


KIND = Kind(
    "re_amortisation", ReAmortisation, _happens, {"periods": optional(whole(1, 480)), "annual_rate": optional(rate())}
)
