"""What people may do with messages."""

from axle.platform.public import declare_institutional, declare_permissions

MESSAGE_VIEW = "messaging.message.view"
TEMPLATE_VIEW = "messaging.template.view"
TEMPLATE_MANAGE = "messaging.template.manage"

declare_permissions("messaging", MESSAGE_VIEW, TEMPLATE_VIEW, TEMPLATE_MANAGE)
declare_institutional(TEMPLATE_MANAGE)
