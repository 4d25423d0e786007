"""Have the figures of past days kept again."""

from datetime import date, timedelta

from axle.monitoring.errors import RefillDaysWrong
from axle.monitoring.jobs import refill_risk_day
from axle.platform.public import note_change

MOST_DAYS = 366


def figures_refill(*, since: date, until: date, business_on: date) -> int:
    """Queue one job for each closed day of a span; gives their number. Errors: RefillDaysWrong."""
    days = (until - since).days + 1
    if not 1 <= days <= MOST_DAYS or until >= business_on:
        raise RefillDaysWrong(field="until", most=MOST_DAYS, last=business_on - timedelta(days=1))
    refill_risk_day.defer_all([{"on": (since + timedelta(days=day)).isoformat()} for day in range(days)])
    note_change(type="risk_figures", id=f"{since}..{until}", after={"days": days})
    return days
