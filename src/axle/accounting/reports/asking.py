"""What reports of the books are asked by, beside the questions of all reports."""

from axle.accounting import permissions
from axle.accounting.models import BankStart
from axle.ledger.errors import PeriodInvalid
from axle.ledger.public import is_period
from axle.payments.public import bank_accounts_of
from axle.platform.listing import Col
from axle.platform.public import EVERYTHING, Actor
from axle.platform.reports import Asked, Choice


def _reconciled() -> int | None:
    return BankStart.objects.order_by("pk").values_list("bank_account_id", flat=True).first()


def _account_name(bank_account_id: int) -> str:
    return next((one.name for one in bank_accounts_of() if one.id == bank_account_id), str(bank_account_id))


BANK_ACCOUNT = Asked(Col("bank_account_id", "integer"), named=_account_name)
RECONCILED_ACCOUNT = Asked(BANK_ACCOUNT.col, default=_reconciled, named=_account_name)


def sees_books(actor: Actor) -> bool:
    """Whether the actor may read the books, which are read whole."""
    return actor.scope(permissions.TRIAL_BALANCE_VIEW) == EVERYTHING


def month(choice: Choice) -> int:
    """The month asked for. Errors: PeriodInvalid."""
    period: int = choice["period"]
    if not is_period(period):
        raise PeriodInvalid(field="period", period=period)
    return period
