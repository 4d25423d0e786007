"""Back-tests: what a version, or other values, would have answered on past cases, beside what was answered."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from axle.decisioning import permissions
from axle.decisioning.domain.backtest import Answer, Comparison, added_up, answer_of, shares_of
from axle.decisioning.errors import BackTestWithoutCases, CalibrationNotDraft, StrategyVersionNotCompiled
from axle.decisioning.models import BackTestMove, CalibrationKind
from axle.decisioning.public import CaseScope, decisions_draft, decisions_keep
from axle.decisioning.services import backtest_begin as beginning
from axle.decisioning.services.backtest_begin import backtest_begin
from axle.decisioning.services.backtest_run import backtest_run
from axle.decisioning.services.calibration_draft import Change, calibration_draft
from axle.decisioning.services.strategy_create import strategy_create
from axle.decisioning.services.strategy_version_activate import strategy_version_activate
from axle.decisioning.services.strategy_version_compile import strategy_version_compile
from axle.decisioning.services.strategy_version_create import strategy_version_create
from axle.decisioning.tests.factories import PRICED_CASE, PRICED_CASES, content_of, priced_content, priced_graph
from axle.platform.public import Subject, business_date
from axle.platform.testing import client_for, make_actor, make_department, make_user

pytestmark = pytest.mark.django_db
ANALYST = make_actor(name="analyst")
AGES = (17, 30, 45, 60)
SCORES = (450, 520, 700)


def version_of(**parts):
    version = strategy_version_create(actor=ANALYST, strategy="priced", **priced_content() | parts)
    version = strategy_version_compile(actor=ANALYST, version_id=version.pk)
    assert version.findings == []
    return version


@pytest.fixture
def decided():
    """A version in force, and twelve decisions of it: half of the cases in one department, half in another."""
    today = business_date()
    strategy_create(actor=ANALYST, code="priced", name_zh="策略", name_en="Priced", owner="risk")
    version = version_of()
    strategy_version_activate(actor=ANALYST, version_id=version.pk, effective_from=today, business_on=today)
    cases = [PRICED_CASE | {"age": age, "score": score} for age in AGES for score in SCORES]
    halves = (make_department("华东区"), cases[:6]), (make_department("华南区"), cases[6:])
    for department, part in halves:
        drafts = decisions_draft(strategy="priced", cases=part, on=today)
        subjects = [Subject("application", number) for number in range(len(part))]
        decisions_keep(drafts, subjects, scope=CaseScope(department_id=department.pk))
    return version


@pytest.fixture
def candidate(decided):
    """Nobody below 40 any more, and no grey zone below a score of 500."""
    graph = priced_graph()
    young, low = content_of(graph, "rules")["rules"]
    young |= {"when": "age < 40"}
    low |= {"when": "score != null and score < 400"}
    cases = [
        case | {"inputs": case["inputs"] | {"age": 50}} if case["name"] == "good" else case for case in PRICED_CASES
    ]
    cases = [case | {"inputs": {"score": 399}} if case["name"] in ("low", "used") else case for case in cases]
    return version_of(graph=graph, cases=cases)


def begun(version, calibration=None, since=0, until=0):
    today = business_date()
    return backtest_begin(
        actor=ANALYST,
        version_id=version.pk,
        calibration_id=calibration.pk if calibration else None,
        since=today + timedelta(days=since),
        until=today + timedelta(days=until),
        business_on=today,
    )


def run(backtest):
    for part in backtest.parts.order_by("pk"):
        backtest_run(part.pk)
    backtest.refresh_from_db()
    return backtest.figures


def test_a_version_is_compared_with_what_was_decided(candidate, monkeypatch):
    monkeypatch.setattr(beginning, "PART", 5)
    backtest = begun(candidate)
    first, *others = backtest.parts.order_by("pk")
    assert [part.case_count for part in (first, *others)] == [5, 5, 2]
    for _ in range(2):
        backtest_run(first.pk)
        backtest.refresh_from_db()
        assert (backtest.done_count, backtest.figures, backtest.ended_at) == (5, None, None)

    figures = run(backtest)
    assert (backtest.case_count, backtest.done_count, backtest.ended_at is None) == (12, 12, False)
    assert (figures["cases"], figures["skipped"]) == (12, 0)
    assert figures["before"]["outcomes"] == {"decline": 3, "refer": 3, "approve": 6}
    assert figures["after"]["outcomes"] == {"decline": 6, "approve": 6}
    assert figures["moves"] == {"refer>decline": 1, "approve>decline": 2, "refer>approve": 2}
    assert (figures["before"]["rules"], figures["after"]["rules"]) == ({"K01": 3, "F01": 4}, {"K01": 6})
    moves = BackTestMove.objects.order_by("pk").values_list("before", "after", "rules_new", "rules_gone")
    assert list(moves)[:2] == [("refer", "decline", ["K01"], ["F01"]), ("approve", "decline", ["K01"], [])]
    assert moves.count() == 5


def test_the_version_in_force_would_answer_as_it_did(decided):
    figures = run(begun(decided))
    assert (figures["moves"], figures["before"]) == ({}, figures["after"])


def test_a_draft_calibration_is_tried_on_a_period(decided):
    changes = [Change("score_least", {}, "600")]
    calibration = calibration_draft(
        actor=ANALYST, changes=changes, kind=CalibrationKind.MANUAL, note="", business_on=business_date()
    )
    assert run(begun(decided, calibration))["moves"] == {"approve>refer": 3}
    assert run(begun(decided))["moves"] == {}
    calibration.state = "discarded"
    calibration.save()
    with pytest.raises(CalibrationNotDraft):
        begun(decided, calibration)


def test_cases_that_cannot_be_decided_again_count_on_no_side(decided):
    contract = priced_content()["contract"]
    more = {"name": "mileage", "type": "integer", "minimum": 0, "maximum": 9, "words": {"zh": "里程", "en": "Mileage"}}
    cases = [PRICED_CASES[0] | {"inputs": PRICED_CASE | {"mileage": 1}}, *PRICED_CASES[1:]]
    figures = run(begun(version_of(contract=contract | {"inputs": [*contract["inputs"], more]}, cases=cases)))
    assert (figures["cases"], figures["skipped"], figures["after"]["outcomes"]) == (12, 12, {})


def test_the_queries_of_a_part_do_not_grow_with_it(candidate, monkeypatch):
    counts = []
    for part in (4, 4, 8):  # the first of all prepares the version for this process
        monkeypatch.setattr(beginning, "PART", part)
        first = begun(candidate).parts.order_by("pk")[0]
        with CaptureQueriesContext(connection) as queries:
            backtest_run(first.pk)
        counts.append(len(queries))
    assert counts[1] == counts[2] <= 14


def test_a_back_test_needs_a_compiled_version_and_cases(decided):
    draft = strategy_version_create(actor=ANALYST, strategy="priced", **priced_content())
    with pytest.raises(StrategyVersionNotCompiled):
        begun(draft)
    with pytest.raises(BackTestWithoutCases):
        begun(decided, since=-3, until=-1)


def test_the_result_is_read_and_its_moves_within_the_reader_s_scope(candidate):
    allowed = [permissions.STRATEGY_VIEW, permissions.STRATEGY_EDIT, permissions.DECISION_VIEW]
    analyst = client_for(make_user("analyst", permissions=allowed))
    today = business_date().isoformat()
    asked = {"strategy_version_id": candidate.pk, "since": today, "until": today}
    status, begun = analyst.command("backtest_begin", asked)
    assert (status, begun["case_count"], begun["done_count"]) == (200, 12, 0)
    assert analyst.get(f"/backtests/{begun['id']}")[1]["backtest_figures"] is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'run_backtest_part'")
        (arguments,) = cursor.fetchone()
    backtest_run(**json.loads(arguments))

    found = analyst.get(f"/backtests/{begun['id']}")[1]["backtest_figures"]
    assert (found["before"]["approved_rate"], found["before"]["automatic_rate"]) == ("0.5000", "0.7500")
    assert (found["after"]["approved_rate"], found["after"]["automatic_rate"]) == ("0.5000", "1.0000")
    assert found["rules"] == [{"code": "F01", "before": 4, "after": 0}, {"code": "K01", "before": 3, "after": 6}]
    assert {(one["before"], one["after"]): one["cases"] for one in found["moves"]}["approve", "decline"] == 2
    (row,) = analyst.get("/lists/backtests", strategy_version_id=candidate.pk)[1]["items"]
    assert (row["backtest_no"], row["done_count"]) == (begun["backtest_no"], 12)
    moved = analyst.get("/lists/backtest_moves", backtest_id=begun["id"])[1]
    assert len(moved["items"]) == 5
    south = make_department("西区")
    other = client_for(make_user("other", permissions=allowed, scope="department", department=south))
    assert other.get("/lists/backtest_moves", backtest_id=begun["id"])[1]["items"] == []
    viewer = client_for(make_user("viewer", permissions=[permissions.STRATEGY_VIEW]))
    assert viewer.command("backtest_begin", asked)[0] == 403
    assert viewer.get("/lists/backtest_moves")[0] == 403
    assert analyst.command("backtest_begin", asked | {"until": "2020-01-01"})[1]["code"] == "backtest_without_cases"


def result(outcome, amount=100_000_00):
    return {"outcome": outcome, "hits": [{"code": "F01"}], "score": 600, "results": {"suggested_amount_fen": amount}}


@pytest.mark.parametrize(
    ("kept", "given", "inputs", "loss"),
    [
        (result("approve"), {"default_rate": "0.020000"}, {}, 90_000),
        (result("approve", None), {"default_rate": "0.020000"}, {"loan_amount_fen": 50_000_00}, 45_000),
        (result("decline"), {"default_rate": "0.020000"}, {}, None),
        (result("approve"), {}, {}, None),
        (result("approve", None), {"default_rate": "0.020000"}, {}, None),
    ],
)
def test_the_expected_loss_is_told_where_risk_and_amount_are_known(kept, given, inputs, loss):
    assert answer_of(kept, given, inputs, loss_given_default=Decimal("0.45")).loss == loss


def test_parts_add_up_to_the_whole():
    answers = [Answer(outcome, frozenset(rules), 600, loss) for outcome, rules, loss in (
        ("approve", (), 10), ("refer", ("F01",), None), ("decline", ("K01",), None), ("approve", ("F02",), None),
    )]  # fmt: skip
    pairs = [(before, after) for before in answers for after in answers]
    whole, parts = Comparison(), [Comparison(), Comparison(), Comparison()]
    for number, (before, after) in enumerate(pairs):
        whole.add(before, after)
        parts[number % 3].add(before, after)
    whole.skip()
    parts[1].skip()
    assert added_up(part.stored() for part in parts) == whole.stored()
    shares = shares_of(whole.stored()["before"])
    assert (shares.approved, shares.automatic, shares.declined) == (Decimal("0.5"), Decimal("0.75"), Decimal("0.25"))
    assert shares_of(Comparison().stored()["before"]).approved == 0
