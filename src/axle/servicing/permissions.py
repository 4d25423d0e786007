"""Permissions of the servicing context."""

from axle.platform.public import declare_permissions

LOAN_VIEW = "servicing.loan.view"
RECEIPT_VIEW = "servicing.receipt.view"
RECEIPT_REGISTER = "servicing.receipt.register"
RECEIPT_CONFIRM = "servicing.receipt.confirm"
RECEIPT_REVERSE = "servicing.receipt.reverse"
PAYOFF_QUOTE = "servicing.payoff.quote"
FEE_CHARGE = "servicing.fee.charge"
LETTER_ISSUE = "servicing.letter.issue"
PORTFOLIO_VIEW = "servicing.portfolio.view"

declare_permissions(
    "servicing",
    LOAN_VIEW,
    RECEIPT_VIEW,
    RECEIPT_REGISTER,
    RECEIPT_CONFIRM,
    RECEIPT_REVERSE,
    PAYOFF_QUOTE,
    FEE_CHARGE,
    LETTER_ISSUE,
    PORTFOLIO_VIEW,
)
