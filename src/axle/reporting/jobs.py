"""Background steps of reporting."""

from axle.platform.public import job
from axle.reporting.services.delivery_make import delivery_make


@job("make_report_delivery", retries=5)
def make_report_delivery(delivery_id: int) -> None:
    """Make one delivery's file; made before, it stays as it is."""
    delivery_make(delivery_id=delivery_id)
