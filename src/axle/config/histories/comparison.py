"""Our split of each payment beside the servicer's, and why they differ where they do."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from axle.config.histories.stories import Payment, Story
from axle.kernel.money import Fen

Reason = Literal[
    "to the cent",
    "within a cent",
    "within 1 %",
    "another day",
    "several payments",
    "interest not taken",
    "less than the interest",
    "day unknown",
    "terms changed",
    "balance does not roll",
    "not explained",
]
REASONS: Mapping[Reason, str] = {
    "to the cent": "interest and principal are the servicer's",
    "within a cent": "rounded elsewhere, for example each day or half a cent down",
    "within 1 %": "a part of a day: another payment in the month, or a correction by the servicer",
    "another day": "the servicer's interest is that of another whole number of days, up to three off ours: "
    "the payment counted on another day than the one to which interest is paid",
    "several payments": "more than one and a half instalments, and interest of fewer days than passed: "
    "several payments in the month, of which one day is reported",
    "interest not taken": "the servicer booked all of the money as principal: what was left after a repossession or "
    "a charge-off, or interest forgiven at the end",
    "less than the interest": "all of it interest, and not all that had run: our books keep the money until the "
    "interest to the day is covered",
    "day unknown": "the reported day is none of the month, or did not move",
    "terms changed": "extended, modified, or at another rate than the month before",
    "balance does not roll": "the month does not begin with what the month before ended with",
    "not explained": "none of these",
}
_SAME_DAY = Decimal("0.03")
_OTHER_DAYS = 3


@dataclass(frozen=True)
class Split:
    """How a payment was divided; fen."""

    interest: Fen
    principal: Fen


@dataclass(frozen=True)
class Compared:
    """One payment in both books."""

    story: Story
    payment: Payment
    ours: Split
    days: int
    owed: Fen

    @property
    def theirs(self) -> Split:
        """The servicer's split."""
        return Split(self.payment.month.interest, self.payment.month.principal)

    @property
    def apart(self) -> int:
        """Our interest less theirs, in fen."""
        return self.ours.interest - self.theirs.interest

    @property
    def their_days(self) -> Decimal:
        """The days for which the servicer's interest runs on what our books say was owed."""
        daily = self.owed * self.story.terms.annual_rate / 365
        return Decimal(self.theirs.interest) / daily if daily else Decimal(0)


def reason(one: Compared) -> Reason:
    """Why the two splits are as far apart as they are; the first that applies."""
    if not one.apart:
        return "to the cent"
    if abs(one.apart) == 1:
        return "within a cent"
    return _of_the_report(one) or _of_the_amounts(one)


def _of_the_report(one: Compared) -> Reason | None:
    """What the report itself says of it."""
    month, before = one.payment.month, one.payment.before
    if not month.interest and month.principal:
        return "interest not taken"
    if month.opening != before.closing:
        return "balance does not roll"
    if month.is_modified or month.extended or (month.rate and month.rate != one.story.terms.annual_rate):
        return "terms changed"
    if not month.principal:
        return "less than the interest"
    return None if one.payment.is_date_known else "day unknown"


def _of_the_amounts(one: Compared) -> Reason:
    if abs(one.apart) * 100 <= one.theirs.interest:
        return "within 1 %"
    days, whole = one.their_days, round(one.their_days)
    if abs(days - whole) <= _SAME_DAY and 0 < abs(whole - one.days) <= _OTHER_DAYS:
        return "another day"
    month = one.payment.month
    if days < one.days and month.paid * 2 > month.scheduled * 3:
        return "several payments"
    return "not explained"
