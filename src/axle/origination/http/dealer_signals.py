"""The months of a dealer over HTTP: what is out of the usual, and whether flexible control is advised."""

from datetime import date

from pydantic import BaseModel

from axle.channel.public import DEALER_CONTROL_VIEW, dealer_seen
from axle.kernel.types import RateStr
from axle.origination.domain.dealer_months import (
    CONTROL_ADVISED_MONTHS,
    MonthCause,
    abnormal_causes,
    abnormal_months,
    first_default_rate,
)
from axle.origination.http.base import api
from axle.origination.ports import loan_book
from axle.origination.services.dealer_signals import dealer_months, pending_mortgage_rate, salesperson_share
from axle.platform.public import Actor, business_date


class DealerMonthOut(BaseModel):
    """One whole month: applications and those declined, first instalments due and those not paid in time, and why the
    month is out of the usual."""

    month: date
    cases_submitted: int
    cases_declined: int
    first_dues: int
    first_defaults: int
    month_causes: list[MonthCause]


class DealerSignalsOut(BaseModel):
    """What the rules are told of a dealer today. ``is_control_advised``: three abnormal months in a row, or more."""

    abnormal_months: int
    is_control_advised: bool
    first_default_rate: RateStr
    salesperson_share: RateStr
    pending_mortgage_rate: RateStr
    dealer_overdue_rate: RateStr
    months: list[DealerMonthOut]


@api.query("dealer_signals", "/dealers/{dealer_id}/signals", permission=DEALER_CONTROL_VIEW)
def dealer_signals_get(actor: Actor, dealer_id: int) -> DealerSignalsOut:
    """The last twelve whole months of a dealer, and the signals that follow. Errors: NotFound."""
    dealer, today = dealer_seen(actor, dealer_id), business_date()
    months = dealer_months(dealer.id, on=today)
    count = abnormal_months(months)
    return DealerSignalsOut(
        abnormal_months=count,
        is_control_advised=count >= CONTROL_ADVISED_MONTHS,
        first_default_rate=first_default_rate(months),
        salesperson_share=salesperson_share(dealer.id, on=today),
        pending_mortgage_rate=pending_mortgage_rate(dealer.id, on=today),
        dealer_overdue_rate=loan_book().dealer_overdue_rate(dealer.id),
        months=[
            DealerMonthOut(
                month=month.first_day,
                cases_submitted=month.applications,
                cases_declined=month.declined,
                first_dues=month.first_dues,
                first_defaults=month.first_defaults,
                month_causes=abnormal_causes(months, place),
            )
            for place, month in enumerate(months)
        ],
    )
