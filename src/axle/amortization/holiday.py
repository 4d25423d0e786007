"""Rows of a payment holiday (还款假期): instalments to come that repay no principal. Internal to ``replay``."""

from typing import NamedTuple

from axle.amortization.book import Book
from axle.amortization.due_dates import Grid
from axle.amortization.split import Split
from axle.kernel.rounding import half_up


class HolidayRows(NamedTuple):
    """The holiday that stands before other rows to come; ``capitalised`` is what joins the principal at each row."""

    interests: list[int]
    exact: list[int]
    capitalised: list[int]

    def periods_after(self, periods: Grid) -> Grid:
        """The periods without those of the holiday."""
        gone = len(self.interests)
        return periods._replace(
            starts=periods.starts[gone:],
            dues=periods.dues[gone:],
            days=periods.days[gone:],
            factors=periods.factors[gone:],
        )

    def before(self, rows: Split) -> Split:
        """The rows of the holiday, and the rows after it."""
        return rows._replace(
            principals=[0] * len(self.interests) + rows.principals,
            interests=self.interests + rows.interests,
            exact=self.exact + rows.exact,
        )


def holiday_rows(book: Book, periods: Grid, balance: int) -> HolidayRows:
    """The rows to come that are on holiday; the last row of all always repays."""
    found, first_no = HolidayRows([], [], []), book.next_no
    for index, factor in enumerate(periods.factors[:-1]):
        kind = book.holiday.get(first_no + index)
        if kind is None:
            break
        exact = balance * factor
        interest = half_up(exact, periods.scale)
        joins = interest if kind == "capitalised" else 0
        found.interests.append(interest)
        found.exact.append(exact)
        found.capitalised.append(joins)
        balance += joins
    return found
