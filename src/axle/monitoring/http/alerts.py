"""Alerts: listed, acknowledged."""

from typing import Annotated

from django.db.models import Case, CharField, QuerySet, Value, When
from pydantic import BaseModel, Field, StringConstraints

from axle.monitoring import permissions, selectors
from axle.monitoring.http.base import api
from axle.monitoring.models import AlertKind, AlertSeverity, AlertState, RiskAlert
from axle.monitoring.services.alert_acknowledge import alert_acknowledge
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input

_BEHIND = {
    AlertKind.AUTOMATIC_SHARE: "decision_days",
    AlertKind.DECISION_FAULTS: "decision_days",
    AlertKind.SCORE_STABILITY: "score_stability",
    AlertKind.RULE_HITS: "rule_hits",
    AlertKind.SOURCE_FAILURES: "source_days",
    AlertKind.BAD_RATE: "vintages",
}
"""The report that tells more of an alert."""


class RiskAlertAcknowledgeIn(Input):
    """Which alert, and what is made of it."""

    risk_alert_id: int
    note: Annotated[
        str, StringConstraints(min_length=2, max_length=200), Field(json_schema_extra={"format": "textarea"})
    ]


class RiskAlertOut(BaseModel):
    """The alert as it stands now."""

    id: int
    alert_state: AlertState


@api.command("risk_alert_acknowledge", permission=permissions.ALERT_ACKNOWLEDGE, subject="risk_alert")
def _acknowledge(ctx: Ctx, data: RiskAlertAcknowledgeIn) -> RiskAlertOut:
    """Take note of a risk alert (确认预警): it is no longer told, and closes when its figure is back."""
    alert = alert_acknowledge(actor=ctx.actor, alert_id=data.risk_alert_id, note=data.note)
    return RiskAlertOut(id=alert.pk, alert_state=AlertState(alert.state))


def _with_report(actor: Actor) -> QuerySet[RiskAlert]:
    named = [When(kind=kind, then=Value(report)) for kind, report in _BEHIND.items()]
    return selectors.alerts(actor).annotate(report_behind=Case(*named, output_field=CharField()))


api.listing(
    Listing(
        name="risk_alerts",
        is_growing=True,
        permission=permissions.FIGURE_VIEW,
        queryset=_with_report,
        columns=[
            Col("alert_kind", "enum", source="kind", enum="AlertKind", choices=AlertKind.values, is_sortable=False),
            Col("alert_about", source="name_{lang}", link="/report/reports/{report_behind}", is_sortable=False),
            Col("alert_severity", "enum", source="severity", enum="AlertSeverity", choices=AlertSeverity.values,
                is_sortable=False),
            Col("alert_state", "enum", source="state", enum="AlertState", choices=AlertState.values),
            Col("alert_figure", source="figure", is_sortable=False),
            Col("alert_threshold", source="threshold", is_sortable=False),
            Col("first_seen_on", "date"),
            Col("last_seen_on", "date"),
            Col("closed_on", "date", is_sortable=False),
            Col("acknowledged_by", is_sortable=False),
            Col("acknowledged_at", "datetime", is_sortable=False),
            Col("note", is_sortable=False),
            Col("report_behind", is_hidden=True, is_sortable=False),
        ],
        filters=["alert_state", "alert_kind", "alert_severity", "first_seen_on"],
        toolbar=["risk_figures_refill"],
        tabs="alert_state",
        row_actions=["risk_alert_acknowledge"],
        row_rules={"risk_alert_acknowledge": lambda row: row["alert_state"] == AlertState.OPEN},
    )
)  # fmt: skip
