"""Files of our own form: each row becomes a draft, is submitted when it can be, and the error file tells the rest."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from axle.config.demo.identifiers import bank_account, phone, resident_id, vin
from axle.config.demo.institution import Place
from axle.config.intake.command import run as intake
from axle.vehicle.public import trims

pytestmark = pytest.mark.django_db
HEAD = "customer.name,customer.id_no,customer.phone,vehicle.vin,loan.amount,loan.periods"
GOOD_ID = resident_id(date(1990, 6, 15), 700)
WRONG_ID = GOOD_ID[:-1] + ("0" if GOOD_ID[-1] != "0" else "1")


def take(path: Path, place: Place) -> list[list[str]]:
    """Take a file and give the error lines: row, field and code."""
    errors = path.with_suffix(".errors.csv")
    arguments = [str(path), "--errors", str(errors), "--department", str(place.departments["华东区"])]
    assert intake(arguments) == 0
    with errors.open(encoding="utf-8-sig", newline="") as stream:
        return [line[:3] for line in list(csv.reader(stream))[1:]]


def cells(**changes: str) -> str:
    good = {"name": "林知远", "id_no": GOOD_ID, "phone": phone(700_000), "vin": vin(7_100_000), "amount": "80000.00"}
    return ",".join([*(good | changes).values(), "36"])


def form(place: Place, serial: int, **customer: Any) -> dict[str, Any]:
    """A form that lacks nothing but documents."""
    trim = next(trim for trim in trims(make="宝马", series="3系") if trim.model_year == 2025)
    particulars = {
        "name": "林知远", "id_no": resident_id(date(1990, 6, 15), 700 + serial), "id_valid_until": "2040-01-01",
        "phone": phone(700_000 + serial), "marital_status": "married", "education": "bachelor",
        "residence_kind": "owned", "residence_address": "演示市样本路375号", "region_code": "320500",
        "employment_kind": "employed", "employer": "样例科技有限公司", "employment_months": 60,
        "monthly_income": "45000.00", "monthly_debt": "0.00", "has_driving_licence": True,
        "card_bank": "沙箱银行", "card_no": bank_account(900 + serial),
        "contacts": [{"name": "林晚", "relation": "spouse", "phone": phone(710_000 + serial)}],
    }  # fmt: skip
    return {
        "dealer_id": place.dealers[0][0],
        "customer": particulars | customer,
        "vehicle": {"trim_id": trim.id, "vin": vin(7_100_000 + serial), "kind": "new", "price": "340000.00"},
        "loan": {
            "product_version_id": place.products["NEW-CAR"][0], "amount": "240000.00", "down_payment": "100000.00",
            "periods": 12, "method": "level_payment", "due_day": 20,
        },
    }  # fmt: skip


def test_a_csv_row_says_by_field_what_it_lacks_and_is_kept_as_a_draft(place, tmp_path):
    path = tmp_path / "forms.csv"
    path.write_text("\n".join([HEAD, cells(), cells(id_no=WRONG_ID), cells(amount="x")]) + "\n")

    told = take(path, place)

    assert ["2", "customer.marital_status", "missing"] in told
    assert [line for line in told if line[1] == "customer.id_no"] == [["3", "customer.id_no", "resident_id_wrong"]]
    assert [line for line in told if line[0] == "4"] == [["4", "loan.amount", "invalid_amount"]]
    drafts = apps.get_model("origination.Application").objects.order_by("pk")
    assert [(draft.state, draft.form["customer"]["id_no"]) for draft in drafts] == [
        ("draft", GOOD_ID),
        ("draft", WRONG_ID),
    ]


def test_a_row_copied_from_elsewhere_is_kept_as_one_that_was_typed(place, tmp_path):
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in GOOD_ID)
    path = tmp_path / "copied.csv"
    path.write_text("\n".join([HEAD, cells(name="林\u200b知远\ufeff", id_no=wide), cells(name="林\x01")]) + "\n")

    told = take(path, place)

    assert [line for line in told if line[0] == "3"] == [["3", "customer.name", "control_character"]]
    assert [line for line in told if line[:2] in (["2", "customer.id_no"], ["2", "customer.name"])] == []
    (draft,) = apps.get_model("origination.Application").objects.all()
    assert (draft.form["customer"]["name"], draft.form["customer"]["id_no"]) == ("林知远", GOOD_ID)


def test_a_complete_form_waits_for_its_documents_and_the_file_again_doubles_nothing(place, tmp_path):
    path = tmp_path / "forms.jsonl"
    rows = [form(place, 1), form(place, 2) | {"colour": "red"}, form(place, 3, phone="12800001234")]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in [*rows]) + "\n{broken\n")
    expected = [
        ["1", "documents", "documents_missing"],
        ["2", "colour", "field_unknown"],
        ["3", "customer.phone", "mobile_wrong"],
        ["4", "", "json_broken"],
    ]

    assert take(path, place) == expected
    assert take(path, place) == expected

    drafts = apps.get_model("origination.Application").objects.order_by("pk")
    assert [(draft.state, draft.created_by_name, draft.source) for draft in drafts] == [("draft", "intake", "file")] * 2
