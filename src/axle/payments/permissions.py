"""What people may do with payments."""

from axle.platform.public import declare_institutional, declare_permissions

PAYMENT_ORDER_VIEW = "payments.payment_order.view"
PAYMENT_ORDER_MANAGE = "payments.payment_order.manage"
BANK_ACCOUNT_VIEW = "payments.bank_account.view"
BANK_ACCOUNT_MANAGE = "payments.bank_account.manage"
RECONCILIATION_VIEW = "payments.reconciliation.view"
RECONCILIATION_RUN = "payments.reconciliation.run"

declare_permissions(
    "payments",
    PAYMENT_ORDER_VIEW,
    PAYMENT_ORDER_MANAGE,
    BANK_ACCOUNT_VIEW,
    BANK_ACCOUNT_MANAGE,
    RECONCILIATION_VIEW,
    RECONCILIATION_RUN,
)
declare_institutional(BANK_ACCOUNT_MANAGE, RECONCILIATION_RUN)
