"""Refuse a second open application of the same person or for the same car."""

from datetime import timedelta

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from axle.origination.domain.form import ApplicationForm
from axle.origination.domain.lifecycle import APPLICATION_ENDED, DRAFT
from axle.origination.errors import ApplicationDuplicate
from axle.origination.models import Application
from axle.origination.parameters import DUPLICATE_DAYS
from axle.platform.public import blind_index, parameter_value


def duplicate_refuse(application: Application, form: ApplicationForm) -> None:
    """Errors: ApplicationDuplicate naming the other one.

    Two submissions of the same person or car at once wait for each other here.
    """
    id_no_index, vin = blind_index(form.customer.id_no or ""), form.vehicle.vin or ""
    for key in sorted((f"application:id:{id_no_index}", f"application:vin:{vin}")):
        _wait_turn(key)
    open_ones = submitted_recently(application).exclude(state__in=[DRAFT, *APPLICATION_ENDED])
    for path, found in (
        ("customer.id_no", open_ones.filter(id_no_index=id_no_index)),
        ("vehicle.vin", open_ones.filter(vin=vin)),
    ):
        other = found.values_list("application_no", flat=True).first()
        if other is not None:
            raise ApplicationDuplicate(field=path, application_no=other)


def submitted_recently(application: Application) -> QuerySet[Application]:
    """Other applications that were submitted within the days that count as recent."""
    since = timezone.now() - timedelta(days=parameter_value(DUPLICATE_DAYS.code))
    return Application.objects.exclude(pk=application.pk).filter(submitted_at__gte=since)


def _wait_turn(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
