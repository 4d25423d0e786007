"""Permissions of the ledger. Books are read whole: a grant narrower than ``all`` shows no row."""

from axle.platform.public import declare_institutional, declare_permissions

ACCOUNT_VIEW = "ledger.account.view"
ACCOUNT_MANAGE = "ledger.account.manage"
ENTRY_VIEW = "ledger.entry.view"
PERIOD_VIEW = "ledger.period.view"

declare_permissions("ledger", ACCOUNT_VIEW, ACCOUNT_MANAGE, ENTRY_VIEW, PERIOD_VIEW)
declare_institutional(ACCOUNT_MANAGE)
