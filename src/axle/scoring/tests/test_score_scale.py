"""The score scale: PDO 20, 600 points at 50 to 1."""

import math

import pytest

from axle.scoring.domain.score_scale import ScoreScale


def test_factor_and_offset_follow_from_the_odds():
    assert round(ScoreScale().factor, 4) == 28.8539
    assert round(ScoreScale().offset, 3) == 487.123


@pytest.mark.parametrize(("odds", "score"), [(50, 600), (100, 620), (25, 580), (200, 640)])
def test_doubling_the_odds_adds_twenty_points(odds, score):
    assert ScoreScale().points(weight=0, alpha=math.log(odds), characteristics=1) == score


def test_a_score_of_640_defaults_one_time_in_two_hundred():
    assert round(ScoreScale().default_probability(640), 5) == 0.00498
