"""The working days of a year (工作日历): public holidays, and the weekend days that are worked in exchange (调休)."""

from collections.abc import Iterator

from axle.platform.listing import Col
from axle.platform.public import Actor, business_date, calendar_entered, working_calendar
from axle.platform.reports import Asked, Choice, Report, ReportRows, Row, TableRows, report
from axle.reporting.asking import ENTITY

PARAMETER_VIEW = "platform.parameter.view"
_COLUMNS = (
    Col("on", "date"),
    Col("weekday", "enum", enum="Weekday"),
    Col("day_kind", "enum", enum="DayKind"),
    Col("day_source", "enum", enum="DaySource"),
)


def _this_year() -> int:
    return business_date().year


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    return TableRows(list(_days(choice["year"], choice["legal_entity_id"])))


def _days(year: int, entity_id: int) -> Iterator[Row]:
    """The days of a year that are not worked or not rested on as its week says."""
    days = working_calendar(legal_entity_id=entity_id)
    source = "entered" if str(year) in calendar_entered(legal_entity_id=entity_id) else "published"
    for on in sorted(day for day in days.holidays | days.worked_weekend_days if day.year == year):
        kind = "holiday" if on in days.holidays else "worked"
        yield {"on": on, "weekday": str(on.isoweekday()), "day_kind": kind, "day_source": source}


report(
    Report(
        name="working_days",
        shelf="settings",
        permission=PARAMETER_VIEW,
        asked=(Asked(Col("year", "integer"), default=_this_year), ENTITY),
        columns=_COLUMNS,
        rows=_rows,
        page_size=100,
    )
)
