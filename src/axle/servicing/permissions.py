"""Permissions of the servicing context."""

from axle.platform.public import declare_institutional, declare_permissions

LOAN_VIEW = "servicing.loan.view"
RECEIPT_VIEW = "servicing.receipt.view"
RECEIPT_REGISTER = "servicing.receipt.register"
RECEIPT_CONFIRM = "servicing.receipt.confirm"
RECEIPT_REVERSE = "servicing.receipt.reverse"
PAYOFF_QUOTE = "servicing.payoff.quote"
FEE_CHARGE = "servicing.fee.charge"
LETTER_ISSUE = "servicing.letter.issue"
PORTFOLIO_VIEW = "servicing.portfolio.view"
CHANGE_VIEW = "servicing.change.view"
CHANGE_REQUEST = "servicing.change.request"
CHANGE_REVIEW = "servicing.change.review"
CHANGE_REVERSE = "servicing.change.reverse"
CLASS_VIEW = "servicing.class.view"
CLASS_PROPOSE = "servicing.class.propose"
CLASS_REVIEW = "servicing.class.review"
PROVISION_VIEW = "servicing.provision.view"
WRITE_OFF_APPROVE = "servicing.write_off.approve"
WRITE_OFF_APPROVE_LARGE = "servicing.write_off.approve_large"
REFUND_VIEW = "servicing.refund.view"
REFUND_REQUEST = "servicing.refund.request"
REFUND_REVIEW = "servicing.refund.review"
PAPER_SIGN = "servicing.paper.sign"
PREPAYMENT_ASK = "servicing.prepayment.ask"
LIEN_VIEW = "servicing.lien.view"
LIEN_RELEASE = "servicing.lien.release"
ARCHIVE_VIEW = "servicing.archive.view"
ARCHIVE_KEEP = "servicing.archive.keep"
POOL_VIEW = "servicing.pool.view"
POOL_MANAGE = "servicing.pool.manage"
POOL_REVIEW = "servicing.pool.review"
INSPECTION_VIEW = "servicing.inspection.view"
INSPECTION_PLAN = "servicing.inspection.plan"
INSPECTION_WORK = "servicing.inspection.work"
INSPECTION_REVIEW = "servicing.inspection.review"
WARNING_VIEW = "servicing.warning.view"
WARNING_HANDLE = "servicing.warning.handle"

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
    CHANGE_VIEW,
    CHANGE_REQUEST,
    CHANGE_REVIEW,
    CHANGE_REVERSE,
    CLASS_VIEW,
    CLASS_PROPOSE,
    CLASS_REVIEW,
    PROVISION_VIEW,
    WRITE_OFF_APPROVE,
    WRITE_OFF_APPROVE_LARGE,
    REFUND_VIEW,
    REFUND_REQUEST,
    REFUND_REVIEW,
    PAPER_SIGN,
    PREPAYMENT_ASK,
    LIEN_VIEW,
    LIEN_RELEASE,
    ARCHIVE_VIEW,
    ARCHIVE_KEEP,
    POOL_VIEW,
    POOL_MANAGE,
    POOL_REVIEW,
    INSPECTION_VIEW,
    INSPECTION_PLAN,
    INSPECTION_WORK,
    INSPECTION_REVIEW,
    WARNING_VIEW,
    WARNING_HANDLE,
)
declare_institutional(POOL_VIEW, POOL_MANAGE, POOL_REVIEW)
