"""What the wiring calls on reporting."""

from axle.reporting.services.deliveries_queue import deliveries_add, deliveries_queue
from axle.reporting.services.report_schedule_create import ScheduleDraft, report_schedule_create

__all__ = ["ScheduleDraft", "deliveries_add", "deliveries_queue", "report_schedule_create"]
