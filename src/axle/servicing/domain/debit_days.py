"""On which day an instalment is debited: its due date, or a working day beside it where banks rest, pure."""

from datetime import date
from typing import get_args

from axle.kernel.calendar import Calendar, HolidayShift

_RULES: tuple[HolidayShift, ...] = get_args(HolidayShift)


def debit_rule(data: str) -> str:
    """Where the debit of a day goes on which banks rest. Errors: ValueError for no such rule."""
    if data not in _RULES:
        raise ValueError(data)
    return data


def due_dates_debited(working: Calendar, on: date) -> list[tuple[str | None, date]]:
    """The due dates that are debited on a date, each with the rule by which it is; None: by every rule."""
    return _by_rule({rule: working.moved_to(on, rule) for rule in _RULES})


def due_dates_late(working: Calendar, on: date) -> list[tuple[str | None, date]]:
    """The due dates that have passed on a date and were debited by its end, and not before, alike by rule.

    What was debited before its due date is late after that date only.
    """
    return _by_rule({rule: [on] if rule == "previous" else working.moved_to(on, rule) for rule in _RULES})


def last_due_debited(working: Calendar, on: date) -> dict[str, date | None]:
    """Up to which due date instalments are debited on a date, by rule; None: nothing is."""
    return {rule: max(working.moved_to(on, rule), default=None) for rule in _RULES}


def _by_rule(dues: dict[HolidayShift, list[date]]) -> list[tuple[str | None, date]]:
    if all(same == dues["keep"] for same in dues.values()):
        return [(None, due_on) for due_on in dues["keep"]]
    return [(rule, due_on) for rule, own in dues.items() for due_on in own]
