"""The working days of mainland China as announced, and weekends beyond."""

from datetime import date, timedelta

import pytest

from axle.kernel.calendar import calendar
from axle.kernel.errors import UnknownCalendar

CN = calendar("cn")


@pytest.mark.parametrize(
    ("on", "works"),
    [
        (date(2026, 2, 17), False),
        (date(2026, 2, 14), True),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 10, 10), True),
        (date(2026, 11, 22), False),
        (date(2026, 11, 23), True),
        (date(2025, 10, 8), False),
        (date(2024, 9, 29), True),
        (date(2030, 10, 1), True),
        (date(2030, 10, 5), False),
    ],
)
def test_working_days(on, works):
    assert CN.is_working_day(on) is works


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("next", date(2026, 10, 8)), ("previous", date(2026, 9, 30)), ("keep", date(2026, 10, 3))],
)
def test_shift(rule, expected):
    assert CN.shift(date(2026, 10, 3), rule) == expected
    assert CN.shift(date(2026, 11, 23), rule) == date(2026, 11, 23)


def test_working_days_after():
    assert CN.working_days_after(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert CN.working_days_after(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert CN.working_days_after(date(2026, 9, 30), 0) == date(2026, 9, 30)


def test_every_exchanged_day_is_a_weekend_day_and_no_holiday():
    assert all(on.weekday() >= 5 for on in CN.worked_weekend_days)
    assert not CN.worked_weekend_days & CN.holidays
    assert CN.announced_years == {2024, 2025, 2026}


@pytest.mark.parametrize(("year", "count"), [(2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_a_year(year, count):
    days = (date(year, 1, 1) + timedelta(days=day) for day in range(366))
    assert sum(CN.is_working_day(on) for on in days if on.year == year) == count


@pytest.mark.parametrize("rule", ["next", "previous", "keep"])
def test_every_date_goes_to_one_day(rule):
    days = [date(2025, 12, 1) + timedelta(days=number) for number in range(450)]
    moved = [on for day in days for on in CN.moved_to(day, rule)]
    assert sorted(set(moved)) == sorted(moved)
    assert set(days[20:-20]) <= set(moved)
    assert all(on in CN.moved_to(CN.shift(on, rule), rule) for on in days)


YEAR_2027 = {"holidays": [["2027-01-01", "2027-01-03"]], "worked": ["2027-01-09"]}


def test_a_year_is_added_or_takes_the_place_of_the_announced_one():
    days = CN.with_years({"2027": YEAR_2027, "2025": {"holidays": [], "worked": []}})
    assert days.announced_years == {2024, 2025, 2026, 2027}
    assert days.shift(date(2026, 12, 31), "next") == date(2026, 12, 31)
    assert days.moved_to(date(2027, 1, 4), "next") == [date(2027, 1, day) for day in (1, 2, 3, 4)]
    assert days.is_working_day(date(2027, 1, 9))
    assert days.is_working_day(date(2025, 10, 1))
    assert not CN.is_working_day(date(2025, 10, 1))


@pytest.mark.parametrize(
    ("year", "entry"),
    [
        ("2027", {"holidays": []}),
        ("2027", YEAR_2027 | {"names": []}),
        ("2026", YEAR_2027),
        ("2027", YEAR_2027 | {"worked": ["2027-01-08"]}),
        ("2027", YEAR_2027 | {"worked": ["2027-01-02"]}),
        ("2027", YEAR_2027 | {"holidays": [["2027-01-03", "2027-01-01"]]}),
        ("next", YEAR_2027),
    ],
)
def test_a_year_that_cannot_be_is_refused(year, entry):
    with pytest.raises(ValueError, match=r".*"):
        CN.with_years({year: entry})


def test_an_unknown_calendar_is_refused():
    with pytest.raises(UnknownCalendar):
        calendar("atlantis")
