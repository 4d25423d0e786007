"""Which due dates are debited on a day: National Day with its exchanged days, the ends of a month and of a year."""

from datetime import date

import pytest

from axle.kernel.calendar import calendar
from axle.servicing.domain.debit_days import debit_rule, due_dates_debited, due_dates_late, last_due_debited

CN = calendar("cn").with_years({"2027": {"holidays": [["2027-01-01", "2027-01-03"]], "worked": []}})


@pytest.mark.parametrize(
    ("on", "keep", "following", "previous"),
    [
        (date(2026, 9, 30), date(2026, 9, 30), date(2026, 9, 30), date(2026, 10, 7)),  # a month end before a holiday
        (date(2026, 10, 1), date(2026, 10, 1), None, None),
        (date(2026, 10, 7), date(2026, 10, 7), None, None),
        (date(2026, 10, 8), date(2026, 10, 8), date(2026, 10, 8), date(2026, 10, 8)),
        (date(2026, 10, 9), date(2026, 10, 9), date(2026, 10, 9), date(2026, 10, 9)),  # Saturday 10 is worked
        (date(2026, 10, 10), date(2026, 10, 10), date(2026, 10, 10), date(2026, 10, 11)),
        (date(2026, 12, 31), date(2026, 12, 31), date(2026, 12, 31), date(2027, 1, 3)),  # over the end of the year
        (date(2026, 10, 31), date(2026, 10, 31), None, None),  # a month end on a Saturday
    ],
)
def test_up_to_which_due_date_a_day_debits(on, keep, following, previous):
    assert last_due_debited(CN, on) == {"keep": keep, "next": following, "previous": previous}


def test_due_dates_by_rule():
    assert due_dates_debited(CN, date(2026, 10, 13)) == [(None, date(2026, 10, 13))]
    after = due_dates_debited(CN, date(2026, 10, 8))
    assert [on.day for rule, on in after if rule == "next"] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [on.day for rule, on in after if rule != "next"] == [8, 8]


def test_what_was_debited_ahead_is_late_after_its_due_date_only():
    assert ("previous", date(2026, 10, 3)) in due_dates_late(CN, date(2026, 10, 3))
    assert due_dates_late(CN, date(2026, 9, 30)) == [(None, date(2026, 9, 30))]


def test_a_rule_that_there_is_not():
    with pytest.raises(ValueError, match="sometimes"):
        debit_rule("sometimes")
