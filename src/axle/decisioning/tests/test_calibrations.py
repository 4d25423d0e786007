"""Calibrations: drafted, tried on past cases, activated at one instant, rolled back; decisions keep what they read."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from axle.decisioning import permissions, policy_live
from axle.decisioning.checks import policy_as_activated
from axle.decisioning.errors import (
    CalibrationBaseMoved,
    CalibrationEmpty,
    CalibrationNeverActive,
    CalibrationNotPreviewed,
    FormulaGaveNothing,
    FormulasMissing,
    MarketFeedKnown,
    PolicyChangeRepeated,
    PolicyParameterDiffers,
    PolicyParameterUnknown,
    PolicyValueInvalid,
)
from axle.decisioning.models import (
    CalibrationKind,
    DecisionRecord,
    PolicyActivation,
    PolicyCalibration,
    PolicyChange,
    PolicyContent,
    PolicyInForce,
)
from axle.decisioning.public import CaseScope, decide, decision_replay, decisions_draft, decisions_keep
from axle.decisioning.services.calibration_activate import (
    calibration_activate,
    calibration_discard,
    calibration_roll_back,
)
from axle.decisioning.services.calibration_compute import calibration_compute
from axle.decisioning.services.calibration_draft import Change, calibration_draft
from axle.decisioning.services.calibration_preview import calibration_preview, calibration_preview_begin
from axle.decisioning.services.market_feed_take import ObservedPrice, market_feed_take
from axle.decisioning.services.policy_formula_save import policy_formula_save
from axle.decisioning.services.strategy_create import strategy_create
from axle.decisioning.services.strategy_version_activate import strategy_version_activate
from axle.decisioning.services.strategy_version_compile import strategy_version_compile
from axle.decisioning.services.strategy_version_create import strategy_version_create
from axle.decisioning.tests.factories import PRICED_CASE, priced_content
from axle.decisioning.tests.test_recalibration import TIGHTEN
from axle.platform.public import Subject, business_date
from axle.platform.testing import client_for, make_actor, make_user

pytestmark = pytest.mark.django_db
ANALYST = make_actor(name="analyst")
CASE = Subject("application", 7)


@pytest.fixture
def today():
    return business_date()


@pytest.fixture
def priced(today):
    strategy_create(actor=ANALYST, code="priced", name_zh="策略", name_en="Priced", owner="risk")
    version = strategy_version_create(actor=ANALYST, strategy="priced", **priced_content())
    version = strategy_version_compile(actor=ANALYST, version_id=version.pk)
    assert version.findings == []
    return strategy_version_activate(actor=ANALYST, version_id=version.pk, effective_from=today, business_on=today)


def decided(**changes):
    view = decide(strategy="priced", subject=CASE, inputs=PRICED_CASE | changes, on=business_date())
    return view.outcome, [reason.code for reason in view.reasons]


def changed(parameter, value, since=None, until=None, **scope):
    return Change(parameter, scope, value, since, until)


def drafted(*changes):
    kind = CalibrationKind.MANUAL
    return calibration_draft(actor=ANALYST, changes=changes, kind=kind, note="test", business_on=business_date())


def previewed(*changes):
    calibration = drafted(*changes)
    calibration_preview_begin(calibration_id=calibration.pk)
    calibration_preview(calibration.pk)
    calibration.refresh_from_db()
    return calibration


def activated(*changes):
    calibration = previewed(*changes)
    return calibration_activate(actor=ANALYST, calibration_id=calibration.pk, business_on=business_date())


def test_the_values_of_a_version_begin_to_count_with_it(priced):
    calibration = PolicyCalibration.objects.get()
    assert (calibration.kind, calibration.state, calibration.change_count) == ("shipped", "active", 4)
    rows = PolicyInForce.objects.order_by("parameter", "scenario").values_list("parameter", "scenario", "value_shown")
    assert list(rows) == [
        ("age_least", "", "18"),
        ("ltv_most", "", "0.7"),
        ("score_least", "", "500"),
        ("score_least", "used_car", "550"),
    ]
    assert policy_as_activated() == []
    assert decided(score=549) == ("approve", [])
    assert decided(score=549, kind="used") == ("refer", ["F01"])


def test_a_calibration_counts_from_its_activation_and_can_be_taken_back(priced):
    shipped = PolicyCalibration.objects.get()
    assert decided(age=19) == ("approve", [])
    calibration = activated(changed("age_least", "20"), changed("age_least", "18", region="33"))
    assert decided(age=19) == ("approve", [])
    assert decided(age=19, region_code="310100") == ("decline", ["K01"])
    before, _, after = DecisionRecord.objects.order_by("pk")
    assert (before.calibration_id, after.calibration_id) == (shipped.pk, calibration.pk)
    assert after.policy == {"path": ["cars"], "values": {"age_least": 20, "score_least": 500, "ltv_most": "0.7"}}

    back = calibration_roll_back(
        actor=ANALYST, calibration_id=shipped.pk, reason="测试回退", business_on=business_date()
    )
    calibration.refresh_from_db()
    assert (back.state, calibration.state) == ("active", "rolled_back")
    assert decided(age=19, region_code="310100") == ("approve", [])
    assert [row.is_rollback for row in PolicyActivation.objects.order_by("pk")] == [False, False, True]
    assert policy_as_activated() == []
    assert all(decision_replay(record.pk).is_same for record in DecisionRecord.objects.all())


def test_decisions_of_one_moment_read_one_calibration_in_two_queries(priced):
    decided()
    cases = [PRICED_CASE | {"age": age} for age in range(18, 30)]
    with CaptureQueriesContext(connection) as queries:
        drafts = decisions_draft(strategy="priced", cases=cases, on=business_date())
    assert len([one for one in queries if "decisioning" in (one["sql"] or "")]) <= 2
    subjects = [Subject("application", number) for number in range(len(cases))]
    decisions_keep(drafts, subjects, scope=CaseScope())
    assert DecisionRecord.objects.values("calibration").distinct().count() == 1


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ([changed("age_most", "20")], PolicyParameterUnknown),
        ([changed("age_least", "old")], PolicyValueInvalid),
        ([changed("age_least", "1001")], PolicyValueInvalid),
        ([changed("ltv_most", "1.5")], PolicyValueInvalid),
        ([changed("age_least", "20", region="333")], PolicyValueInvalid),
        ([changed("age_least", "20", since=date(2026, 12, 1))], PolicyValueInvalid),
        ([changed("age_least", "20"), changed("age_least", "21")], PolicyChangeRepeated),
        (
            [changed("age_least", "18"), changed("ltv_most", "70%"), changed("age_least", None, region="33")],
            CalibrationEmpty,
        ),
    ],
)
def test_a_change_that_means_nothing_is_refused_and_nothing_is_kept(priced, changes, error):
    with pytest.raises(error), transaction.atomic():
        drafted(*changes)
    assert PolicyCalibration.objects.count() == 1


def test_a_preview_counts_what_would_come_out_otherwise(priced):
    for age in (18, 19, 30):
        decided(age=age)
    decided(age=19, region_code="310100")
    calibration = previewed(changed("age_least", "20", region="33"))
    preview = calibration.preview
    assert (preview["cases"], preview["untouched"], preview["changed"]) == (4, 1, 2)
    assert preview["moves"] == [{"before": "approve", "after": "decline", "cases": 2}]
    assert (preview["rules_new"], preview["scenarios"]) == ({"K01": 2}, {"cars": 2})
    assert [one["after"] for one in preview["examples"]] == ["decline", "decline"]
    assert decided(age=19) == ("approve", [])


def test_only_what_was_previewed_on_the_values_that_count_is_activated(priced):
    today = business_date()
    draft = drafted(changed("age_least", "21"))
    with pytest.raises(CalibrationNotPreviewed):
        calibration_activate(actor=ANALYST, calibration_id=draft.pk, business_on=today)
    other = previewed(changed("score_least", "600"))
    activated(changed("ltv_most", "0.6"), changed("score_least", "590"))
    with pytest.raises(CalibrationBaseMoved):
        calibration_activate(actor=ANALYST, calibration_id=other.pk, business_on=today)
    calibration_preview_begin(calibration_id=other.pk)
    calibration_preview(other.pk)
    assert PolicyChange.objects.get(calibration=other).before_shown == "590"
    calibration_activate(actor=ANALYST, calibration_id=other.pk, business_on=today)
    values = dict(PolicyInForce.objects.filter(scenario="").values_list("parameter", "value_shown"))
    assert values == {"age_least": "18", "score_least": "600", "ltv_most": "0.6"}
    calibration_discard(calibration_id=draft.pk)
    with pytest.raises(CalibrationNeverActive):
        calibration_roll_back(actor=ANALYST, calibration_id=draft.pk, reason="测试回退", business_on=today)


def test_a_promotion_loosens_for_a_grade_between_its_days(priced):
    today = business_date()
    activated(changed("score_least", "450", since=today, until=today + timedelta(days=30), dealer_grade="A"))
    assert decided(score=460) == ("approve", [])
    assert decided(score=460, dealer_grade="B") == ("refer", ["F01"])
    later = today + timedelta(days=31)
    view = decide(strategy="priced", subject=CASE, inputs=PRICED_CASE | {"score": 460}, on=later)
    assert view.outcome == "refer"


def test_contents_and_activations_cannot_be_changed(priced):
    for rows in (PolicyContent.objects.all(), PolicyActivation.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        PolicyContent.objects.update(values=[])


def test_a_parameter_keeps_its_kind(priced):
    content = priced_content()
    contract = content["contract"] | {"policy": [content["contract"]["policy"][0] | {"type": "money"}]}
    with pytest.raises(PolicyParameterDiffers):
        strategy_version_create(actor=ANALYST, strategy="priced", **content | {"contract": contract})


def prices(index):
    return [
        ObservedPrice(series, region, Decimal(index))
        for series in ("大众/朗逸", "比亚迪/秦")
        for region in ("33", "31")
    ]


def taken(on, index):
    return market_feed_take(actor=ANALYST, observed_on=on, source="行情", prices=prices(index))


def computed(feed):
    return calibration_compute(actor=ANALYST, feed_id=feed.pk, note="", business_on=business_date())


def test_a_fall_of_prices_tightens_the_models_concerned_and_quiet_days_release_them(priced, today):
    taken(today - timedelta(days=40), "100")
    fallen = taken(today - timedelta(days=1), "94")
    assert (fallen.row_count, fallen.moved_count) == (4, 4)
    with pytest.raises(MarketFeedKnown):
        taken(today - timedelta(days=1), "90")
    with pytest.raises(FormulasMissing):
        computed(fallen)
    formula = {"parameter": "ltv_most", "note": "", "is_active": True}
    policy_formula_save(actor=ANALYST, code="tighten", expression=TIGHTEN, **formula)
    calibration = computed(fallen)
    assert set(PolicyChange.objects.filter(calibration=calibration).values_list("before_shown", "value_shown")) == {
        ("", "0.69")
    }
    calibration_preview_begin(calibration_id=calibration.pk)
    calibration_preview(calibration.pk)
    calibration_activate(actor=ANALYST, calibration_id=calibration.pk, business_on=today)
    decided()
    decided(vehicle_series="丰田/卡罗拉")
    values = [record.policy["values"]["ltv_most"] for record in DecisionRecord.objects.order_by("pk")]
    assert values == ["0.69", "0.7"]

    with pytest.raises(CalibrationEmpty):
        computed(taken(today, "96"))
    released = computed(taken(today + timedelta(days=13), "97"))
    assert released.change_count == 4
    assert set(PolicyChange.objects.filter(calibration=released).values_list("before_shown", "is_removed")) == {
        ("0.69", True)
    }

    policy_formula_save(actor=ANALYST, code="tighten", expression="base * 10", **formula)
    with pytest.raises(FormulaGaveNothing):
        computed(fallen)


def test_a_calibration_is_worked_on_over_http(priced):
    everything = [permissions.POLICY_VIEW, permissions.POLICY_EDIT, permissions.POLICY_ACTIVATE]
    analyst = client_for(make_user("analyst", permissions=everything))
    viewer = client_for(make_user("viewer", permissions=[permissions.POLICY_VIEW]))
    change = {"parameter": "age_least", "policy_value": "20", "region": "33"}
    assert viewer.command("policy_calibration_draft", {"changes": [change]})[0] == 403
    status, body = analyst.command("policy_calibration_draft", {"changes": [change | {"policy_value": "x"}]})
    assert (status, body["code"], body["params"]["row"]) == (422, "policy_value_invalid", "1")
    status, draft = analyst.command("policy_calibration_draft", {"changes": [change], "note": "试"})
    assert (status, draft["calibration_state"]) == (200, "draft")
    assert draft["actions"] == ["policy_calibration_preview", "policy_calibration_discard"]
    asked = {"policy_calibration_id": draft["id"]}
    assert analyst.command("policy_calibration_preview", asked)[1]["calibration_state"] == "previewing"
    calibration_preview(draft["id"])
    status, detail = viewer.get(f"/policy-calibrations/{draft['id']}")
    assert (status, detail["preview"]["cases"], detail["actions"]) == (200, 0, [])
    assert analyst.command("policy_calibration_activate", asked)[1]["calibration_state"] == "active"
    rows = viewer.get("/lists/policy_values", parameter="age_least", sort="-region")[1]["items"]
    assert [(row["region"], row["policy_value"]) for row in rows] == [("33", "20"), ("", "18")]
    history = viewer.get("/lists/policy_changes", calibration_id=draft["id"])[1]["items"]
    assert [(row["value_before"], row["value_after"]) for row in history] == [("", "20")]
    first = PolicyCalibration.objects.order_by("pk").first()
    back = {"policy_calibration_id": first.pk, "reason": "回到出厂"}
    assert analyst.command("policy_calibration_roll_back", back)[1]["calibration_state"] == "active"
    price = {"vehicle_series": "大众/朗逸", "region": "33", "price_index": "100"}
    feed = {"observed_on": "2026-11-01", "market_source": "行情接口", "prices": [price]}
    assert analyst.command("market_feed_take", feed)[1]["row_count"] == 1
    formula = {"code": "tighten", "parameter": "ltv_most", "expression": "base *"}
    assert analyst.command("policy_formula_save", formula)[1]["code"] == "policy_formula_invalid"


def test_a_calibration_that_changed_after_its_activation_decides_nothing(priced):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        PolicyContent.objects.update(values=[{"parameter": "age_least", "value": 1}])
        cursor.execute("SET LOCAL session_replication_role = origin")
    policy_live._values.cache_clear()
    policy_live._resolver.cache_clear()
    assert decided() == ("refer", ["calibration_changed"])
    assert "changed after it was activated" in policy_as_activated()[0]


def test_a_parameter_that_nobody_set_is_named_on_the_record(priced):
    activated(changed("age_least", None), changed("age_least", "20", region="31"))
    view = decide(strategy="priced", subject=CASE, inputs=PRICED_CASE, on=business_date())
    assert (view.outcome, [reason.text_zh for reason in view.reasons]) == ("refer", ["政策参数没有取值：最低年龄"])
    assert decided(region_code="310100") == ("approve", [])
    assert all(decision_replay(record.pk).is_same for record in DecisionRecord.objects.all())
