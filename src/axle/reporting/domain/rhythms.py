"""When a report is made, and which days it is about, pure."""

from datetime import date, timedelta

from axle.kernel.calendar import Calendar

SUNDAY = 6
_DAY = timedelta(days=1)


def is_due(rhythm: str, closed_on: date, working: Calendar) -> bool:
    """Whether a report is made after the end of a day.

    ``rhythm``: daily, workdays (by the calendar of banks), weekly (the week that ends on Sunday), monthly.
    """
    match rhythm:
        case "daily":
            return True
        case "workdays":
            return working.is_working_day(closed_on)
        case "weekly":
            return closed_on.weekday() == SUNDAY
        case _:
            return (closed_on + _DAY).month != closed_on.month


def days_of(rhythm: str, closed_on: date) -> dict[str, str]:
    """The answers to a report's questions about time, as text: the day, the week or the month that has ended."""
    first = closed_on
    if rhythm == "weekly":
        first = closed_on - timedelta(days=closed_on.weekday())
    elif rhythm == "monthly":
        first = closed_on.replace(day=1)
    return {
        "as_of": closed_on.isoformat(),
        "since": first.isoformat(),
        "until": closed_on.isoformat(),
        "period": f"{closed_on:%Y%m}",
    }
