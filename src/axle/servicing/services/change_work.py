"""What the kinds of changes have in common: each is tried, carried out, and taken back.

``WORKS`` knows the work of every kind; asking, deciding and signing are the same for all.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from axle.platform.public import Actor
from axle.servicing.models import Loan, LoanChange


@dataclass(frozen=True)
class Outcome:
    """What stood before a change and what stands after it, as it may be shown: dates as text, amounts in fen."""

    before: dict[str, Any]
    after: dict[str, Any]


class ChangeWork(Protocol):
    """The work of one kind of change; the loan is locked."""

    def tried(self, loan: Loan, change: LoanChange, on: date) -> Outcome:
        """What it would do on a day. Errors: whatever forbids it."""
        ...

    def executed(self, actor: Actor, loan: Loan, change: LoanChange, on: date) -> Outcome:
        """Carry it out; what taking it back needs is kept on the change. Errors: as ``tried``."""
        ...

    def taken_back(self, actor: Actor, loan: Loan, change: LoanChange, on: date) -> None:
        """Restore what stood before. Errors: ChangeOvertaken, those of the engine."""
        ...
