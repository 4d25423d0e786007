"""Sale of the claim (债权转让)."""

from dataclasses import dataclass, replace

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind, amount, optional, text
from axle.kernel.money import ZERO, Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTransfer(Event):
    """The claim was sold (债权转让); the borrower owes the same to another. Source: REG-CIVIL-546.

    Without ``to`` the lender bought it back (回购).
    """

    to: str = ""
    price: Fen = ZERO


def _happens(book: Book, event: ClaimTransfer) -> None:
    book.declared = replace(book.declared, holder=event.to, transferred_on=book.today)


KIND = Kind("claim_transfer", ClaimTransfer, _happens, {"to": optional(text(), ""), "price": optional(amount(0), ZERO)})
