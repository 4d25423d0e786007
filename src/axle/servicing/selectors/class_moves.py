"""From which of the five classes into which loans went between the ends of two days (五级分类迁徙)."""

from datetime import date
from typing import Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from axle.servicing.domain.carrying import IN_BOOKS, PERFORMING
from axle.servicing.domain.standing import CLASSES
from axle.servicing.models import LoanCarrying, StandingChange

NEW, LEFT = "new", "off_books"
"""A loan that was not in the books on the first day, and one that is not on the last: repaid, written off or sold."""


def loans_with_moves(loans: QuerySet[Any], first: date, last: date) -> QuerySet[Any]:
    """Those of some loans that were in the books at the end of either day, with ``class_before`` and ``class_after``.

    One of them may be ``NEW`` or ``LEFT``.
    """
    owed = loans.filter(Q(settled_on=None) | Q(settled_on__gt=first), disbursed_on__lte=last)
    carried = owed.annotate(carried_before=_carrying(first), carried_after=_carrying(last))
    classed = carried.annotate(
        class_before=_class(first, "carried_before", NEW), class_after=_class(last, "carried_after", LEFT)
    )
    found: QuerySet[Any] = classed.exclude(class_before=NEW, class_after=LEFT)
    return found


def loans_touched(loans: QuerySet[Any], last: date) -> QuerySet[Any]:
    """Those of some loans whose class or carrying ever changed up to a day; the others are normal while they owe."""
    graded = StandingChange.objects.filter(on__lte=last).values("loan_id")
    carried = LoanCarrying.objects.filter(on__lte=last).values("loan_id")
    return loans.filter(Q(pk__in=graded) | Q(pk__in=carried))


def _carrying(on: date) -> Coalesce:
    changes = LoanCarrying.objects.filter(loan_id=OuterRef("pk"), on__lte=on).order_by("-era")
    return Coalesce(Subquery(changes.values("carrying")[:1]), Value(PERFORMING))


def _class(on: date, carried: str, otherwise: str) -> Case:
    is_out = Q(disbursed_on__gt=on) | Q(settled_on__lte=on) | ~Q(**{f"{carried}__in": IN_BOOKS})
    changes = StandingChange.objects.filter(loan_id=OuterRef("pk"), on__lte=on).order_by("-on", "-pk")
    graded = Coalesce(Subquery(changes.values("class_after")[:1]), Value(CLASSES[0]))
    return Case(When(is_out, then=Value(otherwise)), default=graded)
