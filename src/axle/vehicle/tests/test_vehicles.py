"""Vehicles: entry, check digit, value, catalogue, scope."""

from datetime import date

import pytest

from axle.kernel.money import Fen
from axle.platform.permissions import PENDING_COMMAND_VIEW
from axle.platform.public import approval_policy_set
from axle.platform.testing import client_for, make_department, make_user
from axle.vehicle import permissions as may
from axle.vehicle.models import Appraisal, Trim, Vehicle
from axle.vehicle.public import appraisals_told, starter_catalogue_load, vehicle_get, vehicle_value

pytestmark = pytest.mark.django_db
VIN = "LSVAA4182E2184847"


@pytest.fixture
def trim():
    return Trim.objects.create(
        make="大众", series="朗逸", model_year=2025, name="1.5L", guide_price=10_990_000, energy="petrol"
    )


@pytest.fixture
def keeper():
    return client_for(make_user("keeper", permissions=[may.VEHICLE_VIEW, may.VEHICLE_MANAGE, may.APPRAISAL_RECORD]))


def _data(trim, **more):
    return {"vin": _vin(), "trim_id": trim.pk, "is_new": True, "price": "108000.00"} | more


def _vin():
    from axle.kernel.identifiers import vin_check_digit

    return VIN[:8] + vin_check_digit(VIN) + VIN[9:]


def test_a_new_car_is_worth_the_lower_of_price_and_guide_price(keeper, trim):
    status, body = keeper.command("vehicle_save", _data(trim, price="115000.00"))
    assert status == 200, body
    assert vehicle_value(body["id"]) == 10_990_000
    _status, detail = keeper.get(f"/vehicles/{body['id']}")
    assert (detail["lending_value"], detail["price"]) == ("109900.00", "115000.00")


def test_a_used_car_is_worth_the_lower_of_price_and_appraisal(keeper, trim):
    used = _data(trim, is_new=False, first_registered_on="2023-05-01", mileage_km=42_000, price="80000.00")
    _status, body = keeper.command("vehicle_save", used)
    assert vehicle_value(body["id"]) == 8_000_000
    data = {"vehicle_id": body["id"], "value": "76000.00", "condition": "B"}
    assert keeper.command("appraisal_record", data)[0] == 200
    assert vehicle_value(body["id"]) == 7_600_000
    assert Appraisal.objects.get().appraiser_name == "keeper"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"vin": "LSVAA4182E2184848"}, "vin"),
        ({"vin": "123"}, "vin"),
        ({"price": "0.00"}, "price"),
        ({"price": "1.005"}, "price"),
        ({"trim_id": 10**9}, "trim_id"),
        ({"is_new": False}, "first_registered_on"),
        ({"is_new": False, "first_registered_on": "2023-01-01"}, "mileage_km"),
        ({"is_new": False, "first_registered_on": "2100-01-01", "mileage_km": 1}, "first_registered_on"),
    ],
)
def test_wrong_input_is_refused_by_field(keeper, trim, change, field):
    status, body = keeper.command("vehicle_save", _data(trim, **change))
    assert status in (404, 422)
    assert (body["field"] or body["errors"][0]["field"]) == field
    assert not Vehicle.objects.exists()


@pytest.mark.parametrize("value", ["0.00", "-1.00", "216000.01"])
def test_an_implausible_appraisal_is_refused(keeper, trim, value):
    _status, body = keeper.command("vehicle_save", _data(trim))
    status, _body = keeper.command("appraisal_record", {"vehicle_id": body["id"], "value": value, "condition": "A"})
    assert status == 422
    assert not Appraisal.objects.exists()


def test_a_known_vin_is_brought_up_to_date(keeper, trim):
    first = keeper.command("vehicle_save", _data(trim))[1]
    second = keeper.command("vehicle_save", _data(trim, colour="白"))[1]
    assert first == second
    assert vehicle_get(first["id"]).colour == "白"


def test_a_dealer_neither_sees_nor_takes_over_another_dealers_car(keeper, trim):
    body = keeper.command("vehicle_save", _data(trim))[1]
    clerk = client_for(
        make_user(
            "clerk", permissions=[may.VEHICLE_VIEW, may.VEHICLE_MANAGE], scope="channel", kind="dealer", channel_ids=[7]
        )
    )
    assert clerk.get(f"/vehicles/{body['id']}")[0] == 404
    assert clerk.command("vehicle_save", _data(trim, price="1.00"))[0] == 403
    assert vehicle_value(body["id"]) == 10_800_000


def test_the_starter_catalogue_loads_twice_without_doubling(keeper):
    count = starter_catalogue_load()
    assert starter_catalogue_load() == Trim.objects.count() == count
    assert count > 100
    _status, trims = keeper.get("/vehicles/catalogue")
    assert len(trims) == count


def test_appraisals_are_kept(trim):
    vehicle = Vehicle.objects.create(vin=_vin(), trim=trim, is_new=True, price=1_00, department=make_department())
    for day, value in ((1, 90), (2, 80)):
        Appraisal.objects.create(
            vehicle=vehicle, value=value, condition="A", appraised_on=date(2026, 1, day), appraiser_name="x"
        )
    assert vehicle_value(vehicle.pk) == 80


def test_an_appraisal_that_another_person_checks_counts_once_it_is_approved(keeper, trim):
    approval_policy_set(command="appraisal_record", min_amount=0, checker_permission=may.VEHICLE_MANAGE)
    checker = client_for(make_user("chief", permissions=[may.VEHICLE_VIEW, may.VEHICLE_MANAGE, PENDING_COMMAND_VIEW]))
    _status, car = keeper.command("vehicle_save", _data(trim))
    data = {"vehicle_id": car["id"], "value": "100000.00", "condition": "A"}
    status, pending = keeper.command("appraisal_record", data)
    assert (status, vehicle_value(car["id"])) == (202, 10_800_000)
    approval = {"pending_no": pending["pending_no"], "opinion": "同意"}
    assert checker.command("pending_command_approve", approval)[0] == 200
    assert vehicle_value(car["id"]) == 10_000_000


def test_what_vendors_say_stands_beside_and_is_no_base_of_lending(keeper, trim):
    _status, car = keeper.command("vehicle_save", _data(trim))
    for values in ({"valuation_a": Fen(9_000_000), "valuation_b": Fen(0)}, {"valuation_a": Fen(8_000_000)}):
        appraisals_told(car["id"], values)
    assert vehicle_value(car["id"]) == 10_800_000
    _status, detail = keeper.get(f"/vehicles/{car['id']}")
    [told] = detail["appraisals"]
    assert (told["appraisal_source"], told["value"], told["condition"]) == ("valuation_a", "90000.00", None)
    rows = keeper.get("/lists/appraisals", appraisal_source="valuation_a")[1]["items"]
    assert [row["value"] for row in rows] == ["90000.00"]


TRIM = {
    "make": "比亚迪",
    "series": "汉",
    "model_year": 2026,
    "name": "EV 605KM",
    "guide_price": "229800.00",
    "energy": "electric",
}


def test_the_catalogue_is_kept_up(keeper, trim):
    manager = client_for(make_user("curator", permissions=[may.VEHICLE_VIEW, may.CATALOGUE_MANAGE]))
    status, made = manager.command("trim_create", TRIM)
    assert status == 200, made
    assert manager.command("trim_create", TRIM)[1]["code"] == "name_taken"
    repriced = TRIM | {"trim_id": made["trim_id"], "guide_price": "219800.00", "is_on_sale": False}
    assert manager.command("trim_update", repriced)[0] == 200
    row = Trim.objects.get(pk=made["trim_id"])
    assert (row.guide_price, row.is_on_sale) == (21_980_000, False)
    assert [offer["id"] for offer in keeper.get("/vehicles/catalogue")[1]] == [trim.pk]
    assert keeper.command("trim_update", repriced)[1]["code"] == "permission_missing"
    assert manager.command("trim_update", repriced | {"trim_id": 0})[1]["code"] == "not_found"
    assert Trim.objects.count() == 2


def test_appraisals_are_listed_and_a_car_has_its_history(keeper, trim):
    _status, car = keeper.command("vehicle_save", _data(trim))
    keeper.command(
        "appraisal_record", {"vehicle_id": car["id"], "value": "100000.00", "condition": "A", "note": "车况好"}
    )
    rows = keeper.get("/lists/appraisals")[1]["items"]
    assert [(row["vin"], row["value"], row["appraiser_name"]) for row in rows] == [(car["vin"], "100000.00", "keeper")]
    status, history = keeper.get(f"/vehicles/{car['id']}/history")
    assert (status, [item["operation"] for item in history]) == (200, ["appraisal_record", "vehicle_save"])
    lines = {line["field"]: line["after"] for line in history[0]["changes"][0]["lines"]}
    assert (lines["value"], lines["vehicle"], lines["condition"]) == ("100000.00", car["vin"], "A")
    elsewhere = make_user("far", permissions=[may.VEHICLE_VIEW], scope="department", department=make_department("远"))
    assert client_for(elsewhere).get(f"/vehicles/{car['id']}/history")[0] == 404
    assert client_for(elsewhere).get("/lists/appraisals")[1]["total"] == 0
