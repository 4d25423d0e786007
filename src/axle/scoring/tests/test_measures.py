"""What the measures say of cases that can be counted by hand."""

import numpy as np
import pytest

from axle.scoring.domain.binning import information, weights
from axle.scoring.domain.measures import auc, band_counts, bands, brier, calibration, fairness, ks, psi
from axle.scoring.domain.sample_split import held_out, is_held_out


def floats(*values):
    return np.array(values, dtype=float)


def test_weights_and_information_of_the_three_bins_of_working_years():
    good, bad = floats(3000, 5000, 12000, 0), floats(150, 120, 130, 0)

    assert weights(good, bad).round(4).tolist() == [-0.9163, -0.1823, 0.6131, -0.9163]  # nobody was missing: the worst
    assert round(information(good, bad), 3) == 0.384


def test_a_bin_without_bad_cases_has_a_finite_weight():
    found = weights(floats(50, 50, 0), floats(0, 10, 0))

    assert np.isfinite(found).all()
    assert found[0] > found[1]


@pytest.mark.parametrize(
    ("risk", "bad", "area", "distance"),
    [
        ([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], 1.0, 1.0),
        ([0.9, 0.8, 0.2, 0.1], [0, 0, 1, 1], 0.0, 1.0),
        ([0.5, 0.5, 0.5, 0.5], [0, 1, 0, 1], 0.5, 0.0),
        ([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1], 0.75, 0.5),
    ],
)
def test_auc_and_ks_of_four_cases(risk, bad, area, distance):
    assert auc(floats(*risk), floats(*bad)) == area
    assert ks(floats(*risk), floats(*bad)) == distance


def test_auc_counts_pairs():
    random = np.random.default_rng(3)
    risk, bad = random.integers(0, 6, 60).astype(float), random.integers(0, 2, 60).astype(float)
    pairs = [(a > b) + (a == b) / 2 for a in risk[bad == 1] for b in risk[bad == 0]]

    assert auc(risk, bad) == pytest.approx(sum(pairs) / len(pairs))


def test_stability_of_equal_and_of_moved_populations():
    assert psi(floats(10, 20, 70), floats(100, 200, 700)) == 0
    assert round(psi(floats(50, 50), floats(60, 40)), 4) == 0.0405
    assert psi(floats(50, 50), floats(100, 0)) > 0.25  # an empty bin is finite, and far


def test_bands_hold_every_case_once_and_tell_what_was_predicted():
    points, bad = floats(500, 510, 520, 530), floats(1, 1, 0, 0)
    bounds = bands(points, 2)
    rows = calibration(points, floats(0.6, 0.6, 0.2, 0.2), bad, bounds)

    assert band_counts(points, bounds).sum() == 4
    assert [(row["count"], row["bad"], row["predicted"], row["observed"]) for row in rows] == [
        (1, 1, 0.6, 1.0),
        (3, 1, 0.3333, 0.3333),
    ]
    assert round(brier(floats(0.5, 0.5), floats(0, 1)), 4) == 0.25


def test_fairness_compares_approvals_of_groups_that_are_large_enough():
    points = np.array([600.0] * 60 + [500.0] * 40 + [600.0] * 30 + [500.0] * 30 + [600.0] * 5)
    groups = ["a"] * 100 + ["b"] * 60 + ["c"] * 5
    rows = fairness(points, np.zeros(165), groups, cut=550)

    assert [(row["group"], row["approval_rate"], row["approval_ratio"]) for row in rows] == [
        ("a", 0.6, 1.0),
        ("b", 0.5, 0.8333),
        ("c", 1.0, None),
    ]


def test_the_split_follows_the_key_alone():
    keys = [f"A{number}" for number in range(5000)]

    assert 0.18 < held_out(keys).mean() < 0.22
    assert held_out(keys[::-1])[::-1].tolist() == held_out(keys).tolist()
    assert is_held_out("A17") == bool(held_out(keys)[17])
    assert held_out(keys, salt="other").tolist() != held_out(keys).tolist()
