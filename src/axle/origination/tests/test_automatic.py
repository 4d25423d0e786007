"""What goes without people: the automatic authority, a lower amount, and the applicant's own device."""

from datetime import timedelta

import pytest

from axle.origination import permissions as may
from axle.origination.errors import DeviceNotApplicants, ReviewNotAskable
from axle.origination.models import Application, DisbursementCondition
from axle.origination.parameters import AUTOMATIC_APPROVAL_MAX
from axle.origination.services.application_device_keep import application_device_keep
from axle.origination.services.contract_create import contract_create
from axle.origination.services.disbursement_prepare import disbursement_prepare
from axle.origination.services.documents_gather import captured_of
from axle.origination.services.review_ask import review_ask
from axle.origination.services.source_facts import particulars_of
from axle.origination.tests.world import TODAY, World, capture
from axle.platform.public import business_date_set, parameter_set, system_actor
from axle.platform.testing import act, make_actor
from axle.vehicle.public import vehicle_get

pytestmark = pytest.mark.django_db


def test_what_is_beyond_the_automatic_authority_goes_to_people(world: World):
    with act(system_actor("setup")) as admin:
        parameter_set(
            actor=admin,
            code=AUTOMATIC_APPROVAL_MAX.code,
            value=9_999_999,
            effective_from=TODAY,
            legal_entity_id=None,
            note="",
        )
    application = world.submitted()
    assert (application.state, application.decision) == ("in_review", "approve")


def test_a_little_over_the_limit_is_approved_for_the_limit(world: World):
    """Grade C lends 76 % of 160,000; the contract is made on that, and the buyer pays the rest."""
    facts = world.form()["credit_facts"] | {"score": 650}
    loan = {"loan__amount": "127000.00", "loan__down_payment": "33000.00"}
    application = world.submitted(**loan, customer__monthly_debt="0.00", credit_facts=facts)
    assert (application.state, application.decision, application.amount) == ("approved", "approve", 12_700_000)
    assert application.approved_amount == 12_160_000
    with act(world.person("clerk")) as clerk:
        contract = contract_create(actor=clerk, application_id=application.pk)
    assert (contract.principal, contract.down_payment) == (12_160_000, 3_840_000)


def test_what_a_decision_demands_is_demanded_before_money_leaves(world: World):
    """Who holds no licence is approved, and the licence of whoever drives is a condition; also one that nobody
    defines is never lost."""
    application = world.submitted(customer__has_driving_licence=False)
    assert (application.state, application.conditions_asked) == ("approved", ["driver_licence"])
    application.conditions_asked = ["driver_licence", "undefined_yet"]
    application.save()
    with act(world.person("clerk")) as clerk:
        contract = contract_create(actor=clerk, application_id=application.pk)
    disbursement = disbursement_prepare(contract)
    asked = DisbursementCondition.objects.filter(disbursement=disbursement, code__in=application.conditions_asked)
    assert list(asked.values_list("code", "kind", "needs_document", "state")) == [
        ("driver_licence", "manual", True, "pending"),
        ("undefined_yet", "manual", True, "pending"),
    ]
    assert not DisbursementCondition.objects.filter(disbursement=disbursement, code="customer_called").exists()


def asked_again(world: World, application: Application, who: str = "manager") -> Application:
    """The applicant asks for people, through one of the staff."""
    with act(world.person(who)) as actor:
        review_ask(actor=actor, application_id=application.pk, reason="可补充收入证明", version=application.version)
    application.refresh_from_db()
    return application


def test_a_machines_decline_goes_to_two_people_when_the_applicant_asks(world: World):
    application = world.submitted(customer__monthly_debt="9000.00")
    assert (application.state, application.decision) == ("declined", "decline")
    asked_again(world, application)
    assert (application.state, application.review_asked_on, application.decided_on) == ("in_review", TODAY, None)
    world.review(application, "first", "first_review")
    world.review(application, "credit", "credit_review")
    world.review(application, "appraiser", "vehicle_appraisal")
    assert application.state == "in_review"
    world.review(application, "second", "second_review", action="decline", opinion="负债过高")
    assert application.state == "declined"
    with pytest.raises(ReviewNotAskable):
        asked_again(world, application)


def test_a_lower_approval_may_be_refused_and_an_old_or_full_one_may_not(world: World):
    facts = world.form()["credit_facts"] | {"score": 650}
    loan = {"loan__amount": "127000.00", "loan__down_payment": "33000.00"}
    lower = world.submitted(**loan, customer__monthly_debt="0.00", credit_facts=facts)
    asked_again(world, lower)
    assert (lower.state, lower.approved_amount, lower.approved_until) == ("in_review", None, None)
    full = world.submitted(serial=2)
    assert full.approved_periods == full.periods
    full.approved_periods = None  # as approvals were kept before
    full.save()
    declined = world.submitted(serial=3, customer__monthly_debt="9000.00")
    business_date_set(TODAY + timedelta(days=16))
    for application in (full, declined):
        with pytest.raises(ReviewNotAskable):
            asked_again(world, application)


def test_the_applicants_device_is_told_by_their_own_page_only(world: World):
    draft = world.draft()
    told = {"application_id": draft.pk, "version": None, "token": "device-0001", "ip": "203.0.113.9"}
    with pytest.raises(DeviceNotApplicants), act(world.person("manager")) as clerk:
        application_device_keep(actor=clerk, **told)
    with act(make_actor(may.APPLICATION_EDIT, kind="machine")) as partner:
        application_device_keep(actor=partner, **told)
    draft.refresh_from_db()
    car = vehicle_get(world.submitted(serial=2).vehicle_id or 0)
    capture(draft, world.form(), "vehicle_invoice", invoice_no="12345678", invoiced_on="2026-11-20")
    particulars = particulars_of(draft, car, captured_of(draft))
    assert (particulars.invoice_no, particulars.invoice_total, particulars.invoice_vin) == (
        "12345678",
        16_000_000,
        draft.vin,
    )
    assert (particulars.device_token, particulars.ip, particulars.price) == ("device-0001", "203.0.113.9", 16_500_000)
