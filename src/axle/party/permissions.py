"""What people may do with customers."""

from axle.platform.public import declare_institutional, declare_permissions

CUSTOMER_VIEW = "party.customer.view"
CUSTOMER_MANAGE = "party.customer.manage"
CUSTOMER_REVEAL = "party.customer.reveal"
BANK_CARD_MANAGE = "party.bank_card.manage"
WATCH_LIST_VIEW = "party.watch_list.view"
WATCH_LIST_MANAGE = "party.watch_list.manage"
WATCH_LIST_CHECK = "party.watch_list.check"

declare_permissions(
    "party",
    CUSTOMER_VIEW,
    CUSTOMER_MANAGE,
    CUSTOMER_REVEAL,
    BANK_CARD_MANAGE,
    WATCH_LIST_VIEW,
    WATCH_LIST_MANAGE,
    WATCH_LIST_CHECK,
)
declare_institutional(WATCH_LIST_MANAGE, WATCH_LIST_CHECK)
