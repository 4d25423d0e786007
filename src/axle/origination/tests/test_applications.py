"""From a draft to a decision; a refusal proves that nothing changed."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from axle.channel.errors import DealerNotActive
from axle.decisioning.public import decisions_of
from axle.documents.events import DocumentRecognised
from axle.kernel.money import Fen
from axle.origination.domain.form import ApplicationForm
from axle.origination.errors import (
    ApplicationDuplicate,
    ApplicationIncomplete,
    AppraisalMissing,
    CreditFactsNotYours,
    DealerNotYours,
    DocumentsMissing,
)
from axle.origination.events import ApplicationDecided, ApplicationSubmitted
from axle.origination.jobs import decide_waiting_applications
from axle.origination.models import Application, ApplicationRound
from axle.origination.permissions import APPLICATION_EDIT
from axle.origination.ports import CustomerStanding, loan_book_install
from axle.origination.public import application_counts
from axle.origination.services.application_save_draft import application_save_draft
from axle.origination.services.application_submit import application_submit
from axle.origination.services.application_withdraw import application_withdraw, approvals_expire
from axle.origination.tests.people import resident_id, vin
from axle.origination.tests.world import DECISION_VIEW, TODAY, DebtorBook, World, capture, make_dealer
from axle.party.errors import CustomerNameDiffers
from axle.platform.errors import InputInvalid, NotFound, StaleVersion, StateRefused
from axle.platform.public import Actor, Subject, publish
from axle.platform.testing import act, captured, make_actor, run_jobs
from axle.vehicle.public import appraisal_record
from axle.workflow.public import open_tasks

pytestmark = pytest.mark.django_db


def rows() -> tuple[Any, ...]:
    """Everything that a submission could leave behind."""
    customers, vehicles = apps.get_model("party.Customer"), apps.get_model("vehicle.Vehicle")
    return (
        list(Application.objects.order_by("pk").values_list("state", "version", "round", "customer_id", "decision")),
        ApplicationRound.objects.count(),
        customers.objects.count(),
        vehicles.objects.count(),
        apps.get_model("decisioning.DecisionRecord").objects.count(),
        apps.get_model("workflow.ProcessInstance").objects.count(),
    )


def refused(error: type[Exception], application: Application, actor: Actor, **arguments: Any) -> Any:
    """Submitting raises the error and changes nothing; gives the error."""
    before = rows()
    with pytest.raises(error) as caught, act(actor):
        application_submit(actor=actor, application_id=application.pk, **arguments)
    assert rows() == before
    return caught.value


def faults_of(error: InputInvalid) -> set[tuple[str, str]]:
    return {(".".join(found["loc"]), found["type"]) for found in error.params["errors"]}


# --- drafts ---------------------------------------------------------------------------------------------------


def test_a_draft_may_lack_anything(world):
    manager = world.person("manager")
    with act(manager):
        draft = application_save_draft(actor=manager, form=ApplicationForm())
    assert (draft.state, draft.source, draft.department_id) == ("draft", "staff", manager.department_id)
    assert draft.application_no.startswith("AP20261122")


def test_a_draft_is_changed_with_the_version_that_was_seen(world):
    manager = world.person("manager")
    draft = world.draft()
    form = ApplicationForm.model_validate(world.form(loan__amount="90000.00", loan__down_payment="70000.00"))
    with act(manager):
        changed = application_save_draft(actor=manager, form=form, application_id=draft.pk, version=1)
    assert (changed.version, changed.amount) == (2, 9_000_000)
    with pytest.raises(StaleVersion), act(manager):
        application_save_draft(actor=manager, form=ApplicationForm(), application_id=draft.pk, version=1)
    draft.refresh_from_db()
    assert draft.amount == 9_000_000


def test_a_dealer_enters_for_itself_and_no_credit_facts(world):
    clerk = world.dealer_clerk()
    with act(clerk):
        draft = application_save_draft(actor=clerk, form=ApplicationForm())
    assert (draft.source, draft.dealer_id, draft.department_id) == ("dealer", world.dealer_id, world.department_id)
    other = make_dealer(world.department_id, uscc="91330106MA2AXQ2X0X")
    with pytest.raises(DealerNotYours), act(clerk):
        application_save_draft(actor=clerk, form=ApplicationForm(dealer_id=other))
    with pytest.raises(CreditFactsNotYours), act(clerk):
        application_save_draft(actor=clerk, form=ApplicationForm.model_validate(world.form()))
    assert Application.objects.count() == 1


def test_another_dealers_draft_is_not_found(world):
    draft = world.draft(world.dealer_clerk())
    stranger = world.dealer_clerk("other", dealer_id=world.dealer_id + 1)
    refused(NotFound, draft, stranger)


# --- submission -----------------------------------------------------------------------------------------------


def test_a_clear_case_is_approved_without_people(world):
    with captured(ApplicationSubmitted, ApplicationDecided) as told:
        application = world.submitted()
    assert (application.state, application.decision) == ("approved", "approve")
    assert (application.approved_amount, application.approved_until) == (10_000_000, TODAY + timedelta(days=60))
    assert (application.process_id, application.decided_on) == (None, TODAY)
    assert (application.method, str(application.annual_rate)) == ("level_payment", "0.08990000")
    assert [type(event).__name__ for event in told] == ["ApplicationSubmitted", "ApplicationDecided"]
    (message,) = apps.get_model("messaging.Message").objects.all()
    assert application.application_no in message.content
    assert (told[1].outcome, told[1].is_automatic, told[1].approved_amount) == ("approved", True, 10_000_000)


def test_customer_card_and_car_are_kept(world):
    application = world.submitted()
    card = apps.get_model("party.BankCard").objects.get(customer_id=application.customer_id)
    assert (application.customer.name, card.is_default, application.vehicle.vin) == ("张伟", True, vin())
    assert ApplicationRound.objects.get().form["customer"]["id_no"] == resident_id()


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"customer__id_no": resident_id()[:-1] + "0"}, "customer.id_no", "resident_id_wrong"),
        ({"customer__id_no": resident_id(birthday=TODAY.replace(year=2009))}, "customer.id_no", "under_age"),
        ({"customer__phone": "12800001234"}, "customer.phone", "mobile_wrong"),
        ({"customer__card_no": "6212260000000000001"}, "customer.card_no", "bank_card_wrong"),
        ({"vehicle__vin": vin()[:8] + "ZZ" + vin()[10:]}, "vehicle.vin", "vin_wrong"),
        ({"vehicle__price": None}, "vehicle.price", "missing"),
        ({"customer__monthly_income": "0.00"}, "customer.monthly_income", "not_positive"),
        ({"loan__down_payment": "50000.00"}, "loan.down_payment", "amounts_do_not_add_up"),
        ({"customer__region_code": "33"}, "customer.region_code", "region_code_wrong"),
        ({"customer__contacts": [{"name": "李娜", "relation": "spouse"}]}, "customer.contacts.0", "contact_incomplete"),
        (
            {"customer__contacts": [{"name": "李娜", "relation": "spouse", "phone": "13800000001"}]},
            "customer.contacts.0.phone",
            "contact_is_applicant",
        ),
        ({"vehicle__kind": "used"}, "vehicle.mileage_km", "missing"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(world, changes, path, code):
    draft = world.draft(**changes)
    error = refused(ApplicationIncomplete, draft, world.person("manager"))
    assert (path, code) in faults_of(error)


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"loan__amount": "144000.00", "loan__down_payment": "16000.00"}, "loan.amount", "amount_over_ltv"),
        ({"loan__amount": "9000.00", "loan__down_payment": "151000.00"}, "loan.amount", "amount_below_minimum"),
        ({"loan__periods": 37}, "loan.periods", "term_not_offered"),
        ({"loan__annual_rate": "0.30"}, "loan.annual_rate", "rate_not_offered"),
        ({"loan__annual_rate": "0.30"}, "loan.annual_rate", "cost_above_cap"),
        ({"loan__amount": "600000.00", "vehicle__price": "660000.00"}, "loan.amount", "amount_above_maximum"),
        (
            {"loan__amount": "140000.00", "loan__down_payment": "20000.00"},
            "loan.down_payment",
            "down_payment_too_small",
        ),
    ],
)
def test_what_the_product_does_not_offer_is_refused(world, changes, path, code):
    draft = world.draft(**changes)
    error = refused(InputInvalid, draft, world.person("manager"))
    assert (path, code) in faults_of(error)


def test_a_stale_version_and_a_double_submit_are_refused(world):
    draft = world.draft()
    refused(StaleVersion, draft, world.person("manager"), version=9)
    with act(world.person("manager")) as manager:
        application_submit(actor=manager, application_id=draft.pk, version=1)
    refused(StateRefused, draft, world.person("manager"))


@pytest.mark.parametrize("same", ["id", "car"])
def test_an_open_application_of_the_same_person_or_car_is_a_duplicate(world, same):
    first = world.submitted()
    changes = {"customer__id_no": resident_id()} if same == "id" else {"vehicle__vin": vin()}
    second = world.draft(serial=2, **changes)
    error = refused(ApplicationDuplicate, second, world.person("manager"))
    assert error.params["application_no"] == first.application_no
    assert error.field == ("customer.id_no" if same == "id" else "vehicle.vin")


def test_an_ended_application_is_no_duplicate_but_the_strategy_knows_it(world):
    manager = world.person("manager")
    first = world.submitted()
    with act(manager):
        application_withdraw(actor=manager, application_id=first.pk, reason="换车", version=None)
    again = world.submitted()
    (decision,) = decisions_of(make_actor(DECISION_VIEW), Subject("application", again.pk))
    assert (again.state, again.decision) == ("in_review", "refer")
    assert [reason.code for reason in decision.reasons] == ["F09"]


def test_missing_documents_are_listed(world):
    manager = world.person("manager")
    with act(manager):
        draft = application_save_draft(actor=manager, form=ApplicationForm.model_validate(world.form()))
    error = refused(DocumentsMissing, draft, manager)
    assert error.params["kinds"] == ["id_front", "id_back", "driver_licence"]


def test_an_inactive_dealer_cannot_submit(world):
    pending = make_dealer(world.department_id, uscc="91330106MA2AXQ2X0X", is_active=False)
    draft = world.draft(dealer_id=pending)
    refused(DealerNotActive, draft, world.person("manager"))


def test_a_customer_of_another_name_is_refused_on_the_form(world):
    world.submitted()
    Application.objects.update(state="withdrawn")
    second = world.draft(serial=2, customer__id_no=resident_id(), customer__name="李四")
    error = refused(CustomerNameDiffers, second, world.person("manager"))
    assert error.field == "customer.name"


# --- decision -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "state", "decision"),
    [
        ({"credit_facts": None}, "in_review", "refer"),
        ({"loan__amount": "110000.00", "loan__down_payment": "50000.00"}, "approved", "approve"),
        ({"customer__id_valid_until": "2027-02-19"}, "in_review", "refer"),
        ({"customer__id_valid_until": "2027-02-20"}, "approved", "approve"),
        ({"credit_facts": {"judicial_status": "dishonest"}}, "declined", "decline"),
        ({"customer__monthly_debt": "14000.00"}, "declined", "decline"),
        ({"customer__employment_kind": "unemployed"}, "declined", "decline"),
        ({"customer__region_code": "540100"}, "approved", "approve"),
    ],
)
def test_the_strategy_decides_the_way(world, changes, state, decision):
    if "judicial_status" in (changes.get("credit_facts") or {}):
        changes = {"credit_facts": world.form()["credit_facts"] | changes["credit_facts"]}
    application = world.submitted(**changes)
    assert (application.state, application.decision) == (state, decision)


def test_a_missing_answer_never_approves(world):
    facts = world.form()["credit_facts"] | {"judicial_status": None}
    application = world.submitted(credit_facts=facts)
    assert (application.state, application.decision) == ("in_review", "refer")


def test_a_debtor_of_ours_is_declined(world):
    loan_book_install(DebtorBook(CustomerStanding(exposure=Fen(5_000_000), overdue_days=45)))
    assert world.submitted().state == "declined"


@pytest.mark.parametrize(
    ("part", "field", "kind", "watch_list", "state", "code", "role"),
    [
        ("customer", "id_no", "id_no", "black", "declined", "K06", "debtor"),
        ("vehicle", "vin", "vin", "black", "declined", "K06", "vehicle"),
        ("customer", "employer", "company", "grey", "in_review", "F08", "employer"),
    ],
)
def test_who_is_on_a_list_is_declined_or_looked_at(world, part, field, kind, watch_list, state, code, role):
    entries, matches = (apps.get_model(f"party.{name}") for name in ("WatchEntry", "WatchMatch"))
    value = world.form()[part][field]
    entries.objects.create(entry_no="WL1", watch_list=watch_list, subject_kind=kind, value=value, listed_on=TODAY)
    application = world.submitted()
    (decision,) = decisions_of(make_actor(DECISION_VIEW), Subject("application", application.pk))
    assert application.state == state
    assert code in [reason.code for reason in decision.reasons]
    found = matches.objects.values_list("ref_type", "ref_id", "ref_no", "role", "watch_list")
    assert list(found) == [("application", application.pk, application.application_no, role, watch_list)]


def test_a_difference_between_document_and_form_goes_to_people(world):
    draft = world.draft()
    capture(draft, world.form(), "id_front", id_no=resident_id(7))
    with act(world.person("manager")) as manager:
        application_submit(actor=manager, application_id=draft.pk)
    draft.refresh_from_db()
    (decision,) = decisions_of(make_actor(DECISION_VIEW), Subject("application", draft.pk))
    assert (draft.state, [reason.code for reason in decision.reasons]) == ("in_review", ["F18"])


def test_unread_documents_hold_the_decision_until_the_last_is_read(world):
    draft = world.draft()
    capture(draft, world.form(), "id_back", state="queued")
    with act(world.person("manager")) as manager:
        application_submit(actor=manager, application_id=draft.pk)
    draft.refresh_from_db()
    assert (draft.state, draft.decision) == ("submitted", "none")
    apps.get_model("documents.CapturedDocument").objects.update(state="recognised")
    with act(manager):
        publish(DocumentRecognised(document_id=1, subject=Subject("application", draft.pk), kind="id_back"))
    run_jobs()
    draft.refresh_from_db()
    assert draft.state == "approved"


def test_a_decision_does_not_wait_for_ever(world):
    draft = world.draft()
    capture(draft, world.form(), "id_back", state="queued")
    with act(world.person("manager")) as manager:
        application_submit(actor=manager, application_id=draft.pk)
    decide_waiting_applications()
    assert "decide_application" not in run_jobs()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        decide_waiting_applications()
        assert run_jobs() == ["decide_application"]
    draft.refresh_from_db()
    assert (draft.state, draft.decision) == ("in_review", "refer")


# --- review ---------------------------------------------------------------------------------------------------


def referred(world: World, **changes: Any) -> Application:
    """An application that people review."""
    return world.submitted(credit_facts=None, **changes)


def waiting(application: Application) -> set[str]:
    return {task.node for task in open_tasks(Subject("application", application.pk))}


def test_reviewers_approve_a_referred_case(world):
    application = referred(world)
    assert waiting(application) == {"first_review"}
    world.review(application, "first", "first_review")
    assert waiting(application) == {"credit_review", "vehicle_appraisal"}
    world.review(application, "appraiser", "vehicle_appraisal")
    world.review(application, "credit", "credit_review")
    assert (application.state, application.approved_amount) == ("approved", 10_000_000)


def test_a_large_amount_takes_a_second_review(world):
    application = referred(world, **large())
    for who, node in (("first", "first_review"), ("credit", "credit_review"), ("appraiser", "vehicle_appraisal")):
        world.review(application, who, node)
    assert (waiting(application), application.state) == ({"second_review"}, "in_review")
    world.review(application, "second", "second_review")
    assert application.state == "approved"


def test_a_decline_by_a_reviewer_ends_it(world):
    application = referred(world)
    world.review(application, "first", "first_review")
    with captured(ApplicationDecided) as told:
        world.review(application, "credit", "credit_review", "decline", opinion="收入不实")
    assert (application.state, waiting(application)) == ("declined", set())
    assert (told[0].outcome, told[0].is_automatic) == ("declined", False)


def test_asking_for_documents_waits_for_them_and_comes_back(world):
    manager = world.person("manager")
    application = referred(world)
    world.review(application, "first", "first_review", "ask_for_documents", documents=["bank_statement"])
    assert (application.state, application.documents_asked) == ("returned", ["bank_statement"])
    error = refused(DocumentsMissing, application, manager)
    assert error.params["kinds"] == ["bank_statement"]
    capture(application, world.form(), "bank_statement", state="filed")
    with act(manager):
        application_submit(actor=manager, application_id=application.pk)
    application.refresh_from_db()
    assert (application.state, application.round, application.documents_asked) == ("in_review", 2, [])
    (task,) = open_tasks(Subject("application", application.pk))
    assert (task.node, task.assignee_name) == ("first_review", "first")


def test_a_returned_application_may_change_and_is_decided_again(world):
    manager = world.person("manager")
    application = referred(world)
    world.review(application, "first", "first_review", "return", opinion="金额偏高")
    form = ApplicationForm.model_validate(
        world.form(loan__amount="80000.00", loan__down_payment="80000.00", credit_facts=None)
    )
    with act(manager):
        application_save_draft(actor=manager, form=form, application_id=application.pk)
        application_submit(actor=manager, application_id=application.pk)
    application.refresh_from_db()
    process = apps.get_model("workflow.ProcessInstance").objects.get()
    assert (application.state, application.amount, process.data["financed_amount"]) == (
        "in_review",
        8_000_000,
        8_000_000,
    )
    assert len(decisions_of(make_actor(DECISION_VIEW), Subject("application", application.pk))) == 2
    for who, node in (("first", "first_review"), ("credit", "credit_review"), ("appraiser", "vehicle_appraisal")):
        world.review(application, who, node)
    assert (application.state, application.approved_amount) == ("approved", 8_000_000)


def test_a_knock_out_on_resubmission_ends_the_review(world):
    manager = world.person("manager")
    application = referred(world)
    world.review(application, "first", "first_review", "return")
    form = ApplicationForm.model_validate(world.form(customer__employment_kind="unemployed"))
    with act(manager):
        application_save_draft(actor=manager, form=form, application_id=application.pk)
        application_submit(actor=manager, application_id=application.pk)
    application.refresh_from_db()
    assert (application.state, waiting(application)) == ("declined", set())
    assert apps.get_model("workflow.ProcessInstance").objects.get().state == "cancelled"


def test_an_approval_on_resubmission_still_goes_to_the_reviewer(world):
    manager = world.person("manager")
    application = referred(world)
    world.review(application, "first", "first_review", "return")
    with act(manager):
        application_save_draft(
            actor=manager, form=ApplicationForm.model_validate(world.form()), application_id=application.pk
        )
        application_submit(actor=manager, application_id=application.pk)
    application.refresh_from_db()
    assert (application.state, application.decision, waiting(application)) == ("in_review", "approve", {"first_review"})


def test_a_used_car_needs_an_appraisal_before_the_appraiser_approves(world):
    application = world.submitted(**used(world))
    world.review(application, "first", "first_review")
    with pytest.raises(AppraisalMissing):
        world.review(application, "appraiser", "vehicle_appraisal")
    application.refresh_from_db()
    with act(world.person("appraiser")) as appraiser:
        appraisal_record(
            actor=appraiser, vehicle_id=application.vehicle_id, value=Fen(15_000_000), condition="B", note="车况良好"
        )
    world.review(application, "appraiser", "vehicle_appraisal")
    assert waiting(application) == {"credit_review"}


def test_withdrawing_stops_the_review(world):
    manager = world.person("manager")
    application = referred(world)
    with act(manager):
        application_withdraw(actor=manager, application_id=application.pk, reason="客户不办了", version=None)
    application.refresh_from_db()
    assert (application.state, waiting(application)) == ("withdrawn", set())


def test_a_reviewer_may_not_edit(world):
    application = referred(world)
    refused(NotFound, application, world.person("first"))
    assert not world.person("first").may(APPLICATION_EDIT)


def test_approvals_lapse_after_their_last_day(world):
    application = world.submitted()
    assert approvals_expire(TODAY + timedelta(days=60), 0, 1) == 0
    assert approvals_expire(TODAY + timedelta(days=61), 0, 1) == 1
    assert approvals_expire(TODAY + timedelta(days=61), 0, 1) == 0
    application.refresh_from_db()
    assert application.state == "expired"


def large() -> dict[str, Any]:
    """A loan from the amount on where a second review is due."""
    apps.get_model("vehicle.Trim").objects.update(guide_price=30_000_000)
    return {"vehicle__price": "300000.00", "loan__amount": "200000.00", "loan__down_payment": "100000.00"}


def used(world: World) -> dict[str, Any]:
    """A three-year-old car."""
    return {
        "vehicle__kind": "used",
        "vehicle__first_registered_on": "2023-11-22",
        "vehicle__mileage_km": 60_000,
        "vehicle__plate_no": "浙A12345",
        "loan__product_version_id": world.products["USED-CAR"],
    }


def test_applications_are_counted_by_the_day_they_were_submitted(world: World):
    with time_machine.travel("2026-11-10T09:00:00+08:00", tick=False):
        world.draft()
        world.submitted(serial=2)
    viewer = world.person("first")
    assert application_counts(viewer, since=date(2026, 11, 10)) == {"approved": 1}
    assert application_counts(viewer, since=date(2026, 11, 11)) == {}
