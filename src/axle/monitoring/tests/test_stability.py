"""PSI against examples worked by hand: a scorecard's development sample, and a strategy's first 30 days."""

from datetime import date, timedelta

import pytest

from axle.monitoring import permissions as may
from axle.monitoring.models import ScoreDay
from axle.monitoring.stability import stabilities
from axle.monitoring.tests import planting
from axle.platform.public import business_date_set
from axle.platform.testing import client_for, make_user
from axle.scoring.public import Distribution

ON = date(2026, 3, 10)


def test_the_index_is_the_sum_worked_by_hand():
    """(0.3 - 0.5)·ln(0.3 / 0.5) + (0.7 - 0.5)·ln(0.7 / 0.5) = 0.1022 + 0.0673 = 0.1695."""
    before = Distribution({0: 50, 1: 50})
    assert before.moved({0: 30, 1: 70}) == 0.1695
    assert before.moved({0: 5, 1: 5}) == 0


def test_scores_fall_into_the_bands_of_the_reference():
    bands = Distribution({0: 50, 1: 50}, bounds=(600,))
    assert bands.placed({599: 3, 600: 4, 720: 1}) == {0: 3, 1: 5}
    assert bands.places({720: 1}) == [(0, 50, 0), (1, 50, 1)]
    tenths = Distribution.of_scores(dict.fromkeys(range(100), 1))
    assert tenths.bounds is not None
    assert len(tenths.bounds) == 9
    assert sum(tenths.counts.values()) == 100


def test_an_answer_that_nobody_gave_before_is_a_place_of_its_own():
    assert Distribution({1: 100}).places({2: 10}) == [(1, 100, 0), (2, 0, 10)]
    assert Distribution({1: 100}).moved({2: 10}) > 10


def _day(on, version_id, counts, characteristic="", scored_by="strategy", code="small", version_no=1):
    ScoreDay.objects.create(
        business_on=on, scored_by=scored_by, code=code, version_id=version_id, version_no=version_no,
        characteristic=characteristic, cases=sum(counts.values()), counts=counts,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_scorecard_is_held_against_what_it_was_developed_on(django_assert_num_queries):
    card = planting.scorecard_version([600], [500, 500], [500, 400, 100])
    told = {"scored_by": "scorecard", "code": "small_card", "version_no": 3}
    _day(ON - timedelta(days=30), card.pk, {"550": 1000}, **told)
    _day(ON - timedelta(days=29), card.pk, {"550": 10, "610": 20}, **told)
    _day(ON, card.pk, {"550": 20, "700": 50}, **told)
    _day(ON, card.pk, {"0": 50, "1": 40, "2": 10}, "ltv", **told)
    with django_assert_num_queries(4):
        score, ltv = stabilities(ON, ON)
    assert (score.cases, score.psi, score.names.zh) == (100, 0.1695, "小卡 v3")
    assert (ltv.psi, ltv.names.en) == (0, "Small card v3 · Loan to value")
    reader = client_for(make_user("risk", permissions=[may.FIGURE_VIEW]))
    business_date_set(ON + timedelta(days=1))
    assert [row["psi"] for row in reader.get("/reports/score_stability")[1]["items"]] == ["0.1695", "0.0000"]
    low, high = reader.get("/reports/score_bands")[1]["items"]
    assert (low["score_below"], low["share_before"], low["share_now"]) == (600, "0.5", "0.3")
    assert (high["score_from"], high["share_now"]) == (600, "0.7")


@pytest.mark.django_db
def test_a_strategy_is_held_against_its_first_30_days():
    first = ON - timedelta(days=40)
    for day in (0, 29):
        _day(first + timedelta(days=day), 7, {"10": 25, "20": 25}, "age")
        _day(first + timedelta(days=day), 7, {"500": 25, "600": 25})
    _day(first + timedelta(days=30), 7, {"10": 0, "20": 20}, "age")
    _day(ON, 7, {"10": 5}, "age")
    _day(ON, 7, {"500": 10, "600": 20})
    found = {(one.on, one.characteristic): one for one in stabilities(first, ON)}
    assert found[first + timedelta(days=29), ""].psi is None
    assert found[ON, "age"].cases == 75
    assert found[ON, "age"].psi == Distribution({10: 50, 20: 50}).moved({10: 30, 20: 45})
    assert found[ON, ""].psi == Distribution({0: 50, 1: 50}).moved({0: 35, 1: 45})


@pytest.mark.django_db
def test_few_cases_have_no_index():
    card = planting.scorecard_version([600], [500, 500], [500, 400, 100])
    _day(ON, card.pk, {"550": 49}, scored_by="scorecard", code="small_card", version_no=3)
    (score,) = stabilities(ON, ON)
    assert (score.cases, score.psi) == (49, None)
