"""The life of an alert: opened, told, acknowledged, told again when it is serious, closed by its own figure."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from axle.monitoring import permissions as may
from axle.monitoring.models import RiskAlert, RuleDay, ScoreDay, SourceDay, StrategyDay, VintageMonth
from axle.monitoring.services.alerts_settle import alerts_settle
from axle.monitoring.tests import planting
from axle.platform.testing import client_for, make_user

pytestmark = pytest.mark.django_db
DAYS = [date(2026, 3, day) for day in range(1, 8)]


def _source(on, failed, asked=100):
    SourceDay.objects.create(
        business_on=on, source="phone", asked=asked, cached=0, hits=asked - failed, no_records=0, failed=failed, late=0,
        refused=0, cost=0,
    )  # fmt: skip


def _alerts():
    names = ("severity", "state", "figure", "first_seen_on", "last_seen_on", "closed_on")
    return list(RiskAlert.objects.order_by("pk").values_list(*names))


def test_an_alert_opens_goes_on_and_closes_by_itself():
    for on, failed in zip(DAYS, (9, 12, 30, 11, 2, 15, 15), strict=True):
        _source(on, failed)
    assert alerts_settle(DAYS[0]) == 0
    assert [alerts_settle(DAYS[1]), alerts_settle(DAYS[1])] == [1, 0]
    warned = ("warning", "open", Decimal("0.1200"), DAYS[1], DAYS[1], None)
    assert _alerts() == [warned]
    alert = RiskAlert.objects.get()
    assert (alert.threshold, alert.name_zh, alert.name_en != alert.name_zh) == (Decimal("0.1"), "运营商三要素", True)
    alerts_settle(DAYS[2])
    assert _alerts() == [("serious", "open", Decimal("0.3000"), DAYS[1], DAYS[2], None)]
    alerts_settle(DAYS[3])
    alerts_settle(DAYS[4])
    over = ("warning", "closed", Decimal("0.1100"), DAYS[1], DAYS[3], DAYS[4])
    assert _alerts() == [over]
    assert alerts_settle(DAYS[5]) == 1
    assert alerts_settle(DAYS[2]) == 0
    assert _alerts() == [over, ("warning", "open", Decimal("0.1500"), DAYS[5], DAYS[5], None)]


def test_few_cases_alert_nobody_and_what_is_no_longer_read_closes():
    _source(DAYS[0], failed=20, asked=49)
    assert alerts_settle(DAYS[0]) == 0
    _source(DAYS[1], failed=20)
    assert alerts_settle(DAYS[1]) == 1
    alerts_settle(DAYS[1] + timedelta(days=30))
    assert RiskAlert.objects.get().state == "open"
    alerts_settle(DAYS[1] + timedelta(days=31))
    assert (RiskAlert.objects.get().state, RiskAlert.objects.get().closed_on) == (
        "closed",
        DAYS[1] + timedelta(days=31),
    )


def test_somebody_takes_note_and_is_told_again_when_it_is_serious():
    for on, failed in zip(DAYS, (12, 13, 30, 1), strict=False):
        _source(on, failed)
    alerts_settle(DAYS[0])
    alert = RiskAlert.objects.get()
    analyst = client_for(make_user("analyst", permissions=[may.FIGURE_VIEW, may.ALERT_ACKNOWLEDGE]))
    (row,) = analyst.get("/lists/risk_alerts", alert_state="open")[1]["items"]
    assert (row["actions"], row["alert_about"], row["report_behind"]) == (
        ["risk_alert_acknowledge"], "运营商三要素", "source_days",
    )  # fmt: skip
    assert _card(analyst) == "1"
    told = {"risk_alert_id": alert.pk, "note": "已联系供应商"}
    assert analyst.command("risk_alert_acknowledge", told)[1]["alert_state"] == "acknowledged"
    assert analyst.command("risk_alert_acknowledge", told)[1]["code"] == "alert_acknowledged"
    alerts_settle(DAYS[1])
    alert.refresh_from_db()
    assert (alert.state, alert.acknowledged_by, alert.note, _card(analyst)) == (
        "acknowledged", "analyst", "已联系供应商", "0",
    )  # fmt: skip
    alerts_settle(DAYS[2])
    alert.refresh_from_db()
    assert (alert.state, alert.severity, alert.acknowledged_by, _card(analyst)) == ("open", "serious", "", "1")
    alerts_settle(DAYS[3])
    assert analyst.command("risk_alert_acknowledge", told)[1]["code"] == "alert_over"


def _card(client):
    return {card["key"]: card["value"] for card in client.get("/workbench")[1]["cards"]}["open_risk_alerts"]


def test_only_who_may_see_all_sees_and_acts():
    _source(DAYS[0], failed=12)
    alerts_settle(DAYS[0])
    told = {"risk_alert_id": RiskAlert.objects.get().pk, "note": "看过了"}
    reader = client_for(make_user("reader", permissions=[may.FIGURE_VIEW]))
    assert reader.get("/lists/risk_alerts")[1]["items"][0]["actions"] == []
    assert reader.command("risk_alert_acknowledge", told)[0] == 403
    part = client_for(make_user("part", permissions=[may.FIGURE_VIEW, may.ALERT_ACKNOWLEDGE], scope="department"))
    assert part.get("/lists/risk_alerts")[1]["total"] == 0
    assert part.command("risk_alert_acknowledge", told)[0] in (403, 404)
    assert "open_risk_alerts" not in {card["key"] for card in part.get("/workbench")[1]["cards"]}
    assert RiskAlert.objects.get().state == "open"


def test_everything_that_is_watched_alerts_once(django_assert_max_num_queries):
    """One planted day beyond each threshold, after a day that was as usual."""
    before, on = date(2026, 3, 30), date(2026, 3, 31)
    planting.strategy_version()
    card = planting.scorecard_version([600], [500, 500], [500, 400, 100], label="长" * 200)
    for day, automatic, faulted, hits in ((before, 95, 0, 5), (on, 85, 3, 12)):
        StrategyDay.objects.create(
            business_on=day, strategy_code="small", decisions=100, approved=90, declined=10, answered=100,
            automatic=automatic, faulted=faulted,
        )  # fmt: skip
        RuleDay.objects.create(business_on=day, strategy_code="small", code="F01", hits=hits)
    ScoreDay.objects.create(
        business_on=on, scored_by="scorecard", code="small_card", version_id=card.pk, version_no=3, cases=100,
        counts={"550": 30, "650": 70},
    )  # fmt: skip
    ScoreDay.objects.create(
        business_on=on, scored_by="scorecard", code="small_card", version_id=card.pk, version_no=3, cases=100,
        characteristic="ltv", counts={"0": 50, "1": 20, "2": 30},
    )  # fmt: skip
    _source(on, failed=20)
    VintageMonth.objects.create(
        business_on=on, vintage_on=date(2026, 1, 1), product_code="new_car", loans=100, principal=1, loans_over_30=6,
        balance_over_30=1, loans_over_90=0, balance_over_90=0,
    )  # fmt: skip
    with django_assert_max_num_queries(30):
        assert alerts_settle(on) == 7
    found = RiskAlert.objects.order_by("kind", "about").values_list("kind", "about", "severity", "figure")
    assert [(kind, about, severity, str(figure)) for kind, about, severity, figure in found] == [
        ("automatic_share", "small", "serious", "0.1000"),
        ("bad_rate", "2026-01", "warning", "0.0600"),
        ("decision_faults", "small", "warning", "0.0300"),
        ("rule_hits", "small/F01", "warning", "0.0700"),
        ("score_stability", "small_card/3", "warning", "0.1695"),
        ("score_stability", "small_card/3/ltv", "serious", "0.3584"),
        ("source_failures", "phone", "serious", "0.2000"),
    ]
    assert len(RiskAlert.objects.get(about="small_card/3/ltv").name_zh) == 140
    assert RiskAlert.objects.get(kind="rule_hits").name_zh == "F01 低分"
