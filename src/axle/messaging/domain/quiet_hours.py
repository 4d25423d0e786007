"""The hours in which nobody is written to, except at their own asking."""

from datetime import datetime, timedelta


def seconds_of_quiet(now: datetime, quiet_from: int, quiet_until: int) -> int:
    """How long it is still quiet: 0 in the hours from ``quiet_until`` to ``quiet_from`` of the day.

    ``now`` is the time of day where the people are; the hours are whole hours, 0 to 24, the later one in the evening.
    """
    if quiet_until <= now.hour < quiet_from:
        return 0
    day = now + timedelta(days=1) if now.hour >= quiet_from else now
    end = day.replace(hour=quiet_until, minute=0, second=0, microsecond=0)
    return int((end - now).total_seconds())
