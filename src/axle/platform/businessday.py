"""The business date: data, moved only by the end of day."""

from datetime import date

from django.db import connection
from django.utils import timezone

from axle.platform.models import BusinessDay


def business_date() -> date:
    """The date that the system is on; today's until an end of day has run."""
    stored = BusinessDay.objects.values_list("on", flat=True).first()
    return stored or timezone.localdate()


def business_date_set(on: date) -> None:
    """Move the business date; called by the end of day and by the demo loader."""
    BusinessDay.objects.update_or_create(pk=1, defaults={"on": on})


_LOCK = "hashtext('axle_business_date')"


def business_date_hold() -> date:
    """The business date, which will not roll before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock_shared({_LOCK})")
    return business_date()


def business_date_lock() -> None:
    """Wait for every transaction that holds the business date, and keep new ones waiting until this one ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({_LOCK})")
