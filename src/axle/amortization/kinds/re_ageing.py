"""Arrears joined to the principal (重组)."""

from dataclasses import dataclass
from decimal import Decimal

from axle.amortization.book import Book
from axle.amortization.errors import NothingDue
from axle.amortization.kinds.kind import Event, Kind, optional, rate, whole
from axle.amortization.layout import begin_again, lay_out_anew, refuse_fixed, set_rate, set_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ReAgeing(Event):
    """All that is due and unpaid joins the principal (重组), and rows to come are laid out anew: nothing is overdue."""

    periods: int | None = None
    annual_rate: Decimal | None = None


def _happens(book: Book, event: ReAgeing) -> None:
    """Lay out what is due together with what is not. Errors: NothingDue, NotForMethod, PeriodsNotQuarterly."""
    refuse_fixed(book)
    if not book.payable:
        raise NothingDue(field="events", id=event.id)
    carried, not_due = book.interest_accrued, book.principal_not_due
    moved = book.move_into_principal()
    set_rate(book, event.annual_rate)
    if book.upcoming:
        set_rows(book, event.periods)
    else:
        begin_again(book, event.periods or 1)
    lay_out_anew(book, not_due + moved, carried=carried)


KIND = Kind("re_ageing", ReAgeing, _happens, {"periods": optional(whole(1, 480)), "annual_rate": optional(rate())})
