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
]
