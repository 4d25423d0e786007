"""What vendors' answers mean: lists, permits, platforms, batteries, models behind a VIN, policies."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from axle.integrations.public import data_sources_sandbox
from axle.kernel.money import Fen
from axle.sources.ports import Particulars, Question, SourceTrouble
from axle.sources.public import BatteryAnswer, IndustryListAnswer, PermitAnswer, WorkPlatformAnswer

TODAY = date(2026, 11, 22)
CASE = Particulars(
    name="张伟", id_no="33010619880301123x", phone="13800000001", vin="LSVAA4182E2184847", plate_no="浙A12345",
    make="大众", series="ID.4 CROZZ", model_year=2022, traction="electric", permit_kind="ride_hailing",
    platform_kind="ride_hailing",
)  # fmt: skip
ADAPTERS: dict[str, Any] = data_sources_sandbox(sandbox_url="http://sandbox", own_url="http://own", keys=Path("keys"))


def read(source: str, content: Any, case: Particulars = CASE) -> Any:
    raw = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return ADAPTERS[source].read(raw, case, on=TODAY)


def worded(source: str, case: Particulars = CASE) -> dict[str, str]:
    question = Question("SC1", case, "lending_data", "CN1", TODAY)
    told: dict[str, str] = ADAPTERS[source].worded(question)
    return told


def listed(level: str, by: str, reason: str, reporter: str, on: str) -> dict[str, str]:
    return {"level": level, "matchBy": by, "reason": reason, "orgHash": reporter, "reportDate": on}


def test_the_list_hears_digests_only_and_an_id_number_reads_the_same_in_either_case():
    told = worded("industry_list")
    assert told == worded("industry_list", replace(CASE, id_no="33010619880301123X"))
    assert (len(told["certNoHash"]), len(told["mobileHash"]), told["authNo"]) == (64, 64, "CN1")
    assert not [value for value in told.values() if CASE.phone in value or CASE.id_no[:17] in value]


def test_the_gravest_entry_of_the_list_counts():
    rows = [listed("G", "MOBILE", "失联", "A1", "2026-10-01"), listed("B", "CERT", "逾期", "A2", "2024-01-05"),
            listed("B", "CERT", "欺诈", "A2", "2025-01-05")]  # fmt: skip
    assert read("industry_list", {"hit": "1", "records": rows}) == IndustryListAnswer(
        listing="black", matched_by="id_and_phone", listed_for="fraud", reporters=2, listed_on=date(2026, 10, 1)
    )
    assert read("industry_list", {"hit": "1", "records": rows[:1]}).matched_by == "phone"


def certificate(state: str, until: str) -> dict[str, str]:
    return {"zt": state, "lb": "网约", "yxqz": until}


@pytest.mark.parametrize(
    ("rows", "state", "until"),
    [
        ([certificate("有效", "2028-01-01")], "valid", date(2028, 1, 1)),
        ([certificate("有效", "2026-11-22")], "valid", date(2026, 11, 22)),
        ([certificate("有效", "2026-11-21")], "expired", date(2026, 11, 21)),
        ([certificate("有效", "")], "valid", None),
        ([certificate("逾期", "2025-01-01"), certificate("有效", "2029-01-01")], "valid", date(2029, 1, 1)),
        ([certificate("撤销", "2029-01-01")], "withdrawn", None),
        ([certificate("注销", "2029-01-01"), certificate("逾期", "2025-01-01")], "expired", None),
        ([], "none", None),
    ],
)
def test_the_best_permit_of_several_counts(rows: list[Any], state: str, until: date | None):
    told = read("permits", {"ryzj": rows, "clzj": rows, "yhcls": 2})
    assert told == PermitAnswer(driver=state, transport=state, permitted_until=until, vehicles=2)
    new = read("permits", {"ryzj": rows, "clzj": [], "yhcls": 2}, replace(CASE, vin="", plate_no=""))
    assert (new.driver, new.transport) == (state, None)


@pytest.mark.parametrize(
    ("kind", "said"), [("ride_hailing", "网约"), ("taxi", "巡游"), ("freight", "货运"), ("passenger_line", "客运")]
)
def test_the_register_hears_the_kind_of_transport(kind: str, said: str):
    assert worded("permits", replace(CASE, permit_kind=kind))["yylx"] == said


def months(*settled: str) -> list[dict[str, str]]:
    return [{"month": f"2026-{number:02d}", "settled": one} for number, one in enumerate(settled, 5)]


def test_takings_are_the_mean_of_the_months_that_had_any():
    driver = {"score": 93, "firstOrder": "2025-03-22", "months": months("0.00", "9000.00", "10000.01", "0.00", "0.00")}
    assert read("work_platform", {"driver": driver}) == WorkPlatformAnswer(
        rating=93, platform_months=20, active_months=2, takings_month_fen=Fen(950_001)
    )
    new = read("work_platform", {"driver": driver | {"score": None, "months": []}})
    assert (new.rating, new.active_months, new.takings_month_fen) == (None, 0, 0)
    assert worded("work_platform")["authNo"] == "CN1"


REPORT = {"soh": 91.5, "testDate": "2026-09-20", "warrantyEnd": "2030-06-30", "warrantyTransfer": "Y",
          "packChanged": False}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "health", "until"),
    [
        ({}, Decimal("0.915"), date(2030, 6, 30)),
        ({"soh": 101.2}, Decimal(1), date(2030, 6, 30)),
        ({"warrantyTransfer": "N"}, Decimal("0.915"), None),
        ({"warrantyEnd": None}, Decimal("0.915"), None),
    ],
)
def test_a_batterys_health_and_the_warranty_that_passes_on(changes: Any, health: Decimal, until: date | None):
    assert read("battery", {"report": REPORT | changes}) == BatteryAnswer(
        health_rate=health, tested_on=date(2026, 9, 20), warranty_until=until, is_replaced=False
    )


def appraised(**changes: Any) -> dict[str, Any]:
    model = {"brand": "大众", "series": "id.4-crozz", "year": "2022"}
    return {"b2c_price": 12.5, "c2b_price": 11.2, "residual": 0.84, "accuracy": 92, "vinModels": [model],
            "saleDays": 40, "seriesState": "在产"} | changes  # fmt: skip


def models(*years: int, brand: str = "大众", series: str = "ID.4 CROZZ") -> list[dict[str, Any]]:
    return [{"brand": brand, "series": series, "year": str(year)} for year in years]


@pytest.mark.parametrize(
    ("found", "decoded"),
    [
        (appraised()["vinModels"], "match"),
        (models(2021), "match"),
        (models(2023), "match"),
        (models(2020), "differ"),
        (models(2019, 2022), "match"),
        (models(2022, brand="丰田"), "differ"),
        (models(2022, series="朗逸"), "differ"),
        ([], None),
    ],
)
def test_a_vin_is_decoded_against_the_model_stated(found: list[Any], decoded: str | None):
    assert read("valuation_a", appraised(vinModels=found)).decoded == decoded
    assert read("valuation_a", appraised(vinModels=found), replace(CASE, make="")).decoded is None


def test_an_appraiser_tells_of_the_market_or_does_not():
    told = read("valuation_a", appraised())
    assert (told.retail_fen, told.sale_days, told.is_discontinued) == (12_500_000, 40, False)
    told = read("valuation_a", appraised(saleDays=None, seriesState=""))
    assert (told.sale_days, told.is_discontinued) == (None, None)


@pytest.mark.parametrize(
    ("lines", "claims", "cover"),
    [
        (("POLICY|JQX|2027-05-08|",), (0, 0, 0), 0),
        (("POLICY|JQX|2027-05-08|", "POLICY|SZX|2026-11-22|1500000.00"), (0, 0, 0), 150_000_000),
        (("POLICY|JQX|2027-05-08|", "POLICY|SZX|2026-11-21|1500000.00"), (0, 0, 0), 0),
        (
            ("POLICY|JQX|2027-05-08|", "CLAIM|2025-11-22|100.00", "CLAIM|2025-11-23|20.50", "CLAIM|2026-11-01|3.00"),
            (3, 2, 12_350),
            0,
        ),
    ],
)
def test_claims_of_a_year_and_cover_in_force(lines: tuple[str, ...], claims: tuple[int, int, int], cover: int):
    told = read("insurance", "\n".join(lines))
    assert (told.claims_36m, told.claims_12m, told.claims_fen) == claims
    assert told.third_party_fen == cover


@pytest.mark.parametrize(
    ("source", "content"),
    [
        ("industry_list", {"hit": "1", "records": []}),
        ("industry_list", {"hit": "1", "records": [listed("C", "CERT", "欺诈", "A1", "2026-10-01")]}),
        ("industry_list", {"hit": "1", "records": [listed("B", "CERT", "欺诈", "A1", "soon")]}),
        ("permits", {"ryzj": [certificate("待定", "2028-01-01")], "clzj": [], "yhcls": 1}),
        ("permits", {"ryzj": [], "clzj": [], "yhcls": -1}),
        ("work_platform", {"driver": {"score": 101, "firstOrder": "2025-03-22", "months": []}}),
        ("work_platform", {"driver": {"score": 90, "firstOrder": "2025-03-22", "months": months("-5.00")}}),
        ("work_platform", {"driver": {"score": 90, "firstOrder": "2025-03-22", "months": months(*["1.00"] * 7)}}),
        ("battery", {"report": REPORT | {"soh": 140}}),
        ("battery", {"report": REPORT | {"soh": -1}}),
        ("battery", {"report": {"soh": 90}}),
        ("valuation_a", appraised(seriesState="?")),
        ("valuation_a", appraised(vinModels=[{"brand": "大众"}])),
        ("insurance", "POLICY|JQX|2027-05-08|\nCLAIM|yesterday|1.00"),
    ],
)
def test_an_answer_that_makes_no_sense_is_none(source: str, content: Any):
    with pytest.raises(SourceTrouble, match="answer_unreadable"):
        read(source, content)


@pytest.mark.parametrize(
    ("source", "content"),
    [
        ("industry_list", {"hit": "0", "records": []}),
        ("permits", {"ryzj": [], "clzj": [], "yhcls": 0}),
        ("work_platform", {"driver": None}),
        ("battery", {"report": None}),
    ],
)
def test_nothing_on_record_is_said_so(source: str, content: Any):
    assert ADAPTERS[source].is_nothing(content) is True
