"""What origination needs from contexts above it; adapters are installed by ``config.wiring``."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from axle.kernel.money import Fen


@dataclass(frozen=True)
class CustomerStanding:
    """A customer in our own books: principal outstanding over all loans, the days of the oldest arrears, and how many
    loans they have repaid."""

    exposure: Fen
    overdue_days: int
    settled_loans: int = 0

    @property
    def is_returning(self) -> bool:
        """A customer who has repaid a loan and owes nothing that is late."""
        return self.settled_loans > 0 and self.overdue_days == 0


@dataclass(frozen=True)
class LoanTold:
    """How a loan stands: days overdue now, and the most it ever was."""

    loan_no: str
    state: str
    days_overdue: int
    worst_days: int
    is_written_off: bool
    principal_balance: Fen

    def is_defaulted(self, from_days: int) -> bool:
        """Whether it counts as a default: so many days overdue now or ever, or written off."""
        return self.is_written_off or max(self.days_overdue, self.worst_days) >= from_days


class LoanBook(Protocol):
    """The loans in force."""

    def customer_standing(self, customer_id: int) -> CustomerStanding:
        """What a customer owes us now."""
        ...

    def dealer_overdue_rate(self, dealer_id: int) -> Decimal:
        """Share of a dealer's outstanding principal that is overdue by more than thirty days; zero without loans."""
        ...

    def first_dues(
        self, dealer_ids: Collection[int], *, since: date, until: date
    ) -> Mapping[tuple[int, date], tuple[int, int]]:
        """By dealer and month in which the first instalment of its loans fell due, from ``since`` to before ``until``:
        how many did, and how many of them were not paid in time."""
        ...

    def borrowers(self, customer_ids: Collection[int], *, defaulted_from_days: int) -> Mapping[int, bool]:
        """Those of some customers who have or had a loan, and whether they defaulted on one: so many days overdue now
        or ever, or written off."""
        ...

    def is_any_financed(self, application_ids: Collection[int]) -> bool:
        """Whether the loan of one of some applications is still owed."""
        ...

    def loans_of(self, application_ids: Collection[int]) -> Mapping[int, LoanTold]:
        """The loans of some applications, by application; of those that were not paid out there is none."""
        ...

    def dealer_pending_mortgages(self, dealer_id: int, *, paid_out_before: date) -> tuple[int, int]:
        """Of a dealer's loans in force that were paid out before a day and whose papers are filed: how many there are,
        and in how many files the mortgage's papers are missing."""
        ...


class EmptyLoanBook:
    """An institution without loans."""

    def customer_standing(self, customer_id: int) -> CustomerStanding:
        """Nothing owed."""
        return CustomerStanding(Fen(0), 0)

    def dealer_overdue_rate(self, dealer_id: int) -> Decimal:
        """Nothing overdue."""
        return Decimal(0)

    def first_dues(
        self, dealer_ids: Collection[int], *, since: date, until: date
    ) -> Mapping[tuple[int, date], tuple[int, int]]:
        """Nothing fell due."""
        return {}

    def borrowers(self, customer_ids: Collection[int], *, defaulted_from_days: int) -> Mapping[int, bool]:
        """Nobody borrowed."""
        return {}

    def is_any_financed(self, application_ids: Collection[int]) -> bool:
        """No loan is owed."""
        return False

    def loans_of(self, application_ids: Collection[int]) -> Mapping[int, LoanTold]:
        """Nothing was paid out."""
        return {}

    def dealer_pending_mortgages(self, dealer_id: int, *, paid_out_before: date) -> tuple[int, int]:
        """No papers are filed."""
        return 0, 0


_installed: list[LoanBook] = []


def loan_book_install(book: LoanBook) -> None:
    """Connect the loan book; done once, in ``axle.config.wiring``."""
    _installed[:] = [book]


def loan_book() -> LoanBook:
    """The loan book. Errors: LookupError when none is installed, because "not asked" is not "owes nothing"."""
    if not _installed:
        raise LookupError("no loan book is installed")
    return _installed[0]
