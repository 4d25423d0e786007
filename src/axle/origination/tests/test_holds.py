"""Approvals that would not stand any more: found when policy tightens or a ring shows, held, settled by a person."""

from datetime import timedelta
from typing import Any

import pytest

from axle.decisioning.models import CalibrationKind
from axle.decisioning.public import Reason
from axle.decisioning.services.calibration_activate import calibration_activate
from axle.decisioning.services.calibration_draft import Change, calibration_draft
from axle.decisioning.services.calibration_preview import calibration_preview, calibration_preview_begin
from axle.kernel.money import Fen
from axle.origination import permissions as may
from axle.origination.checks import origination_holds_end_with_their_case
from axle.origination.domain.holds import Answer, Fallen, HoldCause, fallen
from axle.origination.errors import (
    ConditionsNotMet,
    ContractStands,
    HoldAmountNotLower,
    HoldNotOpen,
    HoldOnlyWarns,
    OfferHeld,
    ReviewNotAskable,
)
from axle.origination.models import Application, OfferHold
from axle.origination.services.application_withdraw import application_withdraw, approvals_expire
from axle.origination.services.contract_create import contract_create
from axle.origination.services.contract_void import contract_void
from axle.origination.services.disbursement_settle import disbursement_succeed
from axle.origination.services.offer_hold_open import offer_hold_open, ring_fallen
from axle.origination.services.offer_hold_settle import offer_hold_confirm, offer_hold_lower, offer_hold_withdraw
from axle.origination.services.offers_look_again import offers_look_again
from axle.origination.services.review_ask import review_ask
from axle.origination.tests import papers
from axle.origination.tests.people import vin
from axle.origination.tests.world import TODAY, World
from axle.platform.public import actor_of, system_actor
from axle.platform.testing import act, client_for, make_user, run_jobs

GOOD = Answer("approve", {}, {"limit_amount_fen": 100})
ASKED = {"amount": Fen(80), "periods": 36}


@pytest.mark.parametrize(
    ("then", "now", "why"),
    [
        (GOOD, GOOD, None),
        (GOOD, Answer("decline", {"K13": "knock_out"}, {}), Fallen("decline", ("K13",))),
        (GOOD, Answer("refer", {"F10": "refer"}, {}), Fallen("refer", ("F10",))),
        (GOOD, Answer("approve", {"D1": "condition"}, {}), None),  # demanded before payment, not against it
        (GOOD, Answer("approve", {}, {"limit_amount_fen": 90}), None),  # still enough for what was approved
        (GOOD, Answer("approve", {}, {"limit_amount_fen": 70}), Fallen("approve", (), 70)),
        (
            GOOD,
            Answer("approve", {}, {"limit_amount_fen": 99, "term_limit_months": 24}),
            Fallen("approve", (), None, 24),
        ),
        (GOOD, None, Fallen("refer")),  # the kept facts do not answer today's questions
        (GOOD, Answer("refer", {}, {}, is_faulty=True), Fallen("refer")),
        (Answer("refer", {"F10": "refer"}, {}), Answer("refer", {"F10": "refer"}, {}), None),  # people knew that
        (
            Answer("refer", {"F10": "refer"}, {}),
            Answer("refer", {"F10": "refer", "F24": "refer"}, {}),
            Fallen("refer", ("F24",)),
        ),
        (Answer("refer", {}, {"limit_amount_fen": 60}), Answer("refer", {}, {"limit_amount_fen": 60}), None),
        (Answer("refer", {}, {}, is_faulty=True), Answer("refer", {}, {}, is_faulty=True), None),
    ],
)
def test_what_is_new_makes_an_approval_fall(then: Answer, now: Answer | None, why: Fallen | None):
    assert fallen(then, now, **ASKED) == why


def tighten(**values: str) -> list[str]:
    """Let other policy values count; gives the jobs that ran for it."""
    with act(system_actor("setup")) as setup:
        changes = [Change(name, {}, value, None, None) for name, value in values.items()]
        kind = CalibrationKind.MANUAL
        draft = calibration_draft(actor=setup, changes=changes, kind=kind, note="test", business_on=TODAY)
        calibration_preview_begin(calibration_id=draft.pk)
        calibration_preview(draft.pk)
        calibration_activate(actor=setup, calibration_id=draft.pk, business_on=TODAY)
    return run_jobs()


@pytest.fixture
def risk() -> Any:
    return actor_of(make_user("risk", permissions=(may.HOLD_VIEW, may.HOLD_SETTLE)))


def settled(service: Any, risk: Any, hold: OfferHold, **more: Any) -> OfferHold:
    with act(risk):
        found: OfferHold = service(actor=risk, hold_id=hold.pk, note="已核", **more)
    return found


@pytest.mark.django_db
def test_policy_that_tightens_holds_what_it_would_not_give_and_a_person_lowers_it(world: World, risk: Any):
    application, small = (
        world.submitted(),
        world.submitted(serial=2, loan__amount="60000.00", loan__down_payment="100000.00"),
    )

    assert "look_at_offers_again" in tighten(ltv_max_rate="0.5")

    (hold,) = OfferHold.objects.all()
    assert (hold.application_id, hold.cause, hold.state, hold.amount_limit) == (
        application.pk,
        "policy",
        "open",
        8_000_000,
    )
    assert offers_look_again() == 0
    with pytest.raises(OfferHeld), act(world.person("clerk")) as clerk:
        contract_create(actor=clerk, application_id=application.pk)
    with pytest.raises(HoldAmountNotLower):
        settled(offer_hold_lower, risk, hold, amount=Fen(10_000_000))
    assert settled(offer_hold_lower, risk, hold, amount=Fen(8_000_000)).state == "lowered"
    application.refresh_from_db()
    assert (application.state, application.approved_amount) == ("approved", 8_000_000)
    assert "批准金额80000.00元、36期，低于您的申请" in papers.texts()[-1]
    with pytest.raises(HoldNotOpen):
        settled(offer_hold_confirm, risk, hold)
    assert papers.contracted(world, application).principal == 8_000_000
    assert papers.contracted(world, small).principal == 6_000_000
    assert offers_look_again() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("signing", "disbursed")
def test_a_payment_waits_for_the_person_and_goes_on_when_they_confirm(world: World, risk: Any):
    disbursement = papers.ready(world)
    disbursement.conditions.filter(code="offer_not_held").delete()  # its checklist is from before there were holds

    tighten(score_decline="740")

    (hold,) = OfferHold.objects.all()
    assert (hold.outcome, bool(hold.rules)) == ("decline", True)
    with pytest.raises(ConditionsNotMet) as refused:
        papers.registered(world, disbursement)
    assert refused.value.params["codes"] == ["offer_not_held"]
    for service, more in ((offer_hold_lower, {"amount": Fen(1)}), (offer_hold_withdraw, {})):
        with pytest.raises(ContractStands):
            settled(service, risk, hold, **more)
    settled(offer_hold_confirm, risk, hold)
    assert offers_look_again() == 0
    assert papers.registered(world, disbursement).state == "registered"


@pytest.mark.django_db
def test_an_approval_is_withdrawn_and_the_applicant_is_told(world: World, risk: Any):
    application = world.submitted()
    tighten(score_decline="740")
    hold = OfferHold.objects.get()

    settled(offer_hold_withdraw, risk, hold)

    application.refresh_from_db()
    assert (application.state, application.decision) == ("declined", "approve")
    assert "未能通过" in papers.texts()[-1] or "未通过" in papers.texts()[-1]


@pytest.mark.django_db
def test_a_ring_that_a_later_application_shows_holds_the_earlier_ones(world: World, risk: Any):
    address = {"customer__residence_address": "浙江省杭州市 西湖区文三路 1 号"}
    contact = [{"name": "李娜", "relation": "friend", "phone": "13800000001"}]
    first = world.submitted(serial=1)
    second = world.submitted(serial=2, customer__contacts=contact, **address)
    assert {first.state, second.state} == {"approved"}
    Application.objects.filter(pk=second.pk).update(state="disbursed")

    third = world.submitted(serial=3, customer__phone="13800000001", vehicle__vin=vin(5), **address)

    holds = {hold.application_id: hold for hold in OfferHold.objects.all()}
    assert {pk: (hold.cause, hold.is_paid_out) for pk, hold in holds.items()} == {
        first.pk: ("ring", False), second.pk: ("ring", True),
    }  # fmt: skip
    assert {hold.related_no for hold in holds.values()} == {third.application_no}
    assert {(hold.outcome, *hold.rules) for hold in holds.values()} == {("refer", "F178")}
    with pytest.raises(HoldOnlyWarns):
        settled(offer_hold_withdraw, risk, holds[second.pk])
    told_to_people(second, holds)
    assert settled(offer_hold_confirm, risk, holds[second.pk]).state == "confirmed"


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ([("F178", "refer", "ring_people"), ("F24", "refer", "dealer_overdue_rate")], Fallen("refer", ("F178",))),
        ([("K9", "knock_out", "ring_people"), ("F1", "refer", "ring_people")], Fallen("decline", ("F1", "K9"))),
        ([("K9", "knock_out", "id_age")], Fallen("refer")),  # a strategy that knows no rings: people look
    ],
)
def test_the_strategy_says_by_which_of_its_rules_a_ring_is_held(told: list[tuple[str, str, str]], why: Fallen):
    reasons = [Reason(code, severity, "R09", "", "", "", "", field=field) for code, severity, field in told]
    assert ring_fallen(reasons) == why


ENDS = {
    "withdrawn": lambda world, pk: application_withdraw(
        actor=world.person("manager"), application_id=pk, reason="客户不办了", version=None
    ),
    "expired": lambda world, pk: approvals_expire(TODAY + timedelta(days=61), 0, 1),
    "asked_again": lambda world, pk: review_ask(
        actor=world.person("manager"), application_id=pk, reason="请人工复核", version=None
    ),
}
STATES = {"withdrawn": "withdrawn", "expired": "expired", "asked_again": "in_review", "declined": "declined"}


def lower_approval(world: World) -> Application:
    """A machine's approval of less than was asked for."""
    facts = world.form()["credit_facts"] | {"score": 650}
    loan = {"loan__amount": "127000.00", "loan__down_payment": "33000.00"}
    return world.submitted(**loan, customer__monthly_debt="0.00", credit_facts=facts)


def hold_open(application: Application, cause: HoldCause = HoldCause.POLICY) -> OfferHold:
    """Hold an approval, as a change of policy or a ring does."""
    with act(system_actor("decision")):
        assert offer_hold_open(application, cause=cause, basis=f"test {cause}", why=Fallen("refer"))
    return OfferHold.objects.latest("pk")


@pytest.mark.django_db
@pytest.mark.parametrize("end", ENDS)
def test_a_hold_closes_with_its_case_and_says_how_it_ended(world: World, risk: Any, end: str):
    application = lower_approval(world)
    hold = hold_open(application)

    with act(world.person("manager")):
        ENDS[end](world, application.pk)

    application.refresh_from_db()
    hold.refresh_from_db()
    assert application.state == STATES[end]
    assert (hold.state, hold.lapsed_by, hold.settled_on, hold.settled_by) == ("lapsed", end, TODAY, "")
    with pytest.raises(HoldNotOpen):
        settled(offer_hold_confirm, risk, hold)
    assert origination_holds_end_with_their_case() == []


@pytest.mark.django_db
def test_the_other_holds_of_an_approval_that_is_taken_back_close_too(world: World, risk: Any):
    application = world.submitted()
    policy, ring = hold_open(application), hold_open(application, HoldCause.RING)
    settled(offer_hold_withdraw, risk, policy)
    for hold in (policy, ring):
        hold.refresh_from_db()
    assert [(hold.state, hold.lapsed_by, hold.note) for hold in (policy, ring)] == [
        ("withdrawn", "", "已核"), ("lapsed", "declined", ""),
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("signing", "disbursed", "bank")
def test_what_is_held_while_the_bank_pays_lapses_and_a_ring_is_warned_of(world: World, risk: Any):
    disbursement = papers.approved(world)
    application = disbursement.contract.application
    policy, ring = hold_open(application), hold_open(application, HoldCause.RING)

    with act(system_actor("bank")):
        disbursement_succeed(
            disbursement_id=disbursement.pk, payout_no="PO1", value_on=TODAY, bank_serial="S1", bank_account_id=1
        )

    for hold in (policy, ring):
        hold.refresh_from_db()
    assert (policy.state, policy.lapsed_by, policy.is_paid_out) == ("lapsed", "disbursed", False)
    assert (ring.state, ring.lapsed_by, ring.is_paid_out) == ("open", "", True)
    assert origination_holds_end_with_their_case() == []
    with pytest.raises(HoldOnlyWarns):
        settled(offer_hold_withdraw, risk, ring)
    assert settled(offer_hold_confirm, risk, ring).state == "confirmed"


@pytest.mark.django_db
def test_a_contract_that_is_voided_leaves_the_approval_held(world: World, risk: Any):
    contract = papers.contracted(world)
    hold = hold_open(contract.application)
    with act(world.person("clerk")) as clerk:
        contract_void(actor=clerk, contract_id=contract.pk, reason="客户更换车辆")
    hold.refresh_from_db()
    assert (hold.state, Application.objects.get().state) == ("open", "approved")
    Application.objects.update(state="expired")
    assert origination_holds_end_with_their_case() == [f"hold {hold.hold_no}: open, application is expired"]


@pytest.mark.django_db
def test_what_a_person_lowered_is_not_for_people_again(world: World, risk: Any):
    """The machine approved all that was asked for; that it is less now is a person's word."""
    application = world.submitted()
    lowered = settled(offer_hold_lower, risk, hold_open(application), amount=Fen(8_000_000))
    application.refresh_from_db()
    assert (application.approved_amount, application.decision, lowered.state) == (8_000_000, "approve", "lowered")

    with pytest.raises(ReviewNotAskable), act(world.person("manager")) as manager:
        review_ask(actor=manager, application_id=application.pk, reason="请人工复核", version=None)

    application.refresh_from_db()
    assert (application.state, application.approved_amount, application.review_asked_on) == (
        "approved",
        8_000_000,
        None,
    )


def told_to_people(paid_out: Application, holds: dict[int, OfferHold]) -> None:
    """The list and the pages show it to those who may, with what they may do; others see nothing."""
    sees = (may.HOLD_VIEW, may.HOLD_SETTLE, may.APPLICATION_VIEW, "party.customer.view")
    reader = client_for(make_user("anna", permissions=sees))
    status, page = reader.get("/lists/offer_holds")
    assert (status, page["total"]) == (200, 2)
    assert {row["hold_no"]: len(row["actions"]) for row in page["items"]} == {
        hold.hold_no: 1 if hold.is_paid_out else 3 for hold in holds.values()
    }
    (shown,) = reader.get(f"/customers/{paid_out.customer_id}/holds")[1]["items"]
    assert (shown["application_no"], shown["actions"]) == (paid_out.application_no, ["offer_hold_confirm"])
    cards = {card["key"]: card["value"] for card in reader.get("/workbench")[1]["cards"]}
    assert cards["held_approvals"] == "2"
    other = client_for(make_user("fred", permissions=(may.APPLICATION_VIEW,)))
    assert other.get("/lists/offer_holds")[0] == other.get(f"/customers/{paid_out.customer_id}/holds")[0] == 403
    far = client_for(make_user("gina", permissions=(may.HOLD_VIEW,), scope="channel", kind="dealer"))
    assert far.get("/lists/offer_holds")[1]["total"] == 0
