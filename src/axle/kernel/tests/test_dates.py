"""Months with an anchor day, month ends, leap years, ISO text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axle.kernel.dates import add_months, days_in_month, is_leap, is_month_end, month_end, months_between, parse_date
from axle.kernel.errors import InvalidDate

dates = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(("year", "leap"), [(2024, True), (2023, False), (1900, False), (2000, True), (2100, False)])
def test_leap_years(year, leap):
    assert is_leap(year) is leap
    assert days_in_month(year, 2) == 28 + leap


@pytest.mark.parametrize(
    ("start", "months", "anchor", "rule", "expected"),
    [
        (date(2026, 1, 31), 1, None, "clamp", date(2026, 2, 28)),
        (date(2024, 1, 31), 1, None, "clamp", date(2024, 2, 29)),
        (date(2026, 2, 28), 1, 31, "clamp", date(2026, 3, 31)),
        (date(2026, 1, 31), 1, None, "roll", date(2026, 3, 1)),
        (date(2026, 11, 30), 1, 31, "roll", date(2026, 12, 31)),
        (date(2026, 10, 31), 1, None, "roll", date(2026, 12, 1)),
        (date(2026, 3, 25), -3, None, "clamp", date(2025, 12, 25)),
        (date(2026, 12, 5), 1, None, "clamp", date(2027, 1, 5)),
        (date(2026, 5, 20), 0, 25, "clamp", date(2026, 5, 25)),
    ],
)
def test_add_months(start, months, anchor, rule, expected):
    assert add_months(start, months, anchor_day=anchor, rule=rule) == expected


@given(dates, st.integers(0, 600))
def test_adding_months_one_by_one_with_the_anchor_is_adding_them_at_once(start, months):
    on = start
    for _ in range(months % 24):
        on = add_months(on, 1, anchor_day=start.day)
    assert on == add_months(start, months % 24)


@given(dates, st.integers(0, 600))
def test_months_between_counts_what_was_added(start, months):
    assert months_between(start, add_months(start, months)) == months


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 2, 25), date(2027, 2, 24), 11),
        (date(2026, 2, 25), date(2027, 2, 25), 12),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 3, 30), 1),
    ],
)
def test_months_between(start, end, months):
    assert months_between(start, end) == months


def test_month_end():
    assert month_end(date(2024, 2, 3)) == date(2024, 2, 29)
    assert is_month_end(date(2026, 4, 30))
    assert not is_month_end(date(2026, 3, 30))


@given(dates)
def test_iso_text_is_read_back(on):
    assert parse_date(on.isoformat()) == on


@pytest.mark.parametrize(
    "text", ["2026-02-30", "20260225", "2026-2-5", "", "2026-02-25T00:00", None, 20260225, "2026-W01-1"]
)
def test_other_text_is_refused(text):
    with pytest.raises(InvalidDate):
        parse_date(text)
