"""Permissions of the channel context."""

from axle.platform.public import declare_permissions

DEALER_VIEW = "channel.dealer.view"
DEALER_MANAGE = "channel.dealer.manage"
DEALER_ACCOUNT_CHANGE = "channel.dealer_account.change"
DEALER_ACCOUNT_CHECK = "channel.dealer_account.check"
DEALER_CONTROL_VIEW = "channel.dealer_control.view"
DEALER_CONTROL_SET = "channel.dealer_control.set"
DEALER_CONTROL_CHECK = "channel.dealer_control.check"

declare_permissions(
    "channel",
    DEALER_VIEW,
    DEALER_MANAGE,
    DEALER_ACCOUNT_CHANGE,
    DEALER_ACCOUNT_CHECK,
    DEALER_CONTROL_VIEW,
    DEALER_CONTROL_SET,
    DEALER_CONTROL_CHECK,
)
