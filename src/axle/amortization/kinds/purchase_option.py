"""The lessee buys the vehicle (留购)."""

from dataclasses import dataclass, replace

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind, amount
from axle.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseOption(Event):
    """The lessee paid to buy the vehicle (留购): like a payoff without a fee; the title passes when all is paid."""

    amount: Fen


def _happens(book: Book, event: PurchaseOption) -> None:
    """Repay everything without a fee, and take the title; less money is a plain receipt."""
    book.run_penalty()
    owed = sum(row.outstanding_total for row in book.payable)
    left = book.principal_not_due + book.interest_accrued + (book.deferred_interest if book.upcoming else 0)
    if event.amount + book.unapplied < owed + left:
        book.plain_receipts.append(event.id)
    else:
        book.all_falls_due("prepayment", event.id)
        book.declared = replace(book.declared, purchased_on=book.today)
    book.receive(event.id, event.amount)


KIND = Kind("purchase_option", PurchaseOption, _happens, {"amount": amount(0)})
