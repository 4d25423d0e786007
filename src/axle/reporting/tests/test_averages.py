"""Averages, with the examples that people check by hand."""

from decimal import Decimal

from axle.reporting.domain.averages import average_yield, daily_average, weighted_rate


def test_the_weighted_average_rate_is_not_the_mean_of_the_rates():
    loans = [(100_000_00, Decimal("0.09")), (200_000_00, Decimal("0.075")), (50_000_00, Decimal("0.12"))]
    assert weighted_rate(loans) == Decimal("0.08571429")
    assert weighted_rate([]) is None


def test_the_daily_average_counts_every_day():
    spans = [(1_000_000_00, 10), (1_300_000_00, 12), (1_250_000_00, 9)]
    assert daily_average(spans) == 1_188_709_68
    assert daily_average([]) == 0


def test_the_yield_is_of_a_year():
    assert average_yield(1_000_00, 120_000_00, 31) == Decimal("0.09811828")
    assert average_yield(1, 0, 31) is None
