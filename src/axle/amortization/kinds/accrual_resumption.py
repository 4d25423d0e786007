"""Back to accrual (恢复应计)."""

from dataclasses import dataclass, replace

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class AccrualResumption(Event):
    """Interest is recognised again (恢复应计)."""


def _happens(book: Book, event: AccrualResumption) -> None:
    book.declared = replace(book.declared, non_accrual_since=None)


KIND = Kind("accrual_resumption", AccrualResumption, _happens, {})
