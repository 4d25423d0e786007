"""Tables of payments."""

from axle.payments.models.accounts import BankAccount
from axle.payments.models.orders import BankNotice, PaymentOrder, PaymentStep
from axle.payments.models.reconciliation import BankStatementLine, Reconciliation, ReconciliationBreak

__all__ = [
    "BankAccount",
    "BankNotice",
    "BankStatementLine",
    "PaymentOrder",
    "PaymentStep",
    "Reconciliation",
    "ReconciliationBreak",
]
