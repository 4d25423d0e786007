"""Conditions, registration, review, and what the bank answers."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from axle.channel.public import DealerState, dealer_account_change, dealer_move
from axle.origination import checks
from axle.origination.errors import (
    ConditionNeedsDocument,
    ConditionNotManual,
    ConditionsNotMet,
    PayeeAccountChanged,
    PayeeAccountMismatch,
)
from axle.origination.models import Application, Contract, Disbursement
from axle.origination.services.conditions_settle import condition_confirm, disbursement_check
from axle.origination.services.disbursement_register import (
    disbursement_approve,
    disbursement_register,
    disbursement_reject,
)
from axle.origination.tests import papers
from axle.origination.tests.world import DEALER_ACCOUNT, capture
from axle.payments.events import PayoutFailed, PayoutSucceeded
from axle.payments.public import payouts_of
from axle.platform.errors import MakerMayNotCheck, NotFound, StateRefused
from axle.platform.public import Subject, actor_of, publish, system_actor
from axle.platform.testing import act, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signing", "bank")]
TAIL = DEALER_ACCOUNT[-4:]


def rows() -> tuple[Any, ...]:
    """Everything that an act on a disbursement could change."""
    return (
        list(Disbursement.objects.order_by("pk").values_list("state", "version", "maker_id", "checker_id", "attempt")),
        list(Contract.objects.order_by("pk").values_list("state", "version")),
        list(Application.objects.order_by("pk").values_list("state", "version")),
        apps.get_model("payments.PaymentOrder").objects.count(),
    )


def refused(error: type[Exception], operation: Any, **arguments: Any) -> Any:
    before = rows()
    with pytest.raises(error) as caught, act(arguments["actor"]):
        operation(**arguments)
    assert rows() == before
    return caught.value


def answered(disbursement: Disbursement, *, is_paid: bool) -> None:
    """The bank's final word on the last order."""
    order = payouts_of(Subject("disbursement", disbursement.pk))[-1]
    common = {"order_no": order.order_no, "request_no": order.request_no, "ref": order.ref}
    with act(system_actor()):
        if is_paid:
            publish(
                PayoutSucceeded(
                    **common, amount=order.amount, value_on=date(2026, 11, 23), bank_serial="S1",
                    bank_account_id=order.bank_account_id,
                )
            )  # fmt: skip
        else:
            publish(PayoutFailed(**common, code="name_mismatch", message="收款人户名不符"))
    disbursement.refresh_from_db()


def state_of(disbursement: Disbursement, code: str) -> tuple[str, str]:
    condition = disbursement.conditions.get(code=code)
    return condition.state, condition.finding


# --- conditions -----------------------------------------------------------------------------------------------


def test_automatic_conditions_say_what_they_found(world):
    disbursement = papers.signed(world)
    with act(world.person("cashier")) as cashier:
        disbursement_check(actor=cashier, disbursement_id=disbursement.pk)
    assert state_of(disbursement, "contract_signed") == ("satisfied", "contract_intact")
    assert state_of(disbursement, "approval_valid") == ("satisfied", "approval_stands")
    assert state_of(disbursement, "invoice_matches") == ("failed", "invoice_missing")
    assert state_of(disbursement, "repayment_card") == ("satisfied", "card_bound")
    assert state_of(disbursement, "down_payment_proof") == ("pending", "")


@pytest.mark.parametrize(
    ("read", "finding"),
    [
        ({}, ("satisfied", "invoice_agrees")),
        ({"vin": "LSVAA4BR0P0000009"}, ("failed", "invoice_vin_differs")),
        ({"price_fen": 15_000_000}, ("failed", "invoice_price_differs")),
    ],
)
def test_the_invoice_must_show_this_car_and_price(world, read, finding):
    disbursement = papers.signed(world)
    application = disbursement.contract.application
    capture(application, application.form, "vehicle_invoice", **read)
    with act(world.person("cashier")) as cashier:
        disbursement_check(actor=cashier, disbursement_id=disbursement.pk)
    assert state_of(disbursement, "invoice_matches") == finding


def test_a_tampered_contract_fails_its_condition(world):
    disbursement = papers.signed(world)
    Contract.objects.update(signed_sha256="0" * 64)
    with act(world.person("cashier")) as cashier:
        disbursement_check(actor=cashier, disbursement_id=disbursement.pk)
    assert state_of(disbursement, "contract_signed") == ("failed", "contract_changed")


def test_manual_conditions_need_a_person_and_their_document(world):
    disbursement = papers.signed(world)
    cashier = world.person("cashier")
    said = {"actor": cashier, "disbursement_id": disbursement.pk, "is_met": True, "note": "", "file_id": None}
    refused(ConditionNeedsDocument, condition_confirm, code="down_payment_proof", **said)
    refused(ConditionNotManual, condition_confirm, code="contract_signed", **said)
    refused(NotFound, condition_confirm, code="unheard_of", **said)
    refused(NotFound, condition_confirm, code="fees_received", **(said | {"actor": world.person("checker")}))
    with act(cashier):
        condition_confirm(code="fees_received", **said)
    condition = disbursement.conditions.get(code="fees_received")
    assert (condition.state, condition.settled_by_name) == ("satisfied", "cashier")


def test_nothing_is_registered_while_a_condition_is_open(world):
    disbursement = papers.signed(world)
    error = refused(
        ConditionsNotMet, disbursement_register, actor=world.person("cashier"), disbursement_id=disbursement.pk
    )
    assert {"invoice_matches", "down_payment_proof", "gps_installed"} <= set(error.params["codes"])


# --- registration and review ----------------------------------------------------------------------------------


def test_registration_names_the_dealers_account(world):
    disbursement = papers.registered(world)
    assert (disbursement.state, disbursement.payee_account, disbursement.maker_name) == (
        "registered",
        DEALER_ACCOUNT,
        "cashier",
    )


def test_the_maker_cannot_review(world):
    disbursement = papers.registered(world)
    both = actor_of(make_user("both", permissions=["origination.disbursement.review"]))
    Disbursement.objects.update(maker_id=both.user_id)
    refused(MakerMayNotCheck, disbursement_approve, actor=both, disbursement_id=disbursement.pk, account_tail=TAIL)
    refused(MakerMayNotCheck, disbursement_reject, actor=both, disbursement_id=disbursement.pk, opinion="x")


def test_the_database_refuses_one_person_in_both_roles(world):
    disbursement = papers.registered(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disbursement.objects.filter(pk=disbursement.pk).update(checker_id=disbursement.maker_id)


@pytest.mark.parametrize("tail", ["0000", TAIL[:3], ""])
def test_the_checker_keys_the_account_anew(world, tail):
    disbursement = papers.registered(world)
    refused(
        PayeeAccountMismatch,
        disbursement_approve,
        actor=world.person("checker"),
        disbursement_id=disbursement.pk,
        account_tail=tail,
    )


def test_an_account_changed_after_registration_is_not_paid(world):
    disbursement = papers.registered(world)
    with act(system_actor()) as admin:
        dealer_account_change(
            actor=admin, dealer_id=world.dealer_id, name="x", bank="x", account_no="9999999999999" + TAIL
        )
    refused(
        PayeeAccountChanged,
        disbursement_approve,
        actor=world.person("checker"),
        disbursement_id=disbursement.pk,
        account_tail=TAIL,
    )


def test_conditions_are_checked_again_at_review(world):
    disbursement = papers.registered(world)
    with act(system_actor()) as admin:
        dealer_move(actor=admin, dealer_id=world.dealer_id, to=DealerState.SUSPENDED, reason="风险")
    error = refused(
        ConditionsNotMet,
        disbursement_approve,
        actor=world.person("checker"),
        disbursement_id=disbursement.pk,
        account_tail=TAIL,
    )
    assert error.params["codes"] == ["dealer_active"]


def test_a_rejection_goes_back_to_the_maker(world):
    disbursement = papers.registered(world)
    with act(world.person("checker")) as checker:
        disbursement_reject(actor=checker, disbursement_id=disbursement.pk, opinion="凭证不清")
    disbursement.refresh_from_db()
    assert (disbursement.state, disbursement.review_opinion) == ("preparing", "凭证不清")
    assert papers.registered(world, disbursement).state == "registered"


def test_approval_orders_one_payment(world):
    disbursement = papers.approved(world)
    (order,) = payouts_of(Subject("disbursement", disbursement.pk))
    assert (disbursement.state, order.amount, order.request_no) == (
        "paying",
        10_000_000,
        f"{disbursement.disbursement_no}-1",
    )
    refused(
        StateRefused,
        disbursement_approve,
        actor=world.person("checker"),
        disbursement_id=disbursement.pk,
        account_tail=TAIL,
    )


# --- the bank's answer ----------------------------------------------------------------------------------------


def test_success_begins_the_loan_on_the_value_date(world, disbursed):
    disbursement = papers.approved(world)
    answered(disbursement, is_paid=True)
    contract = Contract.objects.get()
    assert (disbursement.state, disbursement.value_on, contract.state) == ("paid", date(2026, 11, 23), "in_force")
    assert contract.application.state == "disbursed"
    (loan,) = disbursed
    assert (loan.contract_no, loan.principal, loan.value_on) == (contract.contract_no, 10_000_000, date(2026, 11, 23))
    assert loan.terms["terms"]["annual_rate"] == "0.0899"
    assert loan.payout_no == disbursement.payout_no
    assert checks.origination_states_agree() == []
    assert checks.origination_pays_what_was_approved() == []


def test_a_second_success_changes_nothing(world, disbursed):
    disbursement = papers.approved(world)
    answered(disbursement, is_paid=True)
    before = rows()
    with pytest.raises(StateRefused):
        answered(disbursement, is_paid=True)
    assert (rows(), len(disbursed)) == (before, 1)


def test_a_failure_waits_for_another_review_with_the_banks_reason(world, disbursed):
    disbursement = papers.approved(world)
    answered(disbursement, is_paid=False)
    assert (disbursement.state, disbursement.failure_message) == ("registered", "收款人户名不符")
    assert papers.approved(world, disbursement).attempt == 2
    assert [order.request_no for order in payouts_of(Subject("disbursement", disbursement.pk))] == [
        f"{disbursement.disbursement_no}-1",
        f"{disbursement.disbursement_no}-2",
    ]
    answered(disbursement, is_paid=True)
    assert (disbursement.state, len(disbursed)) == ("paid", 1)


def test_the_invariant_sees_a_contract_in_force_without_payment(world):
    contract = papers.signed(world).contract
    Contract.objects.filter(pk=contract.pk).update(state="in_force")
    assert checks.origination_states_agree() == [
        f"contract {contract.contract_no}: in force, application is not disbursed",
        f"contract {contract.contract_no}: in force without a paid disbursement",
    ]


def test_the_invariant_sees_a_contract_above_its_approval_and_another_payment(world):
    disbursement = papers.registered(world)
    contract = disbursement.contract
    Contract.objects.filter(pk=contract.pk).update(principal=contract.application.approved_amount + 1)
    assert checks.origination_pays_what_was_approved() == [
        f"contract {contract.contract_no}: above its approval",
        f"disbursement {disbursement.disbursement_no}: differs from its contract",
    ]
