"""Take note of an alert: who does, and what is made of it."""

from django.utils import timezone

from axle.monitoring.errors import AlertAcknowledged, AlertOver
from axle.monitoring.models import AlertState, RiskAlert
from axle.monitoring.selectors import alerts
from axle.platform.errors import NotFound
from axle.platform.public import Actor, track


def alert_acknowledge(*, actor: Actor, alert_id: int, note: str) -> RiskAlert:
    """Acknowledge an open alert. Errors: NotFound, AlertOver, AlertAcknowledged."""
    alert = alerts(actor).select_for_update().filter(pk=alert_id).first()
    if alert is None:
        raise NotFound(what="risk_alert")
    if alert.state == AlertState.CLOSED:
        raise AlertOver(on=alert.closed_on)
    if alert.state == AlertState.ACKNOWLEDGED:
        raise AlertAcknowledged(who=alert.acknowledged_by)
    track(alert)
    alert.state, alert.note = AlertState.ACKNOWLEDGED, note
    alert.acknowledged_by, alert.acknowledged_at = actor.name, timezone.now()
    alert.save()
    return alert
