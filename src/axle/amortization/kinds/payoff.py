"""Early settlement of the whole loan (提前结清)."""

from dataclasses import dataclass

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind, amount
from axle.amortization.payoff import payoff_of
from axle.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Payoff(Event):
    """Money came in to repay the whole loan early (提前结清).

    With money that waits unapplied it must reach the payoff amount; otherwise it is a plain receipt.
    """

    amount: Fen


def pay_off(book: Book, event_id: str, amount: Fen) -> None:
    """Repay everything early, when the money reaches the payoff amount; else the money is a plain receipt."""
    quote = payoff_of(book)
    if amount < quote.total:
        book.plain_receipts.append(event_id)
    elif book.upcoming:
        book.fall_due_now(
            "prepayment",
            event_id,
            principal=quote.principal_not_due,
            interest=quote.interest_accrued,
            fee=quote.prepayment_fee,
        )
        book.upcoming.clear()
    book.receive(event_id, amount)


def _happens(book: Book, event: Payoff) -> None:
    pay_off(book, event.id, event.amount)


KIND = Kind("prepayment", Payoff, _happens, {"amount": amount(0)}, variant=("scope", "full"))
