"""A development on a sample of which it is known what decides."""

import json
from functools import cache
from itertools import pairwise

import pytest

from axle.scoring.development import challenger
from axle.scoring.development.develop import Development, develop
from axle.scoring.domain.card import CaseUnscorable, card_parse
from axle.scoring.domain.plan import plan_parse
from axle.scoring.errors import NothingTellsGoodFromBad, SampleRefused
from axle.scoring.tests.factories import GOOD, sample_file, sample_plan


@cache
def developed() -> Development:
    return develop(sample_file(), sample_plan())


def one(name):
    return next(found for found in developed().card.characteristics if found.name == name)


def test_what_decides_is_found_and_chance_is_not():
    assert {found.name for found in developed().card.characteristics} == {"ltv", "income", "job"}
    (dropped,) = developed().report["dropped"]
    assert dropped["name"] == "noise"
    assert dropped["reason"] in {"little_information", "does_not_hold"}
    held = developed().report["holdout"]
    assert held["auc"] > 0.7
    assert held["gini"] == pytest.approx(2 * held["auc"] - 1, abs=2e-4)
    assert abs(held["predicted"] - held["observed"]) < 0.06


def test_points_run_one_way_and_bins_leave_no_gap():
    ltv = [found for found in one("ltv").bins if not found.is_missing]

    assert len(ltv) > 1
    assert all(left.points > right.points and left.upper == right.lower for left, right in pairwise(ltv))
    assert sum(found.good + found.bad for found in one("ltv").bins) == developed().report["sample"]["train"]


def test_missing_is_a_bin_of_its_own():
    income = one("income")
    missing = income.bins[income.bin_no(None)]

    assert missing.is_missing
    assert missing.good + missing.bad > 50
    assert missing.points not in {
        max(found.points for found in income.bins),
        min(found.points for found in income.bins),
    }
    assert income.bin_no(0) == 0  # zero is a number


def test_missing_that_development_never_saw_weighs_as_the_worst():
    ltv = one("ltv")

    assert (ltv.bins[-1].good, ltv.bins[-1].bad) == (0, 0)
    assert ltv.bins[-1].points == min(found.points for found in ltv.bins)


def test_the_same_file_gives_the_same_version_and_other_order_the_same_split():
    again = develop(sample_file(), sample_plan())
    head, *rows = sample_file().decode().splitlines()
    turned = develop("\n".join([head, *rows[::-1]]).encode(), sample_plan())

    assert again.card == developed().card
    assert again.report == developed().report
    assert again.challenger == developed().challenger
    assert turned.report["sample"]["holdout"] == developed().report["sample"]["holdout"]
    assert turned.card == developed().card


def test_points_are_the_scale_of_the_fitted_odds():
    card = developed().card
    for case in ({"ltv": 0.4, "income": 15_000, "job": "clerk"}, {"ltv": 0.9, "income": None, "job": "trader"}):
        scored = card.score(case)
        log_odds = card.intercept
        for found, part in zip(card.characteristics, scored.contributions, strict=True):
            log_odds += found.coefficient * found.bins[part.bin_no].weight
        exact = card.scale.offset + card.scale.factor * log_odds
        assert abs(scored.points - exact) <= len(card.characteristics) / 2  # each bin is rounded once
    assert card.score(GOOD).points > scored.points


def test_a_case_is_explained_by_the_points_that_it_lost():
    scored = developed().card.score({"ltv": 0.9, "income": 2_000, "job": "clerk"})

    assert sum(part.points for part in scored.contributions) == scored.points
    assert set(scored.reason_codes()) >= {"R06", "R04"}
    assert developed().card.score(GOOD).reason_codes() == ()


@pytest.mark.parametrize(
    ("change", "name", "reason"),
    [
        ({"ltv": "much"}, "ltv", "not_a_number"),
        ({"ltv": True}, "ltv", "not_a_number"),
        ({"ltv": float("nan")}, "ltv", "not_a_number"),
        ({"job": 1.5}, "job", "not_a_category"),
        ({"job": ["clerk"]}, "job", "not_a_category"),
    ],
)
def test_a_case_of_the_wrong_kind_is_refused(change, name, reason):
    with pytest.raises(CaseUnscorable) as refusal:
        developed().card.score(GOOD | change)
    assert (refusal.value.name, refusal.value.reason) == (name, reason)


def test_absent_is_not_missing_and_unseen_is_other():
    with pytest.raises(CaseUnscorable) as refusal:
        developed().card.score({"ltv": 0.4, "job": "clerk"})
    assert (refusal.value.name, refusal.value.reason) == ("income", "absent")
    job = one("job")
    assert job.bins[job.bin_no("astronaut")].is_other


def test_a_table_with_a_gap_is_refused():
    data = developed().card.model_dump(mode="json")
    ltv = next(found for found in data["characteristics"] if found["name"] == "ltv")
    ltv["bins"][1]["lower"] += 0.01

    with pytest.raises(ValueError, match="without a gap"):
        card_parse(json.loads(json.dumps(data)))


def test_the_report_compares_groups_and_both_sides_of_the_split():
    report = developed().report
    (age,) = report["fairness"]

    assert [row["group"] for row in age["rows"]] == ["30–45", "<30", "≥45"]
    assert max(row["approval_ratio"] for row in age["rows"]) == 1
    assert sum(row["count"] for row in report["bands"]) == report["sample"]["holdout"]
    assert report["stability"]["score"] < 0.25
    assert set(report["stability"]["characteristics"]) == {"ltv", "income", "job"}


@pytest.mark.skipif(not challenger.is_available(), reason="LightGBM is not installed")
def test_the_challenger_stands_beside_it_and_explains_itself():
    report, model = developed().report["challenger"], developed().challenger
    assert model is not None
    assert report["holdout"]["auc"] > 0.65
    assert {gain["name"] for gain in report["gains"]} >= {"ltv", "income", "job"}

    bad = challenger.opinion(model, {"ltv": 0.93, "income": 2_500, "job": "trader", "noise": None})
    good = challenger.opinion(model, GOOD | {"noise": None})

    assert good.default_rate < 0.3 < bad.default_rate
    assert bad.reason_codes[0] in {"R06", "R04"}
    assert {name for name, _ in bad.contributions} == {"ltv", "income", "job", "noise"}


def lines(*rows):
    return "\n".join(["id,ltv,bad", *rows]).encode()


@pytest.mark.parametrize(
    ("content", "plan", "told"),
    [
        (b"", {}, "first line"),
        (b"id,id,bad\n1,2,0", {}, "first line"),
        (b"\xff\xfe\xfa", {}, "neither UTF-8"),
        (lines("1,0.5"), {}, "line 2 has 2 columns"),
        (lines("1,0.5,0"), {"target": "default"}, "no column default"),
        (lines("1,0.5,2"), {}, "must be 0 or 1"),
        (lines("1,0.5,0"), {}, "1 rows with 0 bad ones"),
        (sample_file().replace(b"A00007,0", b"A00007,x0"), {}, "is not a number"),
    ],
)
def test_a_file_that_cannot_be_developed_on_is_refused(content, plan, told):
    base = {"target": "bad", "key": "id", "candidates": [{"column": "ltv", "name": "ltv", "kind": "number"}]}
    with pytest.raises(SampleRefused) as refusal:
        develop(content, plan_parse(base | plan))
    assert told in refusal.value.params["detail"]


def test_chance_alone_gives_no_scorecard():
    with pytest.raises(NothingTellsGoodFromBad):
        develop(sample_file(), sample_plan(candidates=[{"column": "noise", "name": "noise"}]))


def test_rows_without_what_is_needed_are_counted_and_left_out():
    found = develop(sample_file(), sample_plan(needed=["income"]))
    sample = found.report["sample"]

    assert sample["left_out"]["income"] + sample["rows"] == 1200
    assert sample["left_out"]["income"] > 50


@pytest.mark.parametrize(
    ("plan", "told"),
    [({}, "target"), ({"target": "bad", "wish": 1}, "wish"), ({"target": "b", "approval_share": 2}, "approval_share")],
)
def test_a_plan_that_cannot_be_read_is_refused(plan, told):
    with pytest.raises(ValueError, match=told):
        plan_parse(plan)


def test_columns_get_names_of_their_own():
    plan = plan_parse({"target": "y"})

    assert [one.name for one in plan.candidates_of(["PAY_0", "Pay 0", "车龄", "2nd", "y"])] == [
        "pay_0",
        "column_2",
        "column_3",
        "c_2nd",
    ]
