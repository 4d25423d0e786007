"""What the social insurance agency, the tax office, the operator's bills and a company's entries say: each turn of an
answer, and what is none."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from axle.integrations.public import data_sources_sandbox
from axle.sources.ports import Particulars, SourceTrouble

ON = date(2026, 11, 22)
CASE = Particulars(
    name="张伟", id_no="330106198803010013", employer="杭州 某科技有限公司", phone="13800000001",
    employer_phone="0571-8888 0000转801", employer_address="演示市文三路9号",
)  # fmt: skip
SOCIAL: dict[str, Any] = {
    "aac002": CASE.id_no, "cbzt": "1", "cbsf": "1", "aab004": "杭州某科技有限公司", "ljys": 61, "jsxx": "7384.20",
    "jssx": "36921.00",
    "jfmx": [{"aae003": month, "jfjs": "9000.50"} for month in ("202608", "202610", "202609", "202606")],
}  # fmt: skip
TAX: dict[str, Any] = {
    "zjhm": CASE.id_no,
    "mx": [
        {"skssq": "202610", "sdxm": "0101", "kjywr": "杭州某科技有限公司", "sre": "12000.00"},
        {"skssq": "202609", "sdxm": "0101", "kjywr": "演示旧单位", "sre": "11000.10"},
        {"skssq": "202608", "sdxm": "0101", "kjywr": "演示旧单位", "sre": "0.00"},
        {"skssq": "202601", "sdxm": "0103", "kjywr": "演示旧单位", "sre": "8000.00"},
        {"skssq": "202511", "sdxm": "0400", "kjywr": "演示平台", "sre": "500.00"},
        {"skssq": "202511", "sdxm": "0500", "kjywr": "", "sre": "3000.00"},
        {"skssq": "202510", "sdxm": "0101", "kjywr": "演示旧单位", "sre": "99999.00"},
    ],
}


BILLS: dict[str, Any] = {
    "mobile": CASE.phone,
    "bills": [{"cycle": f"2026{month:02d}", "fee": month * 10_001, "owed": month // 9} for month in range(2, 11)],
}
CONTACT: dict[str, Any] = {"dwmc": "杭州某科技有限公司", "dhlb": ["88880000"], "dzyz": "1", "hyrq": "2026-06-30"}
ANSWERS = {"social_insurance": SOCIAL, "income_tax": TAX, "phone_bills": BILLS, "employer_contact": CONTACT}


@pytest.fixture(scope="module")
def adapters(tmp_path_factory: pytest.TempPathFactory) -> Any:
    keys: Path = tmp_path_factory.mktemp("keys")
    return data_sources_sandbox(sandbox_url="http://sandbox", own_url="http://own", keys=keys)


def test_contributions_are_read_to_the_fen_and_counted_back_from_the_last_month(adapters: Any):
    told = adapters["social_insurance"].read(json.dumps(SOCIAL), CASE, on=ON)

    assert asdict(told) == {
        "insured_as": "employee", "insured_months": 61, "insured_in_row": 3, "insured_until": date(2026, 10, 1),
        "base_fen": 900_050, "base_least_fen": 738_420, "base_most_fen": 3_692_100, "payer": "match",
        "payer_name": "杭州某科技有限公司",
    }  # fmt: skip


def test_declarations_of_twelve_months_are_summed_by_kind(adapters: Any):
    told = adapters["income_tax"].read(json.dumps(TAX), CASE, on=ON)

    assert asdict(told) == {
        "wage_months": 2, "wages_fen": 3_100_010, "labour_fen": 50_000, "business_fen": 300_000, "wage_payers": 2,
        "wage_payer": "match", "wage_payer_name": "杭州某科技有限公司", "wage_until": date(2026, 10, 1),
    }  # fmt: skip


def test_bills_of_six_months_are_averaged_to_the_fen(adapters: Any):
    told = adapters["phone_bills"].read(json.dumps(BILLS), CASE, on=ON)

    assert asdict(told) == {
        "bill_months": 6, "bill_average_fen": 7_501, "bill_latest_fen": 10_001, "bills_unpaid": 2,
    }  # fmt: skip


def test_an_employers_line_is_known_without_area_code_and_extension(adapters: Any):
    told = adapters["employer_contact"].read(json.dumps(CONTACT), CASE, on=ON)

    assert asdict(told) == {
        "contact_phone": "match", "contact_address": "match", "contact_listed_on": date(2026, 6, 30),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("source", "changes", "field", "value"),
    [
        ("phone_bills", {"bills": BILLS["bills"][:1]}, "bill_average_fen", 2_000),
        ("employer_contact", {"dhlb": ["0571-88880001", "13888880000"]}, "contact_phone", "differ"),
        ("employer_contact", {"dhlb": []}, "contact_phone", "unlisted"),
        ("employer_contact", {"dzyz": "0"}, "contact_address", "differ"),
        ("employer_contact", {"dzyz": "2", "hyrq": ""}, "contact_listed_on", None),
        ("social_insurance", {"cbsf": "2", "aab004": ""}, "payer", None),
        ("social_insurance", {"cbsf": "2", "aab004": "演示人才中心"}, "payer_name", ""),
        ("social_insurance", {"aab004": "演示人力资源有限公司"}, "payer", "differ"),
        ("social_insurance", {"jfmx": [{"aae003": "202412", "jfjs": "7384.20"}]}, "insured_in_row", 1),
        ("income_tax", {"mx": TAX["mx"][3:6]}, "wage_months", 0),
        ("income_tax", {"mx": TAX["mx"][5:]}, "wage_payer", None),
        ("income_tax", {"mx": TAX["mx"][5:]}, "wage_until", None),
        ("income_tax", {"mx": TAX["mx"][1:2]}, "wage_payer", "differ"),
    ],
)
def test_each_turn_of_a_record(adapters: Any, source: str, changes: dict[str, Any], field: str, value: Any):
    raw = json.dumps(ANSWERS[source] | changes)
    assert getattr(adapters[source].read(raw, CASE, on=ON), field) == value


@pytest.mark.parametrize(
    ("source", "changes", "reason"),
    [
        ("social_insurance", {"aac002": "330106198803010021"}, "another_person"),
        ("income_tax", {"zjhm": "330106198803010021"}, "another_person"),
        ("phone_bills", {"mobile": "13800000002"}, "another_person"),
        ("phone_bills", {"bills": [{"cycle": "202610", "fee": -1, "owed": 0}]}, "answer_unreadable"),
        ("phone_bills", {"bills": [{"cycle": "202610", "fee": "58.00", "owed": 0}]}, "answer_unreadable"),
        ("employer_contact", {"dzyz": "7"}, "answer_unreadable"),
        ("employer_contact", {"dhlb": None}, "answer_unreadable"),
        ("social_insurance", {"jfmx": []}, "answer_unreadable"),
        ("social_insurance", {"ljys": "61"}, "answer_unreadable"),
        ("social_insurance", {"ljys": 0}, "answer_unreadable"),
        ("social_insurance", {"cbsf": "9"}, "answer_unreadable"),
        ("social_insurance", {"jssx": "8000.00"}, "answer_unreadable"),
        ("social_insurance", {"jsxx": "9000.51"}, "answer_unreadable"),
        ("social_insurance", {"jfmx": [{"aae003": "202613", "jfjs": "9000.50"}]}, "answer_unreadable"),
        ("income_tax", {"mx": [TAX["mx"][0] | {"sdxm": "0199"}]}, "answer_unreadable"),
        ("income_tax", {"mx": [TAX["mx"][0] | {"sre": "-1"}]}, "answer_unreadable"),
        ("income_tax", {"mx": [TAX["mx"][0] | {"sre": "many"}]}, "answer_unreadable"),
        ("income_tax", {"mx": None}, "answer_unreadable"),
    ],
)
def test_what_is_about_somebody_else_or_makes_no_sense_is_no_answer(
    adapters: Any, source: str, changes: dict[str, Any], reason: str
):
    raw = json.dumps(ANSWERS[source] | changes)
    with pytest.raises(SourceTrouble) as trouble:
        adapters[source].read(raw, CASE, on=ON)
    assert (trouble.value.code, trouble.value.is_final) == (reason, True)
