"""Arrears buckets (账龄) by days past due: M0 none, M1 1–30, … M6 151–180, M7 beyond.

Source: domain practice; the contract's days count from the oldest unpaid instalment.
"""

from datetime import date

BUCKETS = ("M0", "M1", "M2", "M3", "M4", "M5", "M6", "M7")
DAYS_PER_BUCKET = 30


def days_past_due(next_unpaid_due_on: date | None, on: date) -> int:
    """Days from the oldest unpaid due date to a date; 0 while nothing is late."""
    return max((on - next_unpaid_due_on).days, 0) if next_unpaid_due_on else 0


def bucket(days: int) -> str:
    """The bucket of a number of days past due."""
    return BUCKETS[min(-(-days // DAYS_PER_BUCKET), len(BUCKETS) - 1)]
