"""Write-off (核销)."""

from dataclasses import dataclass, replace

from axle.amortization.book import Book
from axle.amortization.choices import COMPONENTS
from axle.amortization.errors import WrittenOffTwice
from axle.amortization.kinds.kind import Event, Kind
from axle.amortization.position import Amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOff(Event):
    """The loan leaves the books (核销): all of it falls due, nothing accrues any more, the claim is kept (账销案存).

    What is within its days of grace then costs no penalty, so that the claim stays what it was on that day.
    """


def _happens(book: Book, event: WriteOff) -> None:
    """Note what leaves the books; neither interest nor penalty runs any more. Errors: WrittenOffTwice."""
    if book.declared.written_off_on:
        raise WrittenOffTwice(field="events", id=event.id, on=book.declared.written_off_on)
    book.run_penalty()
    book.all_falls_due("acceleration", event.id)
    book.pay()
    lost = Amounts(*(book.outstanding_due(component) for component in COMPONENTS))
    book.declared = replace(book.declared, written_off_on=book.today, written_off=lost)
    book.meter.end(book.today)


KIND = Kind("write_off", WriteOff, _happens, {})
