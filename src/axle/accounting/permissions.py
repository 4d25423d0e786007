"""Permissions of accounting. Books are read whole: a grant narrower than ``all`` shows no row."""

from axle.platform.public import declare_institutional, declare_permissions

VOUCHER_VIEW = "accounting.voucher.view"
VOUCHER_MANAGE = "accounting.voucher.manage"
VOUCHER_CHECK = "accounting.voucher.check"
TRIAL_BALANCE_VIEW = "accounting.trial_balance.view"
POSTING_RULE_VIEW = "accounting.posting_rule.view"
POSTING_RULE_MANAGE = "accounting.posting_rule.manage"
STATEMENT_MANAGE = "accounting.statement.manage"
PERIOD_CLOSE = "accounting.period.close"
PERIOD_REOPEN = "accounting.period.reopen"
PERIOD_CHECK = "accounting.period.check"
BANK_CLEARING_MANAGE = "accounting.bank_clearing.manage"

declare_permissions(
    "accounting",
    VOUCHER_VIEW,
    VOUCHER_MANAGE,
    VOUCHER_CHECK,
    TRIAL_BALANCE_VIEW,
    POSTING_RULE_VIEW,
    POSTING_RULE_MANAGE,
    STATEMENT_MANAGE,
    PERIOD_CLOSE,
    PERIOD_REOPEN,
    PERIOD_CHECK,
    BANK_CLEARING_MANAGE,
)
declare_institutional(
    VOUCHER_MANAGE,
    VOUCHER_CHECK,
    POSTING_RULE_MANAGE,
    STATEMENT_MANAGE,
    PERIOD_CLOSE,
    PERIOD_REOPEN,
    BANK_CLEARING_MANAGE,
)
