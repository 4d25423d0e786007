"""Back to accrual (恢复应计)."""

from dataclasses import dataclass, replace

from axle.amortization.book import Book
from axle.amortization.errors import NotNonAccrual
from axle.amortization.kinds.kind import Event, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class AccrualResumption(Event):
    """Interest is recognised again (恢复应计)."""


def _happens(book: Book, event: AccrualResumption) -> None:
    """The suspended interest is income again. Errors: NotNonAccrual."""
    if book.declared.non_accrual_since is None:
        raise NotNonAccrual(field="events", id=event.id)
    book.declared = replace(book.declared, non_accrual_since=None)


KIND = Kind("accrual_resumption", AccrualResumption, _happens, {})
