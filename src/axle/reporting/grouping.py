"""Sums of loans by what they have in common."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from axle.platform.listing import Col
from axle.platform.reports import Row

PLACES: Mapping[str, str] = {
    "product_name": "product_version__product__name_{lang}",
    "department_name": "department__name",
    "owner_name": "owner__name",
    "dealer_name": "dealer__name",
}
"""Groups that follow from where a loan belongs, and where that is found."""


def sums_by(
    rows: QuerySet[Any], group: str, sums: Mapping[str, Any], *, month: str = "", prefix: str = ""
) -> list[Row]:
    """Counts and sums by ``month`` of a date column, or by one of ``PLACES`` (``prefix`` leads to the loan)."""
    if group == "month":
        rows, path = rows.annotate(of_month=TruncMonth(month)), "of_month"
    else:
        path = Col("group", source=prefix + PLACES[group]).path
    found = rows.order_by(path).values(path).annotate(count=Count("pk"), **sums)
    return [{"group": _name(group, row.pop(path)), **row} for row in found]


def _name(group: str, value: Any) -> str:
    if value is None:
        return ""
    return f"{value:%Y-%m}" if group == "month" else str(value)


def groups(*names: str) -> Sequence[str]:
    """The groups of a report: some of its own, then every place."""
    return (*names, *PLACES)
