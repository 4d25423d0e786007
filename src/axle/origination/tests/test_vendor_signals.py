"""Vendors in the flow: the industry's list, permits and platforms of those who drive for a living, batteries."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from axle.kernel.money import Fen
from axle.origination.domain.decision_input import decision_input
from axle.origination.services.source_facts import particulars_of
from axle.origination.tests import test_sources as flow
from axle.origination.tests.answers import BATTERY, LISTED, PERMITS, WORK
from axle.origination.tests.test_sources import Told, calls, faults, reasons, submitted
from axle.origination.tests.world import TODAY, World, capture, facts_of
from axle.sources import ports
from axle.vehicle.public import vehicle_get

pytestmark = pytest.mark.django_db
sources = flow.sources


@pytest.mark.parametrize(
    ("answer", "state", "code"),
    [
        (ports.NoRecord("{}"), "approved", None),
        (LISTED, "declined", "K50"),
        (replace(LISTED, matched_by="phone"), "in_review", "F109"),
        (replace(LISTED, listing="grey"), "in_review", "F109"),
    ],
    ids=["not listed", "listed", "by the phone alone", "grey"],
)
def test_the_industrys_list(world: World, sources: dict[str, Told], answer, state, code):
    sources["industry_list"].answer = answer

    application = submitted(world)

    assert (application.state, reasons(application)) == (state, {code} if code else set())


def test_only_who_drives_for_a_living_is_asked_about_at_registers_and_platforms_of_work(world, sources):
    private = submitted(world)
    assert not calls(private).keys() & {"permits", "work_platform", "battery"}

    at_work = submitted(world, serial=2, vehicle__operation="ride_hailing", vehicle__use="commercial")
    assert calls(at_work).keys() >= {"permits", "work_platform"}
    assert not faults(at_work) & {"driver_permit", "transport_permit", "platform_rating", "cash_flow_cover_rate"}
    assert sources["battery"].asked == 0


@pytest.mark.parametrize(
    ("source", "answer", "code"),
    [
        ("permits", replace(PERMITS, driver="expired"), "F155"),
        ("permits", ports.NoRecord("{}"), "F155"),
        ("work_platform", replace(WORK, rating=59), "F156"),
        ("work_platform", replace(WORK, takings_month_fen=Fen(300_000)), "F158"),
    ],
    ids=["expired", "no permit", "rated low", "earns little"],
)
def test_what_rules_of_ride_hailing_hear(world: World, sources: dict[str, Told], source, answer, code):
    ride = {"vehicle__operation": "ride_hailing", "vehicle__use": "commercial"}
    assert code not in reasons(submitted(world, **ride))
    sources[source].answer = answer
    assert code in reasons(submitted(world, serial=2, **ride))


@pytest.mark.parametrize(
    ("answer", "state", "code"),
    [
        (BATTERY, "approved", None),
        (replace(BATTERY, health_rate=Decimal("0.8")), "approved", None),
        (replace(BATTERY, health_rate=Decimal("0.7999")), "in_review", "F136"),
        (replace(BATTERY, health_rate=Decimal("0.6999")), "declined", "K57"),
        (replace(BATTERY, warranty_until=TODAY + timedelta(days=300)), "in_review", "F137"),
    ],
    ids=["good", "at the limit", "worn", "worn out", "warranty short"],
)
def test_the_battery_of_a_used_electric_car(world: World, sources: dict[str, Told], answer, state, code):
    sources["battery"].answer = answer

    application = submitted(world, **flow.used_car(world), vehicle__trim_id=world.trims["electric"])

    assert (calls(application)["battery"], faults(application)) == ("hit", set())
    assert (application.state, code is None or code in reasons(application)) == (state, True)


def test_a_battery_that_nobody_tested_is_for_people(world: World, sources: dict[str, Told]):
    sources["battery"].answer = ports.NoRecord("{}")

    application = submitted(world, **flow.used_car(world), vehicle__trim_id=world.trims["electric"])

    unknown = {"battery_health_rate", "battery_warranty_months"}
    assert (application.state, faults(application)) == ("in_review", unknown)


@pytest.mark.parametrize(
    ("operation", "vehicle_class", "kind"),
    [
        ("ride_hailing", "passenger", "ride_hailing"),
        ("taxi", "passenger", "taxi"),
        ("freight", "heavy_truck", "freight"),
        ("freight", "light_truck", ""),
        ("rental", "passenger", ""),
        ("none", "passenger", ""),
    ],
)
def test_permits_are_asked_for_where_the_law_wants_them(world: World, operation: str, vehicle_class: str, kind: str):
    application = world.draft(vehicle__operation=operation)
    car = vehicle_get(application.vehicle_id or world.submitted().vehicle_id or 0)
    told = particulars_of(application, replace(car, trim=replace(car.trim, vehicle_class=vehicle_class)))
    assert told.permit_kind == kind
    assert told.platform_kind == (operation if operation in ("ride_hailing", "freight") else "")
    assert (told.make, told.series, told.model_year, told.traction) == ("大众", "朗逸", car.trim.model_year, "")


@pytest.mark.parametrize(
    ("seller", "kind", "hit"),
    [
        ("杭州顺达汽车 销售有限公司", "new", False),
        ("杭州另一家汽车销售有限公司", "new", True),
        ("杭州另一家汽车销售有限公司", "used", False),
    ],
    ids=["the dealer", "another", "a market"],
)
def test_who_is_paid_is_who_sells_by_the_invoice(world: World, seller: str, kind: str, hit: bool):
    application = world.submitted(**(flow.used_car(world) if kind == "used" else {}))
    capture(application, world.form(), "vehicle_invoice", seller_name=seller)

    told = decision_input(facts_of(application))

    assert "payee" in told["sources_asked"]
    assert told["payee_check"] == ("mismatch" if hit else "match")
