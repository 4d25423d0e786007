"""What reports of the books are asked by."""

from datetime import date

from axle.accounting import permissions
from axle.ledger.errors import PeriodInvalid
from axle.ledger.public import is_period, period_of
from axle.platform.listing import Col
from axle.platform.public import EVERYTHING, Actor, business_date, legal_entities
from axle.platform.reports import Asked, Choice


def _entity() -> int | None:
    found = legal_entities()
    return found[0].id if found else None


def _month() -> int:
    return period_of(business_date())


def _month_start() -> date:
    return business_date().replace(day=1)


ENTITY = Asked(Col("legal_entity_id", "integer"), default=_entity, is_required=True)
PERIOD = Asked(Col("period", "integer"), default=_month)
SINCE = Asked(Col("since", "date"), default=_month_start)
UNTIL = Asked(Col("until", "date"), default=business_date)
BANK_ACCOUNT = Asked(Col("bank_account_id", "integer"))


def sees_books(actor: Actor) -> bool:
    """Whether the actor may read the books, which are read whole."""
    return actor.scope(permissions.TRIAL_BALANCE_VIEW) == EVERYTHING


def month(choice: Choice) -> int:
    """The month asked for. Errors: PeriodInvalid."""
    period: int = choice["period"]
    if not is_period(period):
        raise PeriodInvalid(field="period", period=period)
    return period
