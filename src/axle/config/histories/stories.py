"""What a loan's reports tell of its life: what it owed when they begin, and each payment after that.

A report gives no payment date but the day to which interest is paid. Of a loan whose interest runs daily on what it
owes, this is the day of the last payment of the month; where it is none of the month's days, the day is unknown and
the end of the month stands in for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from axle.amortization.public import Prepayment, Rules, Terms
from axle.config.histories.reports import Month, ReportedLoan
from axle.kernel.money import Fen

YEARS_ON = 8
"""Dates are moved by so many years, into those whose books and rules exist; eight keep leap years where they are."""

RULES = Rules(prepayment=Prepayment(interest_to="date"))
"""Simple interest: a payment pays the interest to its day, the rest of it repays principal, and nothing is charged."""
_PERIODS = 120


@dataclass(frozen=True)
class Payment:
    """What came in during a month, with the report that tells of it. ``before`` is the report before that one."""

    month: Month
    before: Month
    on: date
    is_date_known: bool

    @property
    def amount(self) -> Fen:
        """What was paid on interest and principal."""
        return self.month.paid


@dataclass(frozen=True)
class Story:
    """A loan from the end of its first usable report on."""

    loan: ReportedLoan
    terms: Terms
    payments: tuple[Payment, ...]


def story_of(loan: ReportedLoan) -> Story | None:
    """The story of a loan; None where its reports hold no payment whose interest could be told."""
    months = loan.months
    for index, first in enumerate(months[:-1]):
        if first.closing and first.closing > 0 and first.paid_through and first.rate:
            payments = tuple(_payments(months[index:]))
            if payments:
                start = min(first.paid_through, payments[0].on)
                return Story(loan, _terms(first.closing, first.rate, moved(start)), payments)
            return None
    return None


def _payments(months: tuple[Month, ...]) -> Iterator[Payment]:
    last = months[0].paid_through or months[0].ends_on
    for before, month in pairwise(months):
        if month.paid <= 0:
            continue
        through = month.paid_through
        is_known = through is not None and last < through and month.begins_on <= through <= month.ends_on
        on = through if is_known and through is not None else month.ends_on
        yield Payment(month, before, on, is_known)
        last = on


def _terms(owed: Fen, rate: Decimal, start_on: date) -> Terms:
    """A loan that bears interest daily over 365 on what it owes; what nobody repays earlier falls due at the end."""
    return Terms(
        principal=owed,
        annual_rate=rate,
        method="single",
        periods=_PERIODS,
        start_on=start_on,
        day_count="actual/365",
    )


def moved(on: date) -> date:
    """A date of a report in the years of the books."""
    return on.replace(year=on.year + YEARS_ON)
