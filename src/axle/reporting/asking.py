"""What reports about loans are asked by, beside the questions of all reports."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from axle.channel.public import dealer_names
from axle.platform.listing import Col
from axle.platform.public import Actor, department_name, employee_name
from axle.platform.questions import AS_OF, ENTITY, SINCE, UNTIL, first_entity, last_closed_day, month_start
from axle.platform.reports import Asked, Choice
from axle.product.public import product_name
from axle.reporting.errors import ReportDayMissing
from axle.servicing.public import arrears_kept, arrears_last_day, loans_visible

__all__ = ["AS_OF", "ENTITY", "SINCE", "UNTIL", "first_entity", "last_closed_day", "month_start"]
PORTFOLIO_VIEW = "servicing.portfolio.view"
RECEIPT_VIEW = "servicing.receipt.view"
CHANGE_VIEW = "servicing.change.view"


def _dealer_name(dealer_id: int) -> str:
    return dealer_names({dealer_id}).get(dealer_id, str(dealer_id))


DEPARTMENT = Asked(Col("department_id", "integer"), named=department_name)
MANAGER = Asked(Col("owner_id", "integer"), named=employee_name)
DEALER = Asked(Col("dealer_id", "integer"), named=_dealer_name)
PRODUCT = Asked(Col("product_code"), named=product_name)
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


def day_kept(choice: Choice, key: str) -> date:
    """A day asked for, if the arrears of its end are kept. Errors: ReportDayMissing."""
    on, last = choice.get(key), arrears_last_day()
    if on is None or not arrears_kept(on):
        raise ReportDayMissing(field=key, on=on.isoformat() if on else "-", last=last.isoformat() if last else "-")
    day: date = on
    return day


def paths(columns: Sequence[Col]) -> list[str]:
    """Where the columns are found, in the reader's language."""
    return [col.path for col in columns]
