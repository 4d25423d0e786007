"""Recalibration: how far prices moved, what formulas make of that, and how long a tightening stays."""

import time
from datetime import date
from decimal import Decimal

import pytest

from axle.decisioning.domain.fields import Field, FieldType, Words
from axle.decisioning.domain.policy import PolicyValue, Resolver, place_of
from axle.decisioning.domain.recalibration import (
    Formula,
    NotCalculated,
    Price,
    days_inside_of,
    formula_fault,
    move_of,
    recalculated,
)

TIGHTEN = "drop_rate > 0.05 ? max([base - (drop_rate - 0.05), base * 0.8]) : days_inside < 14 ? current : null"
ON = date(2026, 11, 30)


def field(kind=FieldType.RATE, name="ltv_max_rate"):
    return Field(name=name, type=kind, minimum=Decimal(0), maximum=Decimal(1000), words=Words(zh="成数", en="LTV"))


def change(move, *values, days_inside=0, expression=TIGHTEN, kind=FieldType.RATE):
    price = Price("大众/朗逸", "33", Decimal(100), None if move is None else Decimal(move), days_inside)
    standing = [PolicyValue(parameter="ltv_max_rate", value="0.7" if kind is FieldType.RATE else 70), *values]
    changes, wrong = recalculated([Formula("tighten", field(kind), expression)], [price], standing)
    return [(one.value, is_removed) for one, is_removed in changes], [one.detail for one in wrong]


def own(value):
    return PolicyValue(parameter="ltv_max_rate", vehicle_series="大众/朗逸", region="33", value=value)


@pytest.mark.parametrize(
    ("move", "expected"),
    [
        ("-0.06", [("0.69", False)]),
        ("-0.0501", [("0.6999", False)]),
        ("-0.05", []),
        ("-0.25", [("0.56", False)]),
        ("-0.9", [("0.56", False)]),
        ("0.2", []),
        (None, []),
    ],
)
def test_a_drop_of_more_than_five_per_cent_tightens_down_to_a_floor(move, expected):
    assert change(move, days_inside=0 if expected else 99) == (expected, [])


@pytest.mark.parametrize(
    ("days_inside", "expected"), [(1, []), (13, []), (14, [("0.69", True)]), (15, [("0.69", True)])]
)
def test_a_tightening_stays_for_fourteen_quiet_days(days_inside, expected):
    assert change("-0.01", own("0.69"), days_inside=days_inside) == (expected, [])


def test_a_further_drop_starts_from_the_value_without_a_tightening():
    assert change("-0.07", own("0.69")) == ([("0.68", False)], [])
    assert change("-0.06", own("0.69")) == ([], [])


def test_the_base_is_what_the_series_or_the_region_would_have():
    series = PolicyValue(parameter="ltv_max_rate", vehicle_series="大众/朗逸", value="0.8")
    assert change("-0.06", series) == ([("0.79", False)], [])
    region = PolicyValue(parameter="ltv_max_rate", region="33", value="0.6")
    assert change("-0.06", region) == ([("0.59", False)], [])


def test_what_is_lower_for_some_stays_lower_and_is_tightened_too():
    used = PolicyValue(parameter="ltv_max_rate", scenario="used_recent", value="0.5")
    price = Price("大众/朗逸", "", Decimal(100), Decimal("-0.06"), 0)
    standing = [PolicyValue(parameter="ltv_max_rate", value="0.7"), used]
    changes, wrong = recalculated([Formula("tighten", field(), TIGHTEN)], [price], standing)
    assert [(one.scenario, one.vehicle_series, one.value) for one, _ in changes] == [
        ("", "大众/朗逸", "0.69"),
        ("used_recent", "大众/朗逸", "0.49"),
    ]
    assert wrong == []
    resolver = Resolver([*standing, *(one for one, _ in changes)])
    case = place_of({"vehicle_series": "大众/朗逸"}, ("used_recent",))
    assert resolver.resolve(case) == {"ltv_max_rate": "0.49"}
    again, _ = recalculated([Formula("tighten", field(), TIGHTEN)], [price], [*standing, *(one for one, _ in changes)])
    assert again == [], "a second day of the same prices tightens nothing further"


def test_what_a_formula_cannot_give_is_told_and_changes_nothing():

    assert change("-0.06", expression="base * 10000")[1] == ["7000.0 is no value of ltv_max_rate"]
    assert change("-0.06", expression="base + 0.5", kind=FieldType.INTEGER)[1] == ["70.5 is no value of ltv_max_rate"]
    nothing = recalculated([Formula("f", field(), TIGHTEN)], [Price("a", "33", Decimal(1), Decimal("-0.1"), 0)], [])
    assert nothing == ([], [NotCalculated("f", "a", "33", "no value to start from")])


@pytest.mark.parametrize(
    ("expression", "word"),
    [
        (TIGHTEN, ""),
        ("null", ""),
        ("base *", "unexpected"),
        ("price", "unknown name"),
        ("current * 2", "null"),
        ("'0.7'", "a number"),
        ("base > 1", "a number"),
    ],
)
def test_a_formula_is_checked_before_it_is_kept(expression, word):
    assert word in formula_fault(expression)
    assert bool(formula_fault(expression)) == bool(word)


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ([], None),
        ([(date(2026, 11, 1), Decimal(50))], None),
        ([(date(2026, 11, 1), Decimal(50)), (date(2026, 10, 31), Decimal(100)), (date(2026, 9, 1), 80)], "-0.060000"),
    ],
)
def test_a_price_is_compared_with_the_last_one_that_is_thirty_days_old(earlier, expected):
    assert move_of(Decimal(94), earlier, ON) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("move", "last_outside", "expected"),
    [("0.06", None, 0), ("-0.06", date(2026, 11, 1), 0), ("0.05", date(2026, 11, 16), 14), (None, None, 9999)],
)
def test_quiet_days_are_counted_from_the_last_move(move, last_outside, expected):
    assert days_inside_of(None if move is None else Decimal(move), Decimal("0.05"), last_outside, ON) == expected


def test_thousands_of_values_are_calculated_in_a_second():
    names = ["ltv_max_rate", "deposit_rate", "share_rate", "residual_rate"]
    formulas = [Formula(name, field(name=name), TIGHTEN) for name in names]
    prices = [
        Price(f"车系{number}", f"{region}", Decimal(90), Decimal("-0.1"), 0)
        for number in range(18)
        for region in range(11, 42)
    ]
    started = time.perf_counter()
    changes, wrong = recalculated(formulas, prices, [PolicyValue(parameter=name, value="0.7") for name in names])
    assert (len(changes), wrong) == (4 * 18 * 31, [])
    assert time.perf_counter() - started < 5
