"""Permissions of the channel context."""

from axle.platform.public import declare_permissions

DEALER_VIEW = "channel.dealer.view"
DEALER_MANAGE = "channel.dealer.manage"
DEALER_ACCOUNT_CHANGE = "channel.dealer_account.change"
DEALER_ACCOUNT_CHECK = "channel.dealer_account.check"

declare_permissions("channel", DEALER_VIEW, DEALER_MANAGE, DEALER_ACCOUNT_CHANGE, DEALER_ACCOUNT_CHECK)
