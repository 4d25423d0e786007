"""Approvals that would not stand any more: found when policy tightens or a ring shows, held, settled by a person."""

from typing import Any

import pytest

from axle.decisioning.models import CalibrationKind
from axle.decisioning.services.calibration_activate import calibration_activate
from axle.decisioning.services.calibration_draft import Change, calibration_draft
from axle.decisioning.services.calibration_preview import calibration_preview, calibration_preview_begin
from axle.kernel.money import Fen
from axle.origination import permissions as may
from axle.origination.domain.holds import Answer, Fallen, fallen
from axle.origination.errors import (
    ConditionsNotMet,
    ContractStands,
    HoldAmountNotLower,
    HoldNotOpen,
    HoldOnlyWarns,
    OfferHeld,
)
from axle.origination.models import Application, OfferHold
from axle.origination.services.contract_create import contract_create
from axle.origination.services.offer_hold_settle import offer_hold_confirm, offer_hold_lower, offer_hold_withdraw
from axle.origination.services.offers_look_again import offers_look_again
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
    with pytest.raises(HoldOnlyWarns):
        settled(offer_hold_withdraw, risk, holds[second.pk])
    told_to_people(second, holds)
    assert settled(offer_hold_confirm, risk, holds[second.pk]).state == "confirmed"


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
