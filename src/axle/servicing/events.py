"""Facts that servicing tells, in the same transaction."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class LoanOpened:
    """A disbursed contract became a loan in force."""

    loan_id: int
    loan_no: str
    contract_id: int
    customer_id: int


@dataclass(frozen=True)
class LoanSettled:
    """Nothing is owed on the loan any more."""

    loan_id: int
    loan_no: str
    contract_id: int
    customer_id: int
    settled_on: date


@dataclass(frozen=True)
class LoanReopened:
    """A reversal made a settled loan owe money again."""

    loan_id: int
    loan_no: str


@dataclass(frozen=True)
class LoansBecameOverdue:
    """The loans whose oldest open instalment was due on ``due_on`` and is not paid by the end of that day."""

    due_on: date
    loan_ids: tuple[int, ...]
