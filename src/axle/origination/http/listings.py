"""Lists of applications, contracts, disbursements and conditions."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, QuerySet

from axle.origination import permissions as may
from axle.origination import selectors
from axle.origination.domain.lifecycle import ApplicationState, ContractState, DisbursementState
from axle.origination.domain.possible import CONTRACT_COMMANDS
from axle.origination.http.base import api
from axle.origination.models import ConditionDefinition
from axle.origination.models.applications import DECISIONS, SOURCES
from axle.origination.models.disbursements import CONDITION_CASES, CONDITION_KINDS
from axle.platform.fields import blind_index
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, current_locale


def _is_possible(command: str, row: Mapping[str, Any]) -> bool:
    return command in CONTRACT_COMMANDS.get(row["state"], ())


_ABOUT = ("customer_id", "dealer_id", "vehicle_id")

api.listing(
    Listing(
        name="applications",
        is_growing=True,
        permission=may.APPLICATION_VIEW,
        queryset=selectors.applications_visible,
        columns=[
            Col("application_no"),
            Col("applicant_name", is_sortable=False),
            Col("vehicle_title", is_sortable=False),
            Col("vin", is_hidden=True),
            Col("amount", "money"),
            Col("periods", "integer"),
            Col("state", "enum", enum="ApplicationState", choices=list(ApplicationState)),
            Col("decision", "enum", enum="DecisionOutcome", choices=DECISIONS),
            Col("score", "integer", is_hidden=True),
            Col("intake_source", "enum", source="source", enum="ApplicationSource", choices=SOURCES),
            Col("dealer_name", source="dealer__name", is_sortable=False),
            Col("department_name", source="department__name", is_sortable=False),
            Col("created_by_name"),
            Col("created_at", "datetime"),
            Col("submitted_at", "datetime"),
            Col("decided_at", "datetime", is_hidden=True),
            Col("customer_id", "integer", is_hidden=True),
            Col("dealer_id", "integer", is_hidden=True),
            Col("vehicle_id", "integer", is_hidden=True),
            Col("version", "integer", is_hidden=True),
        ],
        search=["application_no", "applicant_name", "vin"],
        search_index={"id_no_index": blind_index, "phone_index": blind_index},
        tabs="state",
        filters=["state", "decision", "intake_source", "amount", "created_at", "submitted_at", *_ABOUT],
        totals=["amount"],
        default_sort="-created_at",
        row_link="/intake/applications/{id}",
        toolbar=["application_save_draft"],
    )
)
api.listing(
    Listing(
        name="contracts",
        is_growing=True,
        permission=may.CONTRACT_VIEW,
        queryset=selectors.contracts_visible,
        columns=[
            Col("contract_no"),
            Col("application_no", source="application__application_no", is_sortable=False),
            Col("applicant_name", source="application__applicant_name", is_sortable=False),
            Col("vehicle_title", source="application__vehicle_title", is_sortable=False),
            Col("vin", is_hidden=True),
            Col("product_name", source="product_version__product__name_{lang}", is_sortable=False),
            Col("principal", "money"),
            Col("annual_rate", "rate"),
            Col("periods", "integer"),
            Col("state", "enum", enum="ContractState", choices=list(ContractState)),
            Col("dealer_name", source="dealer__name", is_sortable=False),
            Col("created_at", "datetime"),
            Col("signed_at", "datetime"),
            Col("customer_id", "integer", is_hidden=True),
            Col("dealer_id", "integer", is_hidden=True),
            Col("vehicle_id", "integer", is_hidden=True),
            Col("version", "integer", is_hidden=True),
        ],
        search=["contract_no", "vin", "application__applicant_name"],
        tabs="state",
        filters=["state", "principal", "created_at", "signed_at", *_ABOUT],
        totals=["principal"],
        default_sort="-created_at",
        row_link="/contract/contracts/{id}",
        row_actions=["contract_send_for_signing", "contract_void"],
        row_rules={
            "contract_send_for_signing": lambda row: _is_possible("contract_send_for_signing", row),
            "contract_void": lambda row: _is_possible("contract_void", row),
        },
    )
)
api.listing(
    Listing(
        name="disbursements",
        is_growing=True,
        permission=may.DISBURSEMENT_VIEW,
        queryset=selectors.disbursements_visible,
        columns=[
            Col("disbursement_no"),
            Col("contract_no", source="contract__contract_no", is_sortable=False),
            Col("applicant_name", source="contract__application__applicant_name", is_sortable=False),
            Col("vin"),
            Col("amount", "money"),
            Col("state", "enum", source="state", enum="DisbursementState", choices=list(DisbursementState)),
            Col("payee_name"),
            Col("payee_account", "masked", mask="card", is_hidden=True),
            Col("maker_name"),
            Col("checker_name"),
            Col("failure_message", is_sortable=False),
            Col("value_on", "date"),
            Col("created_at", "datetime"),
            Col("paid_at", "datetime"),
            Col("version", "integer", is_hidden=True),
        ],
        search=[
            "disbursement_no",
            "vin",
            "payout_no",
            "contract__contract_no",
            "contract__application__applicant_name",
        ],
        tabs="state",
        filters=["state", "amount", "value_on", "created_at"],
        totals=["amount"],
        default_sort="-created_at",
        row_link="/disbursement/disbursements/{id}",
    )
)


def _conditions(actor: Actor) -> QuerySet[Any]:
    title = "title_en" if current_locale.get() == "en-US" else "title"
    return ConditionDefinition.objects.annotate(condition_title=F(title))


api.listing(
    Listing(
        name="conditions",
        permission=may.DISBURSEMENT_VIEW,
        queryset=_conditions,
        columns=[
            Col("position_no", "integer", source="position"),
            Col("code"),
            Col("condition_title", is_sortable=False),
            Col("condition_kind", "enum", source="kind", enum="ConditionKind", choices=CONDITION_KINDS),
            Col("needs_document", "bool"),
            Col("applies_to", "enum", enum="ConditionVehicle", choices=CONDITION_CASES),
            Col("is_active", "bool"),
        ],
        filters=["condition_kind", "is_active"],
        default_sort="position",
        toolbar=["condition_define"],
        row_actions=["condition_define"],
    )
)
