"""Permissions of origination. Those marked (task) are named by nodes of the review process."""

from axle.platform.public import declare_institutional, declare_permissions

APPLICATION_VIEW = "origination.application.view"
APPLICATION_EDIT = "origination.application.edit"  # (task) supplement
APPLICATION_WITHDRAW = "origination.application.withdraw"
RELATION_VIEW = "origination.relation.view"
REVIEW_FIRST = "origination.review.first"  # (task)
REVIEW_CREDIT = "origination.review.credit"  # (task)
REVIEW_APPRAISAL = "origination.review.appraisal"  # (task)
REVIEW_SECOND = "origination.review.second"  # (task)
EXTRA_CHECK_RECORD = "origination.extra_check.record"
CONTRACT_VIEW = "origination.contract.view"
CONTRACT_MANAGE = "origination.contract.manage"
CONTRACT_SIGN = "origination.contract.sign"
CONSENT_GIVE = "origination.consent.give"  # the applicant, on their phone
HOLD_VIEW = "origination.hold.view"
HOLD_SETTLE = "origination.hold.settle"
HOLD_CHECK = "origination.hold.check"
DISBURSEMENT_VIEW = "origination.disbursement.view"
DISBURSEMENT_REGISTER = "origination.disbursement.register"
DISBURSEMENT_REVIEW = "origination.disbursement.review"
CONDITION_CONFIRM = "origination.condition.confirm"
CONDITION_MANAGE = "origination.condition.manage"

declare_permissions(
    "origination",
    APPLICATION_VIEW,
    APPLICATION_EDIT,
    APPLICATION_WITHDRAW,
    RELATION_VIEW,
    REVIEW_FIRST,
    REVIEW_CREDIT,
    REVIEW_APPRAISAL,
    REVIEW_SECOND,
    EXTRA_CHECK_RECORD,
    CONTRACT_VIEW,
    CONTRACT_MANAGE,
    CONTRACT_SIGN,
    CONSENT_GIVE,
    HOLD_VIEW,
    HOLD_SETTLE,
    HOLD_CHECK,
    DISBURSEMENT_VIEW,
    DISBURSEMENT_REGISTER,
    DISBURSEMENT_REVIEW,
    CONDITION_CONFIRM,
    CONDITION_MANAGE,
)
declare_institutional(CONDITION_MANAGE)
