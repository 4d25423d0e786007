"""The business date: data, moved only by the end of day."""

from datetime import date

from django.utils import timezone

from axle.platform.models import BusinessDay


def business_date() -> date:
    """The date that the system is on; today's until an end of day has run."""
    stored = BusinessDay.objects.values_list("on", flat=True).first()
    return stored or timezone.localdate()


def business_date_set(on: date) -> None:
    """Move the business date; called by the end of day and by the demo loader."""
    BusinessDay.objects.update_or_create(pk=1, defaults={"on": on})
