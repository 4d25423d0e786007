"""Find the past cases that are like one, within what the reader may look at. A fixed number of statements."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from axle.kernel.money import Fen
from axle.origination.domain.similar_cases import BASIS, Likeness, Outcomes, likeness, outcomes
from axle.origination.models import Application
from axle.origination.parameters import DEFAULTER_DAYS
from axle.origination.ports import LoanTold, loan_book
from axle.origination.selectors import applications_reviewed
from axle.platform.public import Actor, parameter_value

LOOKED_AT = 200
"""The latest of the near ones; further back nothing is looked for."""
COUNTED = 50
SHOWN = 12


@dataclass(frozen=True)
class SimilarCase:
    """A past case, and its loan where it was paid out."""

    application_id: int
    application_no: str
    applicant_name: str
    state: str
    is_automatic: bool
    score: int | None
    amount: Fen
    down_payment: Fen
    vehicle_price: Fen
    vehicle_title: str
    decided_at: datetime
    loan: LoanTold | None


@dataclass(frozen=True)
class SimilarCases:
    """What was compared, how the cases ended, and the latest of them."""

    like: Likeness
    outcomes: Outcomes
    cases: list[SimilarCase]


_ASKED = ("product_version__product_id", "vehicle__trim__vehicle_class", "vehicle__is_new")
_SHOWN = ("application_no", "applicant_name", "state", "process_id", "score", "amount", "down_payment",
          "vehicle_price", "vehicle_title", "decided_at")  # fmt: skip


def similar_cases_find(actor: Actor, application: Application) -> SimilarCases | None:
    """The latest decided cases like this one; None for a case that names no product or car yet."""
    product_id, vehicle_class, is_new = Application.objects.values_list(*_ASKED).get(pk=application.pk)
    if product_id is None or vehicle_class is None:
        return None
    like = likeness(
        product_id=product_id,
        vehicle_class=vehicle_class,
        is_new=is_new,
        score=application.score,
        down_payment=Fen(application.down_payment) if application.down_payment is not None else None,
        price=Fen(application.vehicle_price) if application.vehicle_price else None,
    )
    near = _near(applications_reviewed(actor).exclude(pk=application.pk), like)
    keys = list(near.order_by("-decided_at").values_list("pk", flat=True)[:LOOKED_AT])
    same = Application.objects.filter(
        pk__in=keys, vehicle__trim__vehicle_class=vehicle_class, vehicle__is_new=is_new
    ).order_by("-decided_at", "-pk")
    rows = list(same.values("pk", *_SHOWN)[:COUNTED])
    loans = loan_book().loans_of([row["pk"] for row in rows])
    line = parameter_value(DEFAULTER_DAYS.code)
    stand = [(loan.days_overdue, loan.is_defaulted(line)) for loan in loans.values()]
    found = outcomes((row["state"] for row in rows), stand)
    return SimilarCases(like, found, [_case(row, loans.get(row["pk"])) for row in rows[:SHOWN]])


def _near(rows: QuerySet[Application], like: Likeness) -> QuerySet[Application]:
    """By columns that the index of decided cases holds."""
    near = rows.filter(product_version__product_id=like.product_id, decided_at__isnull=False)
    if like.scores is not None:
        near = near.filter(score__range=like.scores)
    if like.shares_bps is not None:
        low, high = like.shares_bps
        paid = near.annotate(paid=F("down_payment") * BASIS)
        near = paid.filter(paid__gte=F("vehicle_price") * low, paid__lte=F("vehicle_price") * high)
    return near


def _case(row: dict[str, Any], loan: LoanTold | None) -> SimilarCase:
    return SimilarCase(
        application_id=row["pk"],
        application_no=row["application_no"],
        applicant_name=row["applicant_name"],
        state=row["state"],
        is_automatic=row["process_id"] is None,
        score=row["score"],
        amount=Fen(row["amount"]),
        down_payment=Fen(row["down_payment"] or 0),
        vehicle_price=Fen(row["vehicle_price"] or 0),
        vehicle_title=row["vehicle_title"],
        decided_at=row["decided_at"],
        loan=loan,
    )
