"""Tables of party."""

from axle.party.models.bank_cards import BankCard, BankCardState
from axle.party.models.customers import (
    Customer,
    CustomerContact,
    CustomerDealer,
    Education,
    EmploymentKind,
    Gender,
    MaritalStatus,
    Relation,
    ResidenceKind,
)
from axle.party.models.watch_files import WatchFile, WatchFileRow, WatchFileState, WatchRowProblem
from axle.party.models.watch_list import WatchEntry, WatchMatch, WatchReason, WatchSource, WatchState

__all__ = [
    "BankCard",
    "BankCardState",
    "Customer",
    "CustomerContact",
    "CustomerDealer",
    "Education",
    "EmploymentKind",
    "Gender",
    "MaritalStatus",
    "Relation",
    "ResidenceKind",
    "WatchEntry",
    "WatchFile",
    "WatchFileRow",
    "WatchFileState",
    "WatchMatch",
    "WatchReason",
    "WatchRowProblem",
    "WatchSource",
    "WatchState",
]
