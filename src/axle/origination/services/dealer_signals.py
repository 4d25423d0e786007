"""What the months of a dealer say of its next case. Three statements."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from axle.kernel.dates import add_months
from axle.origination.domain.dealer_months import DealerMonth, abnormal_months, busiest_share, first_default_rate
from axle.origination.domain.lifecycle import DECLINED
from axle.origination.models import Application
from axle.origination.ports import loan_book

MONTHS = 12
CLERK_DAYS = 90


def dealer_signals(dealer_id: int, *, on: date) -> dict[str, Any]:
    """The dealer's signals on a date, from the twelve whole months before it."""
    months = dealer_months(dealer_id, on=on)
    return {
        "dealer_abnormal_months": abnormal_months(months),
        "dealer_first_default_rate": first_default_rate(months),
        "dealer_salesperson_share": busiest_share(_cases_by_clerk(dealer_id, on)),
    }


def dealer_months(dealer_id: int, *, on: date) -> list[DealerMonth]:
    """The whole months before a date, in order."""
    this = on.replace(day=1)
    firsts = [add_months(this, -back) for back in range(MONTHS, 0, -1)]
    rows = Application.objects.filter(dealer_id=dealer_id)
    rows = rows.filter(submitted_at__date__gte=firsts[0], submitted_at__date__lt=this)
    counted = rows.annotate(month=TruncMonth("submitted_at__date")).values_list("month").order_by("month")
    found = {
        month: (applications, declined)
        for month, applications, declined in counted.annotate(all=Count("pk"), no=Count("pk", filter=Q(state=DECLINED)))
    }
    dues = loan_book().dealer_first_dues(dealer_id, since=firsts[0], until=this)
    return [DealerMonth(first, *found.get(first, (0, 0)), *dues.get(first, (0, 0))) for first in firsts]


def _cases_by_clerk(dealer_id: int, on: date) -> list[int]:
    since = on - timedelta(days=CLERK_DAYS)
    rows = Application.objects.filter(dealer_id=dealer_id, source="dealer", submitted_at__date__gte=since)
    by_clerk = rows.exclude(created_by=None).values("created_by").annotate(cases=Count("pk"))
    return list(by_clerk.values_list("cases", flat=True))
