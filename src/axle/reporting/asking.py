"""What reports are asked by: the same questions with the same names and the same defaults everywhere."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from axle.platform.listing import Col
from axle.platform.public import Actor, business_date, legal_entities
from axle.platform.reports import Asked, Choice
from axle.servicing.public import loans_visible

PORTFOLIO_VIEW = "servicing.portfolio.view"
RECEIPT_VIEW = "servicing.receipt.view"
CHANGE_VIEW = "servicing.change.view"


def last_closed_day() -> date:
    """The day before the business date: its end of day is over."""
    return business_date() - timedelta(days=1)


def month_start() -> date:
    """The first day of the month of the business date."""
    return business_date().replace(day=1)


def first_entity() -> int | None:
    """The company that most people work for: the first one."""
    found = legal_entities()
    return found[0].id if found else None


AS_OF = Asked(Col("as_of", "date"), default=last_closed_day)
SINCE = Asked(Col("since", "date"), default=month_start)
UNTIL = Asked(Col("until", "date"), default=business_date)
ENTITY = Asked(Col("legal_entity_id", "integer"), default=first_entity)
DEPARTMENT = Asked(Col("department_id", "integer"))
MANAGER = Asked(Col("owner_id", "integer"))
DEALER = Asked(Col("dealer_id", "integer"))
PRODUCT = Asked(Col("product_code"))
LOAN = Asked(Col("loan_no"))
LOAN_QUESTIONS = (ENTITY, DEPARTMENT, MANAGER, PRODUCT, DEALER, LOAN)
"""Which loans."""

NARROWING = ("department_id", "owner_id", "dealer_id", "product_code", "loan_no")


def loans_chosen(actor: Actor, choice: Choice) -> QuerySet[Any]:
    """The loans in the actor's scope that were asked for."""
    chosen = {key: choice[key] for key in ("legal_entity_id", *NARROWING) if key in choice}
    return loans_visible(actor).filter(**chosen)


def is_whole(actor: Actor, choice: Choice, permission: str = "servicing.loan.view") -> bool:
    """Whether all loans of the company are asked for, so that the books have the same sums."""
    return actor.scope(permission).is_all and not any(key in choice for key in NARROWING)


def since(choice: Choice) -> date:
    """The first day asked for."""
    found: date = choice["since"]
    return found


def until(choice: Choice) -> date:
    """The last day asked for."""
    found: date = choice["until"]
    return found


def paths(columns: Sequence[Col]) -> list[str]:
    """Where the columns are found, in the reader's language."""
    return [col.path for col in columns]
