"""Due dates and parts of a year for arrays of dates, as ``due_dates`` and ``day_count`` have them for one loan."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from axle.amortization.choices import DayCount
from axle.amortization.vector.columns import Days, Int64


def due_dates(start_on: Days, count: int, every: int) -> Days:
    """Start dates and ``count`` due dates, ``every`` months apart; a short month clamps, the day returns after it.

    Shape (count + 1, loans); row 0 is the start.
    """
    first = start_on.astype("datetime64[M]")
    day = (start_on - first.astype("datetime64[D]")).astype(np.int64)
    months = first[None, :] + (every * np.arange(count + 1))[:, None]
    begins = months.astype("datetime64[D]")
    last = ((months + 1).astype("datetime64[D]") - begins).astype(np.int64) - 1
    dates: Days = begins + np.minimum(day[None, :], last)
    return dates


def days_30_360(starts: Days, ends: Days | date) -> Int64:
    """Days between dates when every month has thirty."""
    (year, month, day), (end_year, end_month, end_day) = _parts(starts), _parts(np.asarray(ends, "datetime64[D]"))
    days: Int64 = ((end_year - year) * 12 + end_month - month) * 30 + np.minimum(end_day, 30) - np.minimum(day, 30)
    return days


def actual_days(starts: Days, ends: Days | date) -> Int64:
    """Days between dates."""
    days: Int64 = (np.asarray(ends, "datetime64[D]") - starts).astype(np.int64)
    return days


def actual_actual(starts: Days, ends: Days | date) -> Int64:
    """Days of a leap year weigh 365, of a common year 366; 31 December counts with the year that follows."""
    days = actual_days(starts, ends)
    return 366 * days - _days_of_leap_years(np.asarray(ends, "datetime64[D]")) + _days_of_leap_years(starts)


def year_part(day_count: DayCount, starts: Days, ends: Days) -> Int64:
    """The part of a year of each period, as a numerator over ``day_count.year_days``."""
    if day_count == "30/360":
        return days_30_360(starts, ends)
    if day_count == "actual/actual":
        return actual_actual(starts, ends)
    days = actual_days(starts, ends)
    if day_count == "actual/365-leap":
        return days * np.where(_leap_days(ends) > _leap_days(starts), 365, 366)
    return days


def elapsed_part(day_count: DayCount, starts: Days, parts: Int64, dues: Days, on: date) -> Int64:
    """How much of each running period's part has passed on a date; from nothing to all of it."""
    if day_count == "actual/actual":
        passed = actual_actual(starts, on)
    elif day_count == "30/360":
        passed = days_30_360(starts, on)
    else:
        whole = actual_days(starts, dues)
        passed = actual_days(starts, on) * (parts // np.maximum(whole, 1))
    return np.clip(passed, 0, parts)


def _parts(dates: Days) -> tuple[Int64, Int64, Int64]:
    """Year, month and day of dates."""
    months = dates.astype("datetime64[M]").astype(np.int64)
    day = (dates - dates.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64) + 1
    return months // 12 + 1970, months % 12 + 1, day


def _is_leap(year: Int64) -> NDArray[np.bool_]:
    leap: NDArray[np.bool_] = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    return leap


def _leap_years_before(year: Int64) -> Int64:
    before = year - 1
    return before // 4 - before // 100 + before // 400


def _days_of_leap_years(dates: Days) -> Int64:
    """Days of leap years before each date, when a year begins at 31 December."""
    shifted: Days = dates + np.timedelta64(1, "D")
    return _leap_year_days_before(shifted)


def _leap_year_days_before(dates: Days) -> Int64:
    year = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    within = (dates - dates.astype("datetime64[Y]").astype("datetime64[D]")).astype(np.int64)
    days: Int64 = 366 * _leap_years_before(year) + np.where(_is_leap(year), within, 0)
    return days


def _leap_days(dates: Days) -> Int64:
    """How many 29 February lie before each date."""
    year, month, _ = _parts(dates)
    count: Int64 = _leap_years_before(year) + (_is_leap(year) & (month > 2))
    return count
