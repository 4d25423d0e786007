"""Policy values: which of several scopes decides, when promotions count, what a lacking value leads to."""

import time
from datetime import date

import pytest

from axle.decisioning.domain.evaluation import evaluate
from axle.decisioning.domain.policy import DIMENSIONS, PolicyValue, Resolver, place_of, values_changed, values_parse
from axle.decisioning.domain.scenarios import ScenarioTree
from axle.decisioning.tests.factories import PRICED, base_case, standard

CASE = {
    "legal_entity_code": "AXF",
    "product_code": "NEW-LP",
    "region_code": "330106",
    "dealer_grade": "A",
    "vehicle_class": "passenger",
    "vehicle_series": "大众/朗逸",
}
PATH = ("new_bev", "new_car", "business")


def value(amount, **scope):
    return PolicyValue(parameter="cap", value=amount, **scope)


def resolved(*values, on=None, case=CASE, path=PATH):
    return Resolver(values, on=on).resolve(place_of(case, path)).get("cap")


@pytest.mark.parametrize("weaker", range(len(DIMENSIONS) - 1))
def test_a_later_dimension_goes_before_all_earlier_ones(weaker):
    told = dict(zip(DIMENSIONS, ("AXF", "NEW-LP", "new_bev", "330106", "A", "passenger", "大众/朗逸"), strict=True))
    earlier = {name: told[name] for name in DIMENSIONS[: weaker + 1]}
    later = {DIMENSIONS[weaker + 1]: told[DIMENSIONS[weaker + 1]]}
    assert resolved(value(0), value(1, **earlier), value(2, **later)) == 2
    assert resolved(value(0), value(1, **earlier), value(2, **later), value(3, **earlier, **later)) == 3


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        ([{}], 0),
        ([{}, {"region": "33"}], 1),
        ([{}, {"region": "33"}, {"region": "330106"}, {"region": "3301"}], 2),
        ([{}, {"region": "3302"}, {"region": "31"}], 0),
        ([{}, {"scenario": "business"}, {"scenario": "new_car"}], 2),
        ([{}, {"scenario": "new_bev"}, {"scenario": "new_car"}], 1),
        ([{}, {"scenario": "truck"}], 0),
        ([{}, {"dealer_grade": "B"}, {"vehicle_series": "大众/帕萨特"}], 0),
        ([{"region": "31"}], None),
    ],
)
def test_the_nearest_scope_that_fits_decides(scopes, expected):
    assert resolved(*(value(number, **scope) for number, scope in enumerate(scopes))) == expected


def test_a_case_without_a_dealer_is_in_no_scope_of_dealers():
    case = CASE | {"dealer_grade": None}
    assert resolved(value(0), value(1, dealer_grade="A"), case=case) == 0


@pytest.mark.parametrize(("on", "expected"), [(date(2026, 11, 30), 1), (date(2026, 12, 1), 2), (date(2026, 12, 31), 2)])
def test_a_promotion_counts_between_its_days_and_goes_before_lasting_values(on, expected):
    dates = {"since": date(2026, 12, 1), "until": date(2026, 12, 31)}
    values = (value(0), value(1, vehicle_series="大众/朗逸"), value(2, dealer_grade="A", **dates))
    assert resolved(*values, on=on) == expected
    assert resolved(*values, on=date(2027, 1, 1)) == 1


@pytest.mark.parametrize(
    "scope",
    [{"since": date(2026, 12, 1)}, {"since": date(2026, 12, 2), "until": date(2026, 12, 1)}, {"region": "330"}],
)
def test_a_scope_that_means_nothing_is_refused(scope):
    with pytest.raises(ValueError, match=r"promotion|before|digits"):
        value(1, **scope)


def test_two_values_in_one_scope_are_refused():
    with pytest.raises(ValueError, match="two values"):
        values_parse([{"parameter": "cap", "value": 1}, {"parameter": "cap", "value": 2}])


def test_changes_are_laid_over_values():
    before = [value(0), value(1, region="33")]
    changed = values_changed(before, [(value(5), False), (value(0, region="33"), True), (value(7, region="31"), False)])
    assert {(one.scope.region, one.value) for one in changed} == {("", 5), ("31", 7)}


def test_thousands_of_values_are_resolved_in_microseconds():
    series = [f"品牌/车系{number}" for number in range(40)]
    rows = [
        value(number, vehicle_series=name, region=f"{region:02d}")
        for number, name in enumerate(series)
        for region in range(11, 66)
    ]
    resolver = Resolver([value(0), *rows])
    places = [place_of(CASE | {"vehicle_series": name}, PATH) for name in series]
    started = time.perf_counter()
    found = [resolver.resolve(place)["cap"] for _ in range(50) for place in places]
    assert (time.perf_counter() - started) / len(found) < 0.0005
    assert found[:40] == list(range(40))


def test_a_value_that_nobody_set_or_that_is_wrong_sends_the_case_to_a_person():
    values = values_parse(
        {"parameter": name, "value": stored}
        for name, stored in standard().reference.resolve(place_of({}, ())).items()
        if name != "age_min_years"
    )
    lacking = evaluate(standard(), base_case(), deadline_seconds=10, policy=Resolver(values))
    assert [(fault.code.value, fault.where) for fault in lacking.faults] == [("policy_value_missing", "age_min_years")]
    wrong = Resolver([*values, PolicyValue(parameter="age_min_years", value="18")])
    answer = evaluate(standard(), base_case(), deadline_seconds=10, policy=wrong)
    assert (lacking.outcome, answer.outcome) == ("refer", "refer")
    assert [(fault.code.value, fault.where) for fault in answer.faults] == [("policy_value_wrong", "age_min_years")]


def tree(*scenarios):
    return ScenarioTree.model_validate({"scenarios": scenarios})


def scenario(code, **parts):
    return {"code": code, "name": {"zh": code, "en": code}, **parts}


@pytest.mark.parametrize(
    ("scenarios", "message"),
    [
        ([scenario("aa"), scenario("aa")], "twice"),
        ([scenario("aa", when={"kind": ["new"]})], "every case"),
        ([scenario("aa", is_group=True)], "every case"),
        ([scenario("aa", parent="bb"), scenario("bb", parent="aa")], "circle"),
        ([scenario("aa", parent="zz")], "nowhere"),
    ],
)
def test_scenarios_that_are_no_tree_are_refused(scenarios, message):
    with pytest.raises(ValueError, match=message):
        tree(*scenarios)


def test_scenarios_that_no_case_reaches_are_told():
    contract = standard().contract
    odd = tree(
        scenario("wide", when={"vehicle_kind": ["used"]}),
        scenario("narrow", when={"vehicle_kind": ["used"], "vehicle_age_months": {"maximum": 60}}),
        scenario("strange", when={"vehicle_kind": ["old"], "colour": ["red"], "product_code": {"minimum": 1}}),
        scenario("rest"),
    )
    assert list(odd.problems(contract.inputs)) == [
        ("narrow", "wide takes all its cases"),
        ("strange", "vehicle_kind: not a choice: old"),
        ("strange", "colour: not an input"),
        ("strange", "product_code: not a number"),
    ]
    assert list(tree(*PRICED["policy"]["scenarios"]).problems(contract.inputs)) == [("used_car", "kind: not an input")]
