"""On which days a debtor is reminded of an instalment."""

from collections.abc import Sequence

MOST_DAYS = 30


def reminder_days(data: Sequence[int]) -> list[int]:
    """Days before the due date, negative after it, each once. Errors: ValueError for anything else."""
    days = list(data)
    if any(type(day) is not int or abs(day) > MOST_DAYS for day in days) or len(set(days)) < len(days):
        raise ValueError(data)
    return days
