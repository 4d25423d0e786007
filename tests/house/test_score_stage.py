"""A strategy takes its score from the scorecard in force: kept with the decision, replayed, and never a silent pass."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from axle.decisioning import permissions
from axle.decisioning.checks import decision_records_intact
from axle.decisioning.errors import StrategyScorecardLacking, StrategyScorecardNotInForce
from axle.decisioning.models import DecisionRecord
from axle.decisioning.public import decide, decision_replay, decisions_draft
from axle.decisioning.services.strategy_create import strategy_create
from axle.decisioning.services.strategy_version_activate import strategy_version_activate
from axle.decisioning.services.strategy_version_compile import strategy_version_compile
from axle.decisioning.services.strategy_version_create import strategy_version_create
from axle.decisioning.tests.factories import (
    SCORED_CASE,
    SCORED_CASES,
    SCORED_CONTRACT,
    SMALL_RULES,
    scored_graph,
)
from axle.platform.public import Subject, business_date
from axle.platform.testing import client_for, make_actor, make_user
from axle.scoring.live import hash_of
from axle.scoring.models import Scorecard, ScorecardContent, ScorecardVersion

pytestmark = pytest.mark.django_db
ANALYST = make_actor(name="analyst")
CASE = Subject("application", 7)


def characteristic(name, kind, bins):
    about = {"name": name, "zh": name, "en": name, "kind": kind, "reason_code": "R04"}
    counted = [one | {"good": 1, "bad": 1, "weight": 0.0} for one in bins]
    return about | {"coefficient": 1.0, "information": 0.1, "bins": counted}


def points_table(shift=0):
    """200 points each at best; income counts by 5,000 yuan, and its absence as much as a small one."""
    youth = [{"lower": None, "upper": 4.0, "points": 200 + shift}, {"lower": 4.0, "upper": None, "points": 150}]
    income = [{"lower": None, "upper": 5000.0, "points": 100}, {"lower": 5000.0, "upper": None, "points": 210}]
    kind = [{"values": ["new"], "points": 200}, {"is_other": True, "points": 180}]
    missing = {"is_missing": True, "points": 90}
    parts = [("youth", "number", youth), ("income", "number", income), ("kind", "category", kind)]
    scale = {"pdo": 20.0, "base_score": 600.0, "base_odds": 50.0, "intercept": 0.0}
    return scale | {"characteristics": [characteristic(name, kind, [*bins, missing]) for name, kind, bins in parts]}


def scorecard_put(on, card, no=1):
    """A version in force, as the services of scoring leave it."""
    scorecard, _ = Scorecard.objects.get_or_create(code="small_card", defaults={"name_zh": "小卡", "name_en": "Card"})
    ScorecardVersion.objects.filter(scorecard=scorecard, state="active").update(state="retired", retired_on=on)
    version = ScorecardVersion.objects.create(
        scorecard=scorecard, version_no=no, state="active", effective_from=on, content_hash=hash_of(card, {}, ""),
        characteristic_count=3, row_count=1, bad_rate=Decimal("0.1"), auc=Decimal("0.7"), ks=Decimal("0.3"),
    )  # fmt: skip
    ScorecardContent.objects.create(version=version, card=card, report={})
    return version


@pytest.fixture
def today():
    return business_date()


@pytest.fixture
def compiled():
    strategy_create(actor=ANALYST, code="scored", name_zh="策略", name_en="Scored", owner="risk")
    version = strategy_version_create(
        actor=ANALYST,
        strategy="scored",
        graph=scored_graph(),
        contract=SCORED_CONTRACT,
        rules=SMALL_RULES,
        cases=SCORED_CASES,
    )
    version = strategy_version_compile(actor=ANALYST, version_id=version.pk)
    assert version.findings == []
    return version


def activate(version, on):
    return strategy_version_activate(actor=ANALYST, version_id=version.pk, effective_from=on, business_on=on)


@pytest.fixture
def scored(compiled, today):
    card = scorecard_put(today, points_table())
    activate(compiled, today)
    return card


def decided(**changes):
    view = decide(strategy="scored", subject=CASE, inputs=SCORED_CASE | changes, on=business_date())
    return DecisionRecord.objects.get(pk=view.record_id)


def test_the_score_is_kept_with_its_parts_and_replays_without_the_scorecard(scored, today):
    good, low = decided(), decided(age=20, income_fen=400_000)
    given = good.score_given
    assert (good.outcome, good.score) == ("approve", 610)
    assert (given["scorecard"], given["version_no"], given["version_id"]) == ("small_card", 1, scored.pk)
    assert [(part["name"], part["points"]) for part in given["contributions"]] == [
        ("youth", 200),
        ("income", 210),
        ("kind", 200),
    ]
    assert (low.score, low.rule_codes, low.score_given["reason_codes"]) == (450, ["F01"], ["R04"])

    scorecard_put(today, points_table(shift=-200), no=2)
    assert decided().score == 410
    reports = [decision_replay(record.pk) for record in DecisionRecord.objects.order_by("pk")]
    assert all(report.is_same and report.stored == report.replayed for report in reports)
    assert decision_records_intact() == []


def test_a_changed_score_is_found(scored):
    record_id = decided().pk
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE decisioning_decisionrecord SET score_given = score_given || '{\"points\": 700}'")
        cursor.execute("SET LOCAL session_replication_role = origin")
    report = decision_replay(record_id)
    assert (report.is_same, report.is_intact) == (False, False)
    assert len(decision_records_intact()) == 1


def test_many_cases_ask_for_the_scorecard_once(scored, today):
    decided()
    counts = []
    for many in (1, 20):
        with CaptureQueriesContext(connection) as queries:
            drafts = decisions_draft(strategy="scored", cases=[SCORED_CASE] * many, on=today)
        counts.append(len(queries))
        assert {draft.score for draft in drafts} == {610}
    assert counts[0] == counts[1]


def retired(scored):
    ScorecardVersion.objects.update(retired_on=business_date())


def tampered(scored):
    ScorecardVersion.objects.update(content_hash="0" * 64)


def unreadable(scored):
    scorecard_put(business_date(), {"characteristics": []}, no=2)


def asks_for_more(scored):
    height = characteristic("height", "number", [{"points": 1}, {"is_missing": True, "points": 0}])
    table = points_table()
    scorecard_put(business_date(), table | {"characteristics": [*table["characteristics"], height]}, no=2)


@pytest.mark.parametrize(
    ("damage", "fault", "text"),
    [
        (retired, "scorecard_not_in_force", "评分卡没有生效版本：small_card"),
        (tampered, "scorecard_broken", "评分卡无法评分：ScorecardVersionChanged"),
        (unreadable, "scorecard_broken", "评分卡无法评分：ValueError"),
        (asks_for_more, "score_input_missing", "缺少评分所需：height"),
    ],
)
def test_a_scorecard_that_cannot_score_approves_nothing(scored, damage, fault, text):
    damage(scored)
    view = decide(strategy="scored", subject=CASE, inputs=SCORED_CASE, on=business_date())
    assert (view.outcome, [reason.code for reason in view.reasons], view.score) == ("refer", [fault], None)
    assert view.reasons[0].text_zh.startswith(text)
    assert decision_replay(view.record_id).is_same


def test_a_strategy_waits_for_its_scorecard(compiled, today):
    with pytest.raises(StrategyScorecardNotInForce):
        activate(compiled, today)
    tomorrow = today + timedelta(days=1)
    table = points_table()
    table["characteristics"][2] |= {"name": "colour"}
    scorecard_put(tomorrow, table)
    with pytest.raises(StrategyScorecardNotInForce):
        activate(compiled, today)
    with pytest.raises(StrategyScorecardLacking) as refusal:
        activate(compiled, tomorrow)
    assert refusal.value.params["names"] == "colour"
    compiled.refresh_from_db()
    assert compiled.state == "compiled"


def test_the_trace_page_shows_points_and_reasons(scored):
    record = decided(age=20)
    reader = client_for(make_user("reader", permissions=[permissions.DECISION_VIEW]))
    body = reader.get(f"/decisions/{record.pk}")[1]["score_given"]
    assert (body["scorecard"], body["scorecard_version_no"], body["points"], body["reason_codes"]) == (
        "small_card",
        1,
        560,
        ["R04"],
    )
    assert body["parts"][0] == {"name": "youth", "label": "年轻程度", "value": "5", "points": 150, "lost_points": 50}
    assert body["parts"][2]["value"] == "新"
