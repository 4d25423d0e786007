"""The columns that most reports of loans begin with, and how they are read for some loans at a time."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from axle.platform.listing import Col
from axle.platform.reports import Row
from axle.servicing.public import NORMAL, provisions_at, standings_at

LOAN_LINK = "/loan/loans/{loan_no}"
NAMED = (
    Col("loan_no", link=LOAN_LINK),
    Col("contract_no"),
    Col("customer_name", source="customer__name"),
    Col("id_no", "masked", source="customer__id_no", mask="id_no"),
    Col("product_name", source="product_version__product__name_{lang}"),
)
AGREED = (
    Col("principal", "money"),
    Col("annual_rate", "rate"),
    Col("periods", "integer"),
    Col("disbursed_on", "date"),
    Col("matures_on", "date"),
)
PLACED = (
    Col("owner_name", source="owner__name"),
    Col("department_name", source="department__name"),
    Col("dealer_name", source="dealer__name"),
)


STANDING = (
    Col("risk_class", "enum", enum="RiskClass"),
    Col("stage", "integer"),
    Col("allowance", "money"),
)
"""How a loan stood on a day, and what was held against it at the last month's end."""


def standing_columns(loan_ids: Sequence[int], on: date) -> dict[int, Row]:
    """The values of ``STANDING`` for some loans; in stage 1 the allowance is held for the loans together."""
    standing, held = standings_at(loan_ids, on), provisions_at(loan_ids, on)
    found = {}
    for loan_id in loan_ids:
        at = standing.get(loan_id, NORMAL)
        allowance = held.get(loan_id) if at.stage > 1 else None
        found[loan_id] = {"risk_class": at.risk_class, "stage": at.stage, "allowance": allowance}
    return found


def loan_columns(loans: QuerySet[Any], loan_ids: Sequence[int], columns: Sequence[Col]) -> dict[int, dict[str, Any]]:
    """The values of columns for some loans, by the key of the loan, in one query."""
    rows = loans.filter(pk__in=loan_ids).order_by().values_list("pk", *(col.path for col in columns))
    return {pk: {col.key: value for col, value in zip(columns, values, strict=True)} for pk, *values in rows}


def numbered(rows: Sequence[Row], start: int) -> list[Row]:
    """Rows with their number in the report."""
    return [{"row_no": start + place, **row} for place, row in enumerate(rows, 1)]


NUMBER = Col("row_no", "integer")
