"""How loans stood at the end of a past day."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from axle.kernel.money import Fen
from axle.servicing.models import LoanProvision, StandingChange
from axle.servicing.models.standing import RiskClass


class StandingAt(NamedTuple):
    """Class and stage of a loan on a day, and why it has that class."""

    risk_class: str
    stage: int
    reason: str


NORMAL = StandingAt(RiskClass.NORMAL, 1, "")


def standings_at(loan_ids: Sequence[int], on: date) -> dict[int, StandingAt]:
    """The class and stage of some loans at the end of a day; a loan that is not named was normal and in stage 1."""
    rows = StandingChange.objects.filter(loan_id__in=list(loan_ids), on__lte=on).order_by("loan_id", "on", "pk")
    found = rows.values_list("loan_id", "class_after", "stage_after", "reason")
    return {loan_id: StandingAt(risk_class, stage, reason) for loan_id, risk_class, stage, reason in found}


def provisions_at(loan_ids: Sequence[int], on: date) -> dict[int, Fen]:
    """What was held against some loans in stage 2 or 3 at the last month's end up to a day, in fen."""
    rows = LoanProvision.objects.filter(loan_id__in=list(loan_ids), business_on__lte=on)
    found = rows.order_by("loan_id", "business_on").values_list("loan_id", "provision")
    return {loan_id: Fen(provision) for loan_id, provision in found}


def loans_with_class(loans: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Of some loans those whose class ever changed up to a day, with ``class_at``, the class on it."""
    past = StandingChange.objects.filter(on__lte=on)
    latest = past.filter(loan_id=OuterRef("pk")).order_by("-on", "-pk").values("class_after")[:1]
    found: QuerySet[Any] = loans.filter(pk__in=past.values("loan_id")).annotate(class_at=Subquery(latest))
    return found
