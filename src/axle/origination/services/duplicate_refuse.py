"""Refuse a second open application of the same person or for the same car."""

from datetime import timedelta

from django.db import connection
from django.db.models import Q, QuerySet
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
    _wait_turns(f"application:id:{id_no_index}", f"application:vin:{vin}")
    open_ones = submitted_recently(application).exclude(state__in=[DRAFT, *APPLICATION_ENDED]).order_by("pk")
    same = list(
        open_ones.filter(Q(id_no_index=id_no_index) | Q(vin=vin)).values_list("application_no", "id_no_index", "vin")
    )
    for path, others in (
        ("customer.id_no", [number for number, other, _ in same if other == id_no_index]),
        ("vehicle.vin", [number for number, _, other in same if other == vin]),
    ):
        if others:
            raise ApplicationDuplicate(field=path, application_no=others[0])


def submitted_recently(application: Application) -> QuerySet[Application]:
    """Other applications that were submitted within the days that count as recent."""
    since = timezone.now() - timedelta(days=parameter_value(DUPLICATE_DAYS.code))
    return Application.objects.exclude(pk=application.pk).filter(submitted_at__gte=since)


def _wait_turns(*keys: str) -> None:
    """In one order, so that no two wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(turn) FROM "
            "(SELECT hashtextextended(key, 0) AS turn FROM unnest(%s::text[]) AS key ORDER BY 1) AS turns",
            [list(keys)],
        )
