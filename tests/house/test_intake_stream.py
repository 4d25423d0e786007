"""The stream of ``./axle bench intake``: the same for a seed, what applications are kept apart from what they say, and
answers that the real adapters read."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from axle.integrations.public import data_sources_sandbox
from axle.sources.ports import Particulars

BENCH = Path(__file__).parents[2] / "bench"
CATALOGUE = Path(__file__).parents[2] / "src/axle/vehicle/data/trims.csv"
ON = date(2026, 11, 20)
_LOAN = {
    "asset_cost": "67269", "ltv": "73.73", "age": "31", "Employment.Type": "Salaried", "PERFORM_CNS.SCORE": "783",
    "PRI.NO.OF.ACCTS": "3", "PRI.ACTIVE.ACCTS": "2", "PRI.OVERDUE.ACCTS": "0", "PRI.CURRENT.BALANCE": "250000",
    "PRIMARY.INSTAL.AMT": "1999", "NEW.ACCTS.IN.LAST.SIX.MONTHS": "1", "DELINQUENT.ACCTS.IN.LAST.SIX.MONTHS": "0",
    "NO.OF_INQUIRIES": "1", "loan_default": "0",
}  # fmt: skip
_NO_HISTORY = {name: "0" for name in _LOAN if name.startswith(("PRI", "PERFORM", "NEW", "DELINQ", "NO."))}
_ARREARS = {"PRI.OVERDUE.ACCTS": "1", "loan_default": "1", "PERFORM_CNS.SCORE": "310"}


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The stream's module."""
    monkeypatch.syspath_prepend(str(BENCH))
    yield import_module("_stream")
    for name in [name for name, module in sys.modules.items() if str(BENCH) in str(getattr(module, "__file__", ""))]:
        sys.modules.pop(name)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two small sets in the layout of the real ones."""
    loans = tmp_path / "lt_vehicle_loan/lt_subset_11279.csv"
    cars = tmp_path / "used_car_cn/mathorcup2021/a1_valuation_train.tsv"
    for path in (loans, cars):
        path.parent.mkdir(parents=True)
    rows = [_LOAN, _LOAN | _NO_HISTORY, _LOAN | _ARREARS, _LOAN | {"Employment.Type": ""}, _LOAN | {"age": "52"}]
    lines = [",".join(_LOAN), *(",".join(row.values()) for row in rows)]
    loans.write_text("\n".join(lines), encoding="utf-8")
    car = ["18", "2021-05-30", "13", "18", "18", "5.45", "1", "2", "1", "0", "5", "2015-09-01", "2016-11-11"]
    car += ["779416", "2", "", "1.5", "3", "1", "13.79", *[""] * 15]
    cars.write_text("\n".join("\t".join([*car, price]) for price in ("4.98", "9.2", "")), encoding="utf-8")
    return tmp_path


def test_the_stream_is_that_of_its_seed_and_says_nothing_of_what_it_is(bench: Any, data: Path):
    def made(seed: int) -> Any:
        return bench.stream(260, data=data, catalogue=CATALOGUE, on=ON, seed=seed)

    one, other = made(1), made(1)
    told = [asdict(case) for case in one.cases]
    assert (told, one.labels, one.listed_ids) == (
        [asdict(case) for case in other.cases],
        other.labels,
        other.listed_ids,
    )
    assert [asdict(case) for case in made(2).cases] != told
    kinds = {label.kind for label in one.labels.values()}
    assert kinds == {bench.HONEST, bench.RING_KIND, *bench.SINGLE}
    assert sum(label.is_good for label in one.labels.values()) > 150
    said = json.dumps(told, default=str, ensure_ascii=False)
    assert not [kind for kind in kinds if f'"{kind}"' in said]
    assert len({case.customer["id_no"] for case in one.cases}) == len(one.cases)


def test_the_real_adapters_read_every_answer_of_the_stream(bench: Any, data: Path, tmp_path: Path):
    vendors = import_module("_vendors")

    adapters = data_sources_sandbox(sandbox_url="http://sandbox", own_url="http://own", keys=tmp_path)
    stream = bench.stream(260, data=data, catalogue=CATALOGUE, on=ON, seed=1)
    read: dict[str, int] = {}
    for case in stream.cases:
        answers = vendors.person_answers(case.known, on=ON, is_public=False)
        answers |= vendors.car_answers(case.car) if case.car else {}
        particulars = Particulars(
            id_no=case.customer["id_no"], mileage_km=case.vehicle.get("mileage_km"), make=case.trim[0],
            series=case.trim[1], model_year=case.trim[2], phone=case.customer["phone"],
            employer=case.customer["employer"], employer_phone=case.customer.get("employer_phone", ""),
        )  # fmt: skip
        for code, raw in answers.items():
            if raw is not None:
                adapters[code].read(raw, particulars, on=ON)
                read[code] = read.get(code, 0) + 1
    # No invoice is there yet when a case is decided, nobody of the stream drives for a living or buys a used
    # car with a battery.
    assert read.keys() == adapters.keys() - {"invoice", "telematics", "permits", "work_platform", "battery"}
    assert sum(read.values()) > 2_000


def test_registers_know_wages_by_who_pays_them_and_the_true_one_of_a_forger(bench: Any, data: Path, tmp_path: Path):
    vendors = import_module("_vendors")
    adapters = data_sources_sandbox(sandbox_url="http://sandbox", own_url="http://own", keys=tmp_path)
    stream = bench.stream(900, data=data, catalogue=CATALOGUE, on=ON, seed=1)
    bounds, shares = set(), []
    for case in stream.cases:
        kind, known = case.customer["employment_kind"], case.known
        raw = vendors.person_answers(known, on=ON, is_public=False)
        person = Particulars(id_no=case.customer["id_no"], employer=case.customer["employer"])
        social, tax = (
            adapters[code].read(raw[code], person, on=ON) if raw[code] else None
            for code in ("social_insurance", "income_tax")
        )
        label = stream.labels[case.number]
        is_forged = label.kind == "forged income"
        if is_forged:
            assert 1.8 <= case.customer["monthly_income"] / known.wage <= 3.0 / 0.75
        elif not label.is_fraud:
            assert 0.75 <= known.wage / case.customer["monthly_income"] <= 1
            if kind == "public_service":
                assert social is not None
                assert tax is not None
                assert social.payer == tax.wage_payer == "match"
                assert abs(tax.wages_fen / tax.wage_months - known.wage * 100) < 1
            if kind not in ("employed", "public_service"):
                assert social is None or social.insured_as == "flexible"
                assert tax is None or tax.wage_months == 0
        if social and social.insured_as == "employee":
            assert social.base_fen <= max(known.wage * 100 + 1, social.base_least_fen)
            bounds.add((social.base_fen > social.base_least_fen) + (social.base_fen >= social.base_most_fen))
        if tax and tax.wage_months:
            shares.append(tax.wages_fen / tax.wage_months / 100 / known.wage)
    assert bounds == {0, 1, 2}
    assert max(shares) < 1.0001
    assert 0.59 < min(shares) < 0.7
