"""Open, go on with and close alerts by what was read on a day. Done twice for the same day, it changes nothing more."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from axle.monitoring.models import NAME_LENGTH, AlertSeverity, AlertState, RiskAlert
from axle.monitoring.shares import BEFORE_DAYS
from axle.monitoring.watches import Reading, readings

_COLUMNS = ("severity", "state", "figure", "threshold", "last_seen_on", "closed_on", "acknowledged_by",
            "acknowledged_at", "note")  # fmt: skip


@transaction.atomic
def alerts_settle(on: date) -> int:
    """Settle the alerts of a day; gives how many are new.

    One whose figure is back within its threshold closes, and so does one of which nothing has been read for 30 days.
    One that becomes serious is open again, whoever had acknowledged it. A day before the last one that was settled
    changes nothing.
    """
    live = RiskAlert.objects.select_for_update().exclude(state=AlertState.CLOSED).order_by("pk")
    if _is_past(on):
        return 0
    known = {(alert.kind, alert.about): alert for alert in live}
    new = []
    for reading in readings(on):
        alert = known.pop((reading.kind, reading.about), None)
        if alert is None:
            if severity := reading.severity:
                new.append(_opened(reading, severity, on))
        else:
            _go_on(alert, reading, on)
            known[reading.kind, reading.about] = alert
    for alert in known.values():
        if alert.last_seen_on < on - timedelta(days=BEFORE_DAYS) and alert.state != AlertState.CLOSED:
            alert.state, alert.closed_on = AlertState.CLOSED, on
    RiskAlert.objects.bulk_update(known.values(), _COLUMNS)
    return len(RiskAlert.objects.bulk_create(new))


def _is_past(on: date) -> bool:
    later = Q(last_seen_on__gt=on) | Q(closed_on__gt=on)
    return RiskAlert.objects.filter(later).exists()


def _opened(reading: Reading, severity: AlertSeverity, on: date) -> RiskAlert:
    return RiskAlert(
        kind=reading.kind,
        about=reading.about,
        name_zh=reading.names.zh[:NAME_LENGTH],
        name_en=reading.names.en[:NAME_LENGTH],
        severity=severity,
        figure=reading.figure,
        threshold=reading.threshold,
        first_seen_on=on,
        last_seen_on=on,
    )


def _go_on(alert: RiskAlert, reading: Reading, on: date) -> None:
    severity = reading.severity
    if severity is None:
        alert.state, alert.closed_on = AlertState.CLOSED, on
        return
    if severity == AlertSeverity.SERIOUS and alert.severity == AlertSeverity.WARNING:
        alert.state, alert.acknowledged_by, alert.acknowledged_at = AlertState.OPEN, "", None
    alert.severity, alert.figure, alert.threshold = severity, reading.figure, reading.threshold
    alert.last_seen_on = on
