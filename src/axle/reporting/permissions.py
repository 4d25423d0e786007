"""What people may do with reports that are delivered. Who may see a report is the report's own permission."""

from axle.platform.public import declare_permissions

DELIVERY_VIEW = "reporting.delivery.view"
SCHEDULE_VIEW = "reporting.schedule.view"
SCHEDULE_MANAGE = "reporting.schedule.manage"

declare_permissions("reporting", DELIVERY_VIEW, SCHEDULE_VIEW, SCHEDULE_MANAGE)
