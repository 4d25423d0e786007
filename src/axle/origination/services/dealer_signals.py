"""What a dealer's months, files and control say of its next case. Five statements."""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from axle.channel.public import dealer_control, dealers_active_ids
from axle.kernel.dates import add_months
from axle.kernel.rounding import round_rate
from axle.origination.domain.dealer_months import DealerMonth, abnormal_months, busiest_share, first_default_rate
from axle.origination.domain.lifecycle import DECLINED
from axle.origination.models import Application
from axle.origination.parameters import MORTGAGE_DAYS
from axle.origination.ports import loan_book
from axle.platform.public import parameter_value

MONTHS = 12
CLERK_DAYS = 90


def dealer_signals(dealer_id: int, *, on: date) -> dict[str, Any]:
    """The dealer's signals on a date, from the twelve whole months before it."""
    months, control = dealer_months(dealer_id, on=on), dealer_control(dealer_id, on=on)
    return {
        "dealer_abnormal_months": abnormal_months(months),
        "dealer_first_default_rate": first_default_rate(months),
        "dealer_salesperson_share": salesperson_share(dealer_id, on=on),
        "dealer_pending_mortgage_rate": pending_mortgage_rate(dealer_id, on=on),
        "dealer_is_controlled": control is not None and control.level.asks_people,
    }


def salesperson_share(dealer_id: int, *, on: date) -> Decimal:
    """The share of the dealer's busiest clerk in its latest cases."""
    return busiest_share(_cases_by_clerk(dealer_id, on))


def pending_mortgage_rate(dealer_id: int, *, on: date) -> Decimal:
    """Of the dealer's older loans with filed papers, the share without those of the mortgage; zero without any."""
    before = on - timedelta(days=parameter_value(MORTGAGE_DAYS.code))
    files, pending = loan_book().dealer_pending_mortgages(dealer_id, paid_out_before=before)
    return round_rate(Decimal(pending) / files, 4) if files else Decimal(0)


def dealer_months(dealer_id: int, *, on: date) -> list[DealerMonth]:
    """The whole months before a date, in order."""
    return dealers_months([dealer_id], on=on)[dealer_id]


def dealers_months(dealer_ids: Collection[int], *, on: date) -> dict[int, list[DealerMonth]]:
    """The same of several dealers, in two statements."""
    this = on.replace(day=1)
    firsts = [add_months(this, -back) for back in range(MONTHS, 0, -1)]
    rows = Application.objects.filter(dealer_id__in=dealer_ids)
    rows = rows.filter(submitted_at__date__gte=firsts[0], submitted_at__date__lt=this)
    counted = rows.annotate(month=TruncMonth("submitted_at__date")).values_list("dealer_id", "month").order_by("month")
    found = {
        (dealer_id, month): (applications, declined)
        for dealer_id, month, applications, declined in counted.annotate(
            all=Count("pk"), no=Count("pk", filter=Q(state=DECLINED))
        )
    }
    dues = loan_book().first_dues(dealer_ids, since=firsts[0], until=this)
    return {
        dealer_id: [
            DealerMonth(first, *found.get((dealer_id, first), (0, 0)), *dues.get((dealer_id, first), (0, 0)))
            for first in firsts
        ]
        for dealer_id in dealer_ids
    }


def dealers_abnormal(*, on: date) -> dict[int, int]:
    """How many months in a row, up to the last, were abnormal: of each dealer that may submit. Three statements."""
    months = dealers_months(dealers_active_ids(), on=on)
    return {dealer_id: abnormal_months(found) for dealer_id, found in months.items()}


def _cases_by_clerk(dealer_id: int, on: date) -> list[int]:
    since = on - timedelta(days=CLERK_DAYS)
    rows = Application.objects.filter(dealer_id=dealer_id, source="dealer", submitted_at__date__gte=since)
    by_clerk = rows.exclude(created_by=None).values("created_by").annotate(cases=Count("pk"))
    return list(by_clerk.values_list("cases", flat=True))
