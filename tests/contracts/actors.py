"""Who sends drawn requests, and the keys of rows that they find."""

from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.apps import apps
from django.test import Client
from django.test.client import ClientHandler

from axle.config.demo.accounts import CUSTOMER_GRANTS
from axle.config.demo.institution import Place
from axle.platform.models import User
from axle.platform.public import PERMISSIONS
from axle.platform.testing import ApiClient, client_for, make_user

_NEWEST = {
    "application_id": ("origination.Application", "pk"),
    "contract_id": ("origination.Contract", "pk"),
    "contract_no": ("origination.Contract", "contract_no"),
    "customer_id": ("party.Customer", "pk"),
    "bank_card_id": ("party.BankCard", "pk"),
    "vehicle_id": ("vehicle.Vehicle", "pk"),
    "trim_id": ("vehicle.Trim", "pk"),
    "loan_no": ("servicing.Loan", "loan_no"),
    "receipt_no": ("servicing.Receipt", "receipt_no"),
    "change_no": ("servicing.LoanChange", "change_no"),
    "refund_no": ("servicing.Refund", "refund_no"),
    "release_no": ("servicing.LienRelease", "release_no"),
    "order_no": ("payments.PaymentOrder", "order_no"),
    "task_id": ("workflow.HumanTask", "pk"),
    "process_id": ("workflow.ProcessInstance", "pk"),
    "definition_id": ("workflow.ProcessDefinition", "pk"),
    "strategy_version_id": ("decisioning.StrategyVersion", "pk"),
    "policy_calibration_id": ("decisioning.PolicyCalibration", "pk"),
    "calibration_id": ("decisioning.PolicyCalibration", "pk"),
    "rule_id": ("accounting.PostingRule", "pk"),
    "entry_no": ("ledger.JournalEntry", "entry_no"),
    "user_id": ("platform.User", "pk"),
    "employee_id": ("platform.Employee", "pk"),
    "operation_id": ("platform.OperationLog", "pk"),
}
"""The column behind each key that requests name; the newest row's value is sent."""


_HANDLER = ClientHandler(enforce_csrf_checks=False)
"""The application, its middleware loaded once."""


@dataclass(frozen=True)
class Sender:
    """Somebody with an open session."""

    name: str
    cookies: str

    def client(self) -> Client:
        """A client of their own for one request, so that nothing is carried over."""
        client = Client(raise_request_exception=False)
        client.handler = _HANDLER
        client.cookies = SimpleCookie(self.cookies)
        return client


def senders(loan: Any) -> list[Sender]:
    """Somebody who may do everything everywhere, a dealer's clerk, a borrower."""
    everything = client_for(make_user("everything", permissions=PERMISSIONS))
    dealer = client_for(User.objects.get(username="dealer"))
    return [_sender("everything", everything), _sender("dealer", dealer), _sender("borrower", _borrower(loan))]


def known_keys(place: Place) -> dict[str, Any]:
    """Keys of rows that are there."""
    newest = {name: _newest(*column) for name, column in _NEWEST.items()}
    return {name: value for name, value in newest.items() if value is not None} | {
        "legal_entity_id": place.entity_id,
        "dealer_id": place.dealers[0][0],
        "department_id": place.departments["华东区"],
        "product_version_id": place.products["NEW-CAR"][0],
        "version_id": place.products["NEW-CAR"][0],
        "bank_account_id": place.bank_account_id,
    }


def _newest(model: str, column: str) -> Any:
    return apps.get_model(model).objects.order_by("-pk").values_list(column, flat=True).first()


def _borrower(loan: Any) -> ApiClient:
    client = client_for()
    session = client.raw.session
    granted = [name for name, _scope in CUSTOMER_GRANTS]
    session["customer"] = {"customer_id": loan.customer_id, "name": "借款人", "permissions": granted}
    session.save()
    return client


def _sender(name: str, client: ApiClient) -> Sender:
    return Sender(name, "; ".join(f"{key}={morsel.value}" for key, morsel in client.raw.cookies.items()))
