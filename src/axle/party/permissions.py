"""What people may do with customers."""

from axle.platform.public import declare_permissions

CUSTOMER_VIEW = "party.customer.view"
CUSTOMER_MANAGE = "party.customer.manage"
CUSTOMER_REVEAL = "party.customer.reveal"
BANK_CARD_MANAGE = "party.bank_card.manage"

declare_permissions("party", CUSTOMER_VIEW, CUSTOMER_MANAGE, CUSTOMER_REVEAL, BANK_CARD_MANAGE)
