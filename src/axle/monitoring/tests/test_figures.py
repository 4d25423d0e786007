"""The figures of a day, counted by hand for a small planted set; made again they are the same."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from axle.decisioning.tests.factories import STANDARD
from axle.ledger.events import MoneyEvent
from axle.monitoring import permissions as may
from axle.monitoring.checks import risk_figures_match_records
from axle.monitoring.models import RuleDay, ScoreDay, SourceDay, StrategyDay, VintageMonth
from axle.monitoring.selectors import rule_hits
from axle.monitoring.services.day_keep import day_keep, day_refill
from axle.monitoring.services.day_queue import day_queue
from axle.monitoring.tests import planting
from axle.monitoring.tests.planting import DAY, STRATEGY, application, decision
from axle.origination.tests.world import TODAY, make_world
from axle.platform.public import business_date_set
from axle.platform.testing import captured, client_for, kept_rows, make_user, run_jobs
from axle.servicing.models import ArrearsDay
from axle.servicing.tests.factories import make_loan

pytestmark = pytest.mark.django_db
KEPT = (StrategyDay, RuleDay, ScoreDay, SourceDay, VintageMonth)
MONTH_END = date(2026, 3, 31)


@pytest.fixture
def planted() -> Any:
    """Seven decisions of a day, five of them on applications that were answered; two of the day before."""
    business_date_set(DAY + timedelta(days=1))
    version, new, used = planting.strategy_version(), planting.product("new_car"), planting.product("used_car")
    cases = [
        application(1, new, seconds=60),
        application(2, new, seconds=120),
        application(3, new, seconds=3600, process=planting.process()),
        application(4, used, seconds=30),
        application(5, new, seconds=0, source="file"),
    ]
    decision(version, "refer", "F01", about=cases[1], on=DAY - timedelta(days=1))
    decision(version, "approve", on=DAY - timedelta(days=1))
    points = [("age", 10), ("income", 5)]
    decision(version, "approve", about=cases[0], score=600, points=points)
    decision(version, "approve", about=cases[1], score=620, points=[("age", 20), ("income", 5)])
    decision(version, "refer", "F01", about=cases[2], score=600, points=points)
    decision(version, "decline", "K01", "F01", about=cases[3])
    decision(version, "approve", about=cases[4])
    decision(version, "refer", faults=["input_missing"])
    decision(None, "refer", faults=["strategy_not_active"])
    return version


def _strategy(**keys: str) -> dict[str, Any]:
    day = StrategyDay.objects.get(business_on=DAY, **{"strategy_code": "", "product_code": "", **keys})
    return {name: value for name, value in vars(day).items() if name[0] != "_" and name != "id"}


def _all_kept() -> list[Any]:
    return [sorted(str({**found, "id": 0}) for found in model.objects.values()) for model in KEPT]


def test_decisions_answers_times_and_reasons_are_those_counted_by_hand(planted):
    day_keep(DAY)
    whole = _strategy()
    assert whole == {
        "business_on": DAY, "strategy_code": "", "product_code": "",
        "decisions": 7, "approved": 3, "referred": 3, "declined": 1, "faulted": 2,
        "answered": 5, "automatic": 4, "timed": 4, "seconds_p50": 60, "seconds_p90": 3600,
        "reasons": {"R07": 1, "R08": 2, "R09": 2},
    }  # fmt: skip
    assert _strategy(strategy_code=STRATEGY) == whole | {"strategy_code": STRATEGY}
    new = _strategy(strategy_code=STRATEGY, product_code="new_car")
    assert [new[name] for name in ("decisions", "approved", "answered", "automatic", "timed")] == [4, 3, 4, 3, 3]
    assert (new["seconds_p50"], new["seconds_p90"], new["reasons"]) == (120, 3600, {"R09": 1})
    used = _strategy(strategy_code=STRATEGY, product_code="used_car")
    assert (used["declined"], used["automatic"], used["reasons"]) == (1, 1, {"R07": 1, "R09": 1})
    assert StrategyDay.objects.count() == 4
    assert risk_figures_match_records() == []
    decision(planted, "approve")
    assert risk_figures_match_records() == ["2026-03-10: 7 decisions are kept, 8 were made"]


def test_rules_are_held_against_the_days_before(planted):
    for on in (DAY - timedelta(days=1), DAY):
        day_keep(on)
    low, young = rule_hits(DAY, DAY)
    assert (low.code, low.hits, low.cases, low.hits_before, low.cases_before) == ("F01", 2, 7, 1, 2)
    assert (str(low.rate), str(low.rate_before), str(low.change)) == ("0.2857", "0.5000", "-0.2143")
    assert (young.code, str(young.rate), str(young.rate_before)) == ("K01", "0.1429", "0.0000")


def test_scores_and_their_characteristics_are_counted(planted):
    card = planting.scorecard_version([600], [50, 50], [50, 40, 10])
    part = {"name": "ltv", "value": 1.5, "bin_no": 1, "points": 7, "lost": 0, "reason_code": "R06"}
    given = {"scorecard": "small_card", "version_id": card.pk, "version_no": 3, "points": 640, "contributions": [part]}
    decision(planted, "approve", score=640, given=given)
    day_keep(DAY)
    rows = ScoreDay.objects.order_by("scored_by", "characteristic")
    assert list(rows.values_list("scored_by", "code", "version_no", "characteristic", "cases", "counts")) == [
        ("scorecard", "small_card", 3, "", 1, {"640": 1}),
        ("scorecard", "small_card", 3, "ltv", 1, {"1": 1}),
        ("strategy", STRATEGY, 1, "", 3, {"600": 2, "620": 1}),
        ("strategy", STRATEGY, 1, "age", 3, {"10": 2, "20": 1}),
        ("strategy", STRATEGY, 1, "income", 3, {"5": 3}),
    ]


def test_sources_are_counted_by_how_they_answered():
    for number, (outcome, more) in enumerate(
        [
            ("hit", {"duration_ms": 100, "price": 40}), ("hit", {"duration_ms": 300, "price": 40}),
            ("no_record", {"duration_ms": 200}), ("late", {"duration_ms": 2000}),
            ("refused_by_breaker", {"attempts": 0}),
            ("hit", {"attempts": 0, "is_cached": True}),
        ]
    ):  # fmt: skip
        _call(number, outcome, **more)
    day_keep(DAY)
    day = SourceDay.objects.get()
    assert (day.asked, day.hits, day.no_records, day.failed, day.late, day.refused, day.cached) == (4, 2, 1, 0, 1, 1, 1)
    assert (day.duration_p50_ms, day.duration_p99_ms, day.cost) == (200, 2000, 80)


def _call(number: int, outcome: str, *, is_cached: bool = False, **more: Any) -> None:
    enquiry = planting.row(
        "sources.Enquiry", subject_type="application", subject_id=number, subject_no="x", asked_by="x", particulars={}
    )
    calls = SourceDay._meta.apps.get_model("sources.SourceCall").objects
    columns: dict[str, Any] = {"attempts": 1, **more, "answer": {} if outcome == "hit" else None}
    planting.row(
        "sources.SourceCall", call_no=f"SC{number}", enquiry=enquiry, source_id="phone", basis="contract",
        question_index="x", outcome=outcome, business_on=DAY, **columns,
        cached_from=calls.first() if is_cached else None,
    )  # fmt: skip


def test_vintages_follow_from_the_arrears_that_were_kept():
    with captured(MoneyEvent):
        loans = [make_loan(number) for number in (1, 2, 3)]
    for loan, score in zip(loans, (612, 655, None), strict=True):
        type(loan.contract.application).objects.filter(pk=loan.contract.application_id).update(score=score)
    for loan, oldest, balance in ((loans[0], date(2026, 2, 28), 800), (loans[1], date(2025, 12, 30), 900)):
        ArrearsDay.objects.create(
            business_on=MONTH_END, loan=loan, legal_entity_id=loan.legal_entity_id, oldest_due_on=oldest, periods=1,
            principal_overdue=1, interest_overdue=1, fee_overdue=0, principal_balance=balance,
        )  # fmt: skip
    day_keep(MONTH_END)
    names = ("vintage_on", "score_from", "loans", "principal", "loans_over_30", "balance_over_30", "loans_over_90")
    january, principal = date(2026, 1, 1), 100_000_00
    assert list(VintageMonth.objects.order_by("score_from").values_list(*names)) == [
        (january, 600, 1, principal, 1, 800, 0),
        (january, 650, 1, principal, 1, 900, 1),
        (january, None, 1, principal, 0, 0, 0),
    ]
    kept = _all_kept()
    assert (day_refill(MONTH_END), _all_kept()) == (3, kept)
    reader = client_for(make_user("risk", permissions=[may.FIGURE_VIEW]))
    business_date_set(MONTH_END + timedelta(days=1))
    (line,) = reader.get("/reports/vintages")[1]["items"]
    assert (line["vintage"], line["months_on_book"], line["bad_rate_30"], line["bad_rate_90"]) == (
        "2026-01", 2, "0.6667", "0.3333",
    )  # fmt: skip
    assert [one["score_from"] for one in reader.get("/reports/score_band_losses")[1]["items"]] == [600, 650, None]


def test_a_day_is_the_same_again_in_as_many_statements(planted):
    day_keep(DAY)
    kept = _all_kept()
    for _again in range(2):
        day_keep(DAY)
        assert _all_kept() == kept
    with CaptureQueriesContext(connection) as few:
        day_refill(DAY)
    sold = planting.product("truck")
    for number in range(10, 16):
        decision(planted, "refer", "F01", about=application(number, sold), score=500 + number)
    with CaptureQueriesContext(connection) as many:
        day_refill(DAY)
    assert len(many) == len(few) <= 20
    assert _strategy(strategy_code=STRATEGY, product_code="truck")["referred"] == 6


def test_past_days_are_kept_again_by_who_may(planted):
    assert day_queue(DAY, 0, 1) == 1
    assert run_jobs() == ["keep_risk_day"]
    assert StrategyDay.objects.filter(business_on=DAY).count() == 4
    analyst = client_for(make_user("analyst", permissions=[may.FIGURE_VIEW, may.FIGURE_REFILL]))
    span = {"since": (DAY - timedelta(days=1)).isoformat(), "until": DAY.isoformat()}
    assert analyst.command("risk_figures_refill", span)[1] == {"days": 2}
    assert run_jobs() == ["refill_risk_day", "refill_risk_day"]
    assert set(StrategyDay.objects.values_list("business_on", flat=True)) == {DAY - timedelta(days=1), DAY}
    for wrong in ({"until": "2026-03-11"}, {"until": "2026-03-01"}, {"since": "2025-01-01"}):
        status, refused = analyst.command("risk_figures_refill", span | wrong)
        assert (status, refused["code"], refused["field"]) == (422, "refill_days_wrong", "until")
    assert run_jobs() == []
    assert client_for(make_user("viewer", permissions=[may.FIGURE_VIEW])).command("risk_figures_refill", span)[0] == 403


def test_reports_and_board_show_the_institution_to_who_may_see_all_of_it(planted, django_assert_max_num_queries):
    for on in (DAY - timedelta(days=1), DAY):
        day_keep(on)
    reader = client_for(make_user("risk", permissions=[may.FIGURE_VIEW]))
    newest, oldest = reader.get("/reports/decision_days")[1]["items"]
    assert (newest["business_on"], newest["automatic_share"], newest["seconds_p50"]) == (DAY.isoformat(), "0.8", 60)
    assert newest["top_reasons"].count(";") == 2
    assert (oldest["decisions"], oldest["automatic_share"]) == (2, None)
    assert [one["code"] for one in reader.get("/reports/rule_hits", since=str(DAY))[1]["items"]] == ["F01", "K01"]
    file = b"".join(reader.raw.get("/api/v1/reports/decision_days/export?format=csv")).decode()
    assert "自动化率" in file
    assert "综合评分不足 2" in file
    with django_assert_max_num_queries(20):
        board = reader.get("/risk-board")[1]
    cards = {card["key"]: card["value"] for card in board["cards"]}
    assert (cards["decisions_made"], cards["automatic_share"], cards["open_risk_alerts"]) == ("9", "0.8", "0")
    charts = {chart["key"]: chart for chart in board["charts"]}
    assert charts["automatic_share_by_day"]["series"][0]["values"] == [None, 0.8]
    assert charts["answer_minutes_by_day"]["series"][1]["values"] == [None, 60.0]
    reasons = charts["reasons_of_span"]
    assert (reasons["labels"], reasons["series"][0]["values"]) == (["R09", "R08", "R07"], [3, 2, 1])
    part = client_for(make_user("part", permissions=[may.FIGURE_VIEW], scope="department"))
    assert part.get("/reports/decision_days")[1]["items"] == []
    assert part.get("/risk-board")[1]["charts"] == []
    assert client_for(make_user("nobody")).get("/risk-board")[0] == 403


def test_an_application_that_the_shipped_strategy_approves_is_counted_from_its_own_record():
    world = replace(kept_rows("the institution of origination", make_world), people={})
    application = world.submitted()
    day_keep(TODAY)
    day = StrategyDay.objects.get(strategy_code="", product_code="")
    assert (day.decisions, day.approved, day.answered, day.automatic, day.timed) == (1, 1, 1, 1, 1)
    product_code = application.product_version.product.code
    assert StrategyDay.objects.get(product_code=product_code).strategy_code == STANDARD
    (score, *characteristics) = ScoreDay.objects.order_by("characteristic")
    assert (score.code, score.counts) == (STANDARD, {str(application.score): 1})
    assert len(characteristics) > 5
    assert sum(int(place) for one in characteristics for place in one.counts) == application.score
