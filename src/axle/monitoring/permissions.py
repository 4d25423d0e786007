"""Permissions of monitoring."""

from axle.platform.public import declare_institutional, declare_permissions

FIGURE_VIEW = "monitoring.figure.view"
FIGURE_REFILL = "monitoring.figure.refill"
ALERT_ACKNOWLEDGE = "monitoring.alert.acknowledge"

declare_permissions("monitoring", FIGURE_VIEW, FIGURE_REFILL, ALERT_ACKNOWLEDGE)
declare_institutional(FIGURE_REFILL, ALERT_ACKNOWLEDGE)
