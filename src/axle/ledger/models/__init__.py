"""Tables of the ledger, one file per subject."""

from axle.ledger.models.accounts import Account, AccountCategory, AccountSide
from axle.ledger.models.entries import EntryLine, JournalEntry
from axle.ledger.models.movements import AccountDay, AccountDayDelta, AccountMovement
from axle.ledger.models.periods import Period

__all__ = [
    "Account",
    "AccountCategory",
    "AccountDay",
    "AccountDayDelta",
    "AccountMovement",
    "AccountSide",
    "EntryLine",
    "JournalEntry",
    "Period",
]
