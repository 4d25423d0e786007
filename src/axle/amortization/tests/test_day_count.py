"""Day counts against hand-counted spans."""

from datetime import date

import pytest

from axle.amortization.day_count import days_between, holds_leap_day, year_days, year_part


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 3, 12), date(2026, 4, 25), 43),
        (date(2026, 1, 31), date(2026, 2, 28), 28),
        (date(2026, 1, 30), date(2026, 1, 31), 0),
        (date(2026, 2, 28), date(2026, 3, 31), 32),
        (date(2026, 5, 31), date(2027, 5, 31), 360),
    ],
)
def test_30_360(start, end, days):
    assert days_between("30/360", start, end) == days


@pytest.mark.parametrize(
    ("day_count", "start", "end", "part", "whole"),
    [
        ("actual/360", date(2024, 2, 1), date(2024, 3, 1), 29, 360),
        ("actual/365", date(2024, 2, 1), date(2024, 3, 1), 29, 365),
        ("actual/actual", date(2023, 12, 12), date(2024, 1, 12), 19 * 366 + 12 * 365, 365 * 366),
        ("actual/actual", date(2024, 1, 1), date(2024, 12, 31), 365 * 365, 365 * 366),
        ("actual/actual", date(2024, 12, 31), date(2025, 12, 31), 365 * 366, 365 * 366),
        ("actual/actual", date(2023, 12, 31), date(2025, 1, 31), 366 * 365 + 31 * 366, 365 * 366),
        ("actual/365-leap", date(2024, 2, 1), date(2024, 3, 1), 29 * 365, 365 * 366),
        ("actual/365-leap", date(2024, 3, 1), date(2024, 4, 1), 31 * 366, 365 * 366),
    ],
)
def test_year_part(day_count, start, end, part, whole):
    assert (year_part(day_count, start, end), year_days(day_count)) == (part, whole)


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [
        (date(2024, 2, 29), date(2024, 3, 29), True),
        (date(2024, 1, 29), date(2024, 2, 29), False),
        (date(2024, 1, 30), date(2024, 3, 1), True),
        (date(2023, 3, 1), date(2025, 2, 28), True),
        (date(2100, 2, 1), date(2100, 3, 1), False),
    ],
)
def test_holds_leap_day(start, end, holds):
    assert holds_leap_day(start, end) is holds
