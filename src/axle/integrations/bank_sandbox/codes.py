"""What the bank's words mean for us.

A code without a line here is UNKNOWN: it neither pays nor fails an order.
"""

from axle.payments.ports import BankState

ACCEPTED = "0"
NOT_FOUND = "400031"

REFUSALS: dict[str, str] = {
    "E1001": "name_mismatch",  # 收款人户名不符
    "E1002": "account_closed",  # 收款账户已销户
    "E2001": "returned",  # 收款行退回
    "E3001": "insufficient_funds",  # 付款账户余额不足
}
"""Final refusals, by our own name for the reason."""

STATES: dict[str, BankState] = {
    "PROCESSING": BankState.PROCESSING,
    "SUCCESS": BankState.SUCCEEDED,
    "FAILED": BankState.FAILED,
}
