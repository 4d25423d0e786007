"""What reports are asked by: the same questions with the same names and the same defaults everywhere."""

from datetime import date, timedelta

from axle.platform.businessday import business_date
from axle.platform.listing import Col
from axle.platform.organisation import entity_name, legal_entities
from axle.platform.reports import Asked


def last_closed_day() -> date:
    """The day before the business date: its end of day is over."""
    return business_date() - timedelta(days=1)


def month_start() -> date:
    """The first day of the month of the business date."""
    return business_date().replace(day=1)


def this_month() -> int:
    """The month of the business date, as yyyymm."""
    on = business_date()
    return on.year * 100 + on.month


def first_entity() -> int | None:
    """The company that most people work for: the first one."""
    found = legal_entities()
    return found[0].id if found else None


AS_OF = Asked(Col("as_of", "date"), default=last_closed_day)
SINCE = Asked(Col("since", "date"), default=month_start)
UNTIL = Asked(Col("until", "date"), default=business_date)
PERIOD = Asked(Col("period", "integer"), default=this_month)
ENTITY = Asked(Col("legal_entity_id", "integer"), default=first_entity, is_required=True, named=entity_name)
