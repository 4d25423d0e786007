"""What people may do with sources."""

from axle.platform.public import declare_institutional, declare_permissions

SOURCE_VIEW = "sources.source.view"
SOURCE_SWITCH = "sources.source.switch"
CALL_VIEW = "sources.call.view"
CONSENT_VIEW = "sources.consent.view"
CONSENT_MANAGE = "sources.consent.manage"

declare_permissions("sources", SOURCE_VIEW, SOURCE_SWITCH, CALL_VIEW, CONSENT_VIEW, CONSENT_MANAGE)
declare_institutional(SOURCE_SWITCH)
