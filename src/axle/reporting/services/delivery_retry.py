"""Make a delivery that failed once more."""

from axle.platform.errors import NotFound
from axle.platform.public import Actor, track
from axle.reporting.errors import DeliveryNotFailed
from axle.reporting.jobs import make_report_delivery
from axle.reporting.models import DeliveryState, ReportDelivery
from axle.reporting.selectors import deliveries_visible


def delivery_retry(*, actor: Actor, delivery_id: int) -> ReportDelivery:
    """Queue a failed delivery again. Errors: NotFound, DeliveryNotFailed."""
    reached = deliveries_visible(actor).filter(pk=delivery_id).exists()
    delivery = ReportDelivery.objects.select_for_update().filter(pk=delivery_id).first()
    if delivery is None or not reached:
        raise NotFound(field="delivery_id", what="report_delivery")
    if delivery.state != DeliveryState.FAILED:
        raise DeliveryNotFailed(field="delivery_id")
    track(delivery).state = DeliveryState.WAITING
    delivery.save(update_fields=["state"])
    make_report_delivery.defer(delivery_id=delivery.pk)
    return delivery
