"""A dealer's months: what its applications and its first instalments say, and which months are out of the usual."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import sqrt
from statistics import fmean

from axle.kernel.rounding import round_rate

ENOUGH = 5
"""Fewer cases in a month say nothing about a dealer."""
MANY = 10
DECLINED_MOST = Decimal("0.5")
FIRST_DEFAULTS_MOST = Decimal("0.1")
FIRST_DEFAULTS_FEW = 1
"""One is chance."""
MONTHS_COMPARED = 6
MONTHS_NEEDED = 3
CLERK_CASES = 20
"""Fewer cases say nothing about who brings them."""


CONTROL_ADVISED_MONTHS = 3
"""So many abnormal months in a row, and flexible control is advised."""


class MonthCause(StrEnum):
    """Why a month is abnormal."""

    DECLINED = "declined"
    FIRST_DEFAULTS = "first_defaults"
    BURST = "burst"


@dataclass(frozen=True)
class DealerMonth:
    """Applications submitted in a month, those of them declined, the loans whose first instalment fell due in it, and
    those of them that were not paid in time."""

    first_day: date
    applications: int = 0
    declined: int = 0
    first_dues: int = 0
    first_defaults: int = 0


def abnormal_months(months: Sequence[DealerMonth]) -> int:
    """How many months in a row, up to the last, were abnormal; the months come in order."""
    count = 0
    for place in reversed(range(len(months))):
        if not abnormal_causes(months, place):
            break
        count += 1
    return count


def abnormal_causes(months: Sequence[DealerMonth], place: int) -> list[MonthCause]:
    """Why a month is out of the usual: too many declined, too many first instalments unpaid, or far more applications
    than in the months before; nothing for a usual one."""
    month, before = months[place], months[max(0, place - MONTHS_COMPARED) : place]
    declined = month.applications >= ENOUGH and month.declined > DECLINED_MOST * month.applications
    is_chance = month.first_defaults <= FIRST_DEFAULTS_FEW
    defaulted = not is_chance and month.first_defaults > FIRST_DEFAULTS_MOST * month.first_dues
    found = {
        MonthCause.DECLINED: declined,
        MonthCause.FIRST_DEFAULTS: defaulted,
        MonthCause.BURST: _is_burst(month, [one.applications for one in before]),
    }
    return [cause for cause, is_so in found.items() if is_so]


def first_default_rate(months: Sequence[DealerMonth]) -> Decimal:
    """The share of first instalments that were not paid in time; zero where none fell due."""
    due = sum(month.first_dues for month in months)
    return round_rate(Decimal(sum(month.first_defaults for month in months)) / due, 4) if due else Decimal(0)


def busiest_share(cases: Sequence[int]) -> Decimal:
    """The share of the clerk who brings most; zero for few cases, and where there is one clerk only."""
    total = sum(cases)
    if len(cases) < 2 or total < CLERK_CASES:
        return Decimal(0)
    return round_rate(Decimal(max(cases)) / total, 4)


def _is_burst(month: DealerMonth, before: Sequence[int]) -> bool:
    """More than two standard deviations above the mean of the months before."""
    if len(before) < MONTHS_NEEDED or month.applications < MANY:
        return False
    mean = fmean(before)
    spread = sqrt(fmean((count - mean) ** 2 for count in before))
    return month.applications > mean + 2 * max(spread, 1)
