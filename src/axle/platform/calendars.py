"""The working days of an institution: those that are published, with the years that it has entered itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from axle.kernel.calendar import Calendar, calendar
from axle.platform.parameters import parameter, parameter_value

_PUBLISHED = calendar("cn")
CALENDAR_YEARS = parameter("platform.calendar_years", type_=dict, default={}, check=_PUBLISHED.with_years)
"""Years that are not published with the program yet, or that differ from it, each whole: ``kernel.calendar``."""


def working_calendar(*, legal_entity_id: int | None = None, on: date | None = None) -> Calendar:
    """The working days of a company, as they are known on a date (today, by default)."""
    return _PUBLISHED.with_years(calendar_entered(legal_entity_id=legal_entity_id, on=on))


def calendar_entered(*, legal_entity_id: int | None = None, on: date | None = None) -> Mapping[str, Any]:
    """The years that a company has entered itself."""
    entered: Mapping[str, Any] = parameter_value(CALENDAR_YEARS.code, on=on, legal_entity_id=legal_entity_id)
    return entered
