"""The lessee buys the vehicle (留购)."""

from dataclasses import dataclass, replace

from axle.amortization.book import Book
from axle.amortization.errors import NoPurchaseOption
from axle.amortization.kinds.kind import Event, Kind, amount
from axle.amortization.kinds.lease_termination import refuse_ended
from axle.amortization.terms import Terms
from axle.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseOption(Event):
    """The lessee paid to buy the vehicle (留购): like a payoff without a fee, and the ``purchase_price`` of the terms
    beside it, which falls due as a fee. The title passes when the money reaches all of it; less is a plain receipt.
    """

    amount: Fen


def _happens(book: Book, event: PurchaseOption) -> None:
    """Repay everything with the purchase price, and take the title. Errors: LeaseHasEnded."""
    refuse_ended(book, event)
    book.run_penalty()
    owed = sum(row.outstanding_total for row in book.payable)
    left = book.principal_not_due + book.interest_accrued + (book.deferred_interest if book.upcoming else 0)
    price = book.terms.purchase_price
    if event.amount + book.unapplied < owed + left + book.charges.added(left) + price:
        book.plain_receipts.append(event.id)
    else:
        book.all_falls_due("prepayment", event.id, fee=price)
        book.declared = replace(book.declared, purchased_on=book.today)
    book.receive(event.id, event.amount)


def _check(event: PurchaseOption, terms: Terms) -> None:
    if not (terms.residual or terms.purchase_price):
        raise NoPurchaseOption(field="events", id=event.id)


KIND = Kind("purchase_option", PurchaseOption, _happens, {"amount": amount(0)}, _check)
