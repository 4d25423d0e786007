"""Reads of sources, each with its scope."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    CharField,
    Count,
    DecimalField,
    IntegerField,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils import timezone

from axle.platform.public import Actor, Compiled, Subject, business_date, read_once
from axle.sources import permissions
from axle.sources.domain.breaker import PROBE, BreakerState
from axle.sources.domain.source import Outcome, Purpose
from axle.sources.models import Consent, DataSource, Enquiry, SourceCall


class Percentile(Aggregate):
    """The value below which a part of the rows lie."""

    function = "percentile_disc"
    template = "%(function)s(%(part)s) WITHIN GROUP (ORDER BY %(expressions)s)"

    def __init__(self, expression: str, part: float, **extra: Any) -> None:
        super().__init__(expression, part=part, output_field=IntegerField(), **extra)


def sources_this_month(actor: Actor) -> QuerySet[DataSource]:
    """Sources with how they have answered since the month began. They are the institution's: a narrower scope sees
    nothing of them."""
    rows = DataSource.objects.all() if actor.scope(permissions.SOURCE_VIEW).is_all else DataSource.objects.none()
    now = timezone.now()
    this_month = Q(calls__business_on__gte=business_date().replace(day=1))
    asked = this_month & Q(calls__cached_from__isnull=True, calls__attempts__gt=0)
    hits, reached = Count("calls", filter=asked & Q(calls__outcome=Outcome.HIT)), Count("calls", filter=asked)
    return rows.annotate(
        breaker_state=Case(
            When(opened_at__isnull=True, then=Value(BreakerState.CLOSED)),
            When(probe_at__gt=now - PROBE, then=Value(BreakerState.PROBING)),
            default=Value(BreakerState.OPEN),
            output_field=CharField(),
        ),
        calls_asked=reached,
        calls_cached=Count("calls", filter=this_month & Q(calls__cached_from__isnull=False)),
        hit_rate=Cast(hits, DecimalField(max_digits=12, decimal_places=4)) / NullIf(reached, Value(0)),
        calls_unanswered=Count(
            "calls", filter=this_month & Q(calls__outcome__in=[Outcome.FAILED, Outcome.LATE, Outcome.REFUSED])
        ),
        duration_p50_ms=Percentile("calls__duration_ms", 0.5, filter=asked),
        duration_p95_ms=Percentile("calls__duration_ms", 0.95, filter=asked),
        cost=Coalesce(Sum("calls__price", filter=this_month), 0),
    )


def calls_of_day(on: date) -> list[dict[str, Any]]:
    """How each source answered on a business date: what was asked of it and how that ended, times, cost in fen."""
    asked = Q(cached_from__isnull=True, attempts__gt=0)
    rows = SourceCall.objects.filter(business_on=on).order_by("source").values("source")
    found: Any = rows.annotate(
        asked=Count("pk", filter=asked),
        cached=Count("pk", filter=Q(cached_from__isnull=False)),
        hits=Count("pk", filter=asked & Q(outcome=Outcome.HIT)),
        no_records=Count("pk", filter=asked & Q(outcome=Outcome.NO_RECORD)),
        failed=Count("pk", filter=Q(outcome=Outcome.FAILED)),
        late=Count("pk", filter=Q(outcome=Outcome.LATE)),
        refused=Count("pk", filter=Q(outcome=Outcome.REFUSED)),
        duration_p50_ms=Percentile("duration_ms", 0.5, filter=asked),
        duration_p99_ms=Percentile("duration_ms", 0.99, filter=asked),
        cost=Coalesce(Sum("price"), 0),
    )
    return list(found)


def sources_on() -> frozenset[str]:
    """The codes of the sources that the institution uses."""
    rows = DataSource.objects.filter(is_on=True)
    return read_once("sources_on", lambda: frozenset(rows.values_list("code", flat=True)))


def calls_visible(actor: Actor) -> QuerySet[SourceCall]:
    """Calls about cases within the actor's scope."""
    scope = actor.scope(permissions.CALL_VIEW)
    return scope.filter(
        SourceCall.objects.all(),
        department="enquiry__department_id",
        owner="enquiry__owner_id",
        channel="enquiry__dealer_id",
    )


def consents_visible(actor: Actor) -> QuerySet[Consent]:
    """Consents given in cases within the actor's scope."""
    return actor.scope(permissions.CONSENT_VIEW).filter(Consent.objects.all(), channel="dealer_id")


def consents_in_force(person_index: str, *, on: date) -> dict[Purpose, Consent]:
    """The consents of a person that hold on a day, the one that holds longest for each purpose."""
    return {Purpose(row.purpose): row for row in _IN_FORCE.rows(person_index, on)}


_IN_FORCE = Compiled(
    lambda person_index, on: Consent.objects.filter(
        person_index=person_index, given_on__lte=on, expires_on__gte=on, withdrawn_on__isnull=True
    ).order_by("expires_on", "pk")
)


def enquiry_of(subject: Subject, *, round: int) -> Enquiry | None:
    """The enquiry of a case's round."""
    return Enquiry.objects.filter(subject_type=subject.type, subject_id=subject.id, round=round).first()


def calls_of(actor: Actor, subject: Subject) -> Sequence[SourceCall]:
    """The calls about a case that the actor may see, latest round first; raw answers are not read."""
    rows = calls_visible(actor).filter(enquiry__subject_type=subject.type, enquiry__subject_id=subject.id)
    return list(rows.select_related("enquiry", "consent", "cached_from").defer("raw").order_by("-enquiry_id", "pk"))
