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


@dataclass(frozen=True)
class LoanRestructured:
    """A loan got other terms because its debtor is in financial difficulty; observation begins."""

    loan_id: int
    on: date


@dataclass(frozen=True)
class LoanRestructuringUndone:
    """A restructuring was taken back, as if it had not been."""

    loan_id: int
    on: date


@dataclass(frozen=True)
class PaperConcluded:
    """Everybody has signed a paper of a loan, and our seal is on it."""

    loan_id: int
    document_id: int


@dataclass(frozen=True)
class DebtTransferred:
    """Another customer owes the loan from a day on."""

    loan_id: int
    from_customer_id: int
    to_customer_id: int
    on: date
