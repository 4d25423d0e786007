"""The columns that most reports of loans begin with, and how they are read for some loans at a time."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from axle.accounting.public import principal_account_ids
from axle.kernel.money import Fen
from axle.kernel.rounding import share
from axle.ledger.public import OPENING, loan_movements
from axle.origination.public import conditions_of
from axle.platform.listing import Col
from axle.platform.reports import Row
from axle.servicing.public import NORMAL, provided_at, provisions_at, standings_at, taken_over_moves

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


def standing_columns(
    loans: QuerySet[Any], loan_ids: Sequence[int], on: date, *, legal_entity_id: int
) -> dict[int, Row]:
    """The values of ``STANDING`` for some loans of a company."""
    standing, held = standings_at(loan_ids, on), _allowances(loans, loan_ids, on, legal_entity_id)
    found = {}
    for loan_id in loan_ids:
        at = standing.get(loan_id, NORMAL)
        found[loan_id] = {"risk_class": at.risk_class, "stage": at.stage, "allowance": held.get(loan_id)}
    return found


def _allowances(loans: QuerySet[Any], loan_ids: Sequence[int], on: date, legal_entity_id: int) -> dict[int, Fen]:
    """What was held against each loan; in stage 1 it follows from what the loan owed, which the entries tell."""
    provided = provided_at(legal_entity_id, on)
    if provided is None:
        return {}
    held = provisions_at(loan_ids, provided.on)
    others = loans.filter(pk__in=set(loan_ids) - held.keys()).order_by().values_list("pk", "loan_no", "product_code")
    rest = {loan_id: (loan_no, product) for loan_id, loan_no, product in others}
    span = {"since": provided.on + timedelta(days=1), "until": provided.on}
    moved = loan_movements(
        account_ids=principal_account_ids(legal_entity_id), loan_nos=[loan_no for loan_no, _ in rest.values()], **span
    )
    sums = taken_over_moves(list(rest), component="principal", **span)
    for loan_id, (loan_no, product) in rest.items():
        owed = Fen(moved.get(loan_no, {}).get(OPENING, 0) + sums.get(loan_id, {}).get(OPENING, 0))
        held[loan_id] = provided.in_stage_1(product, owed) if owed else Fen(0)
    return held


SECURED = (
    Col("gps_state", "enum", enum="ConditionState"),
    Col("mortgage_state", "enum", enum="ConditionState"),
)
"""What secures a loan, as it was confirmed before the money went out."""
_CONDITIONS = {"gps_installed": "gps_state", "mortgage_commitment": "mortgage_state"}


def secured_columns(contract_ids: Sequence[int]) -> dict[int, Row]:
    """The values of ``SECURED`` by contract."""
    states = conditions_of(contract_ids, tuple(_CONDITIONS))
    return {
        contract_id: {key: states.get(contract_id, {}).get(code) for code, key in _CONDITIONS.items()}
        for contract_id in contract_ids
    }


WORTH = (
    Col("vehicle_price", "money"),
    Col("vehicle_value", "money"),
    Col("loan_to_value", "rate"),
)
"""What the car cost, what it was last found to be worth, and what is owed of that."""


def worth_columns(vehicle_id: int, balance: int, values: Mapping[int, int]) -> Row:
    """The values of ``WORTH`` beside the price; without an appraisal there are none."""
    value = values.get(vehicle_id)
    return {"vehicle_value": value, "loan_to_value": share(balance, value) if value else None}


def loan_columns(loans: QuerySet[Any], loan_ids: Sequence[int], columns: Sequence[Col]) -> dict[int, dict[str, Any]]:
    """The values of columns for some loans, by the key of the loan, in one query."""
    rows = loans.filter(pk__in=loan_ids).order_by().values_list("pk", *(col.path for col in columns))
    return {pk: {col.key: value for col, value in zip(columns, values, strict=True)} for pk, *values in rows}


def numbered(rows: Sequence[Row], start: int) -> list[Row]:
    """Rows with their number in the report."""
    return [{"row_no": start + place, **row} for place, row in enumerate(rows, 1)]


NUMBER = Col("row_no", "integer")
