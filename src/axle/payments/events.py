"""Facts that payments publishes: how an order ended, in that transaction and once; what the bank's statement told."""

from dataclasses import dataclass
from datetime import date

from axle.kernel.money import Fen
from axle.platform.public import Subject


@dataclass(frozen=True)
class PayoutSucceeded:
    """The bank paid.

    ``value_on`` is the bank's value date; ``bank_account_id`` is the account that was debited.
    """

    order_no: str
    request_no: str
    ref: Subject
    amount: Fen
    value_on: date
    bank_serial: str
    bank_account_id: int


@dataclass(frozen=True)
class PayoutFailed:
    """The bank will not pay this order; ``code`` is our name for the reason, ``message`` the bank's words."""

    order_no: str
    request_no: str
    ref: Subject
    code: str
    message: str


@dataclass(frozen=True)
class StatementCompared:
    """The statement of an account and a day was imported and compared with our orders; may come again for the day."""

    bank_account_id: int
    on: date
