"""Queue the figures of a day behind its end."""

from datetime import date

from axle.monitoring.jobs import keep_risk_day


def day_queue(on: date, shard: int, shards: int) -> int:
    """End-of-day step: have a worker keep the figures of the day. Closing a day neither waits for them nor fails with
    them."""
    keep_risk_day.defer(on=on.isoformat())
    return 1
