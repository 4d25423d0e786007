"""When reports are made, and which days they are about."""

from datetime import date

import pytest

from axle.kernel.calendar import calendar
from axle.reporting.domain.rhythms import days_of, is_due


@pytest.mark.parametrize(
    ("closed_on", "due"),
    [
        (date(2026, 3, 31), {"daily", "workdays", "monthly"}),
        (date(2026, 3, 29), {"daily", "weekly"}),
        (date(2026, 3, 30), {"daily", "workdays"}),
        (date(2026, 2, 28), {"daily", "workdays", "monthly"}),  # a Saturday on which people work
        (date(2026, 2, 17), {"daily"}),  # Spring Festival
        (date(2026, 5, 31), {"daily", "weekly", "monthly"}),
    ],
)
def test_what_is_due_after_a_day(closed_on, due):
    rhythms = {"daily", "workdays", "weekly", "monthly"}
    assert {rhythm for rhythm in rhythms if is_due(rhythm, closed_on, calendar("cn"))} == due


@pytest.mark.parametrize(
    ("rhythm", "closed_on", "since", "period"),
    [
        ("daily", date(2026, 3, 31), "2026-03-31", "202603"),
        ("weekly", date(2026, 3, 1), "2026-02-23", "202603"),
        ("monthly", date(2026, 2, 28), "2026-02-01", "202602"),
    ],
)
def test_a_report_is_about_what_has_ended(rhythm, closed_on, since, period):
    asked = days_of(rhythm, closed_on)
    assert (asked["since"], asked["period"]) == (since, period)
    assert asked["as_of"] == asked["until"] == closed_on.isoformat()
