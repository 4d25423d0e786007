"""Whether a dealer's case may be submitted."""

from datetime import date, datetime, time

from django.utils import timezone

from axle.channel.public import dealer_active, dealer_control
from axle.origination.errors import DealerCasesUsedUp
from axle.origination.models import Application


def dealer_admit(application: Application, dealer_id: int, *, on: date) -> None:
    """Refuse the case of a dealer that may not submit, or that has used up what its control allows in a month.

    A case that was submitted before and comes again is no new one. Errors: NotFound, DealerNotActive,
    DealerCasesUsedUp.
    """
    dealer_active(dealer_id)
    control = dealer_control(dealer_id, on=on)
    if control is None or control.cases_max is None or application.submitted_at is not None:
        return
    begin = timezone.make_aware(datetime.combine(on.replace(day=1), time.min))
    submitted = Application.objects.filter(dealer_id=dealer_id, submitted_at__gte=begin).count()
    if submitted >= control.cases_max:
        raise DealerCasesUsedUp(field="dealer_id", most=control.cases_max, until=control.until_on)
