"""What a record keeps of the way to a decision, in both forms, and what is shown of it."""

import zlib
from datetime import date

import pytest
from django.db import connection

from axle.decisioning.domain.canonical import canonical_bytes
from axle.decisioning.domain.traces import Trace, trace_compacted, trace_packed, trace_unpacked
from axle.decisioning.live import live_strategy
from axle.decisioning.models import DecisionRecord, StrategyVersion
from axle.decisioning.public import decide, decision_replay
from axle.decisioning.services.strategy_create import strategy_create
from axle.decisioning.services.strategy_version_activate import strategy_version_activate
from axle.decisioning.services.strategy_version_compile import strategy_version_compile
from axle.decisioning.services.strategy_version_create import strategy_version_create
from axle.decisioning.tests.factories import SMALL_CASES, SMALL_CONTRACT, SMALL_RULES, small_graph
from axle.decisioning.trace_shown import trace_of
from axle.platform.public import Subject
from axle.platform.testing import make_actor

pytestmark = pytest.mark.django_db
ANALYST = make_actor(name="analyst")
TODAY = date(2026, 11, 22)
YOUNG = {"age": 17, "score": 700, "kind": "new"}


@pytest.fixture
def record() -> DecisionRecord:
    strategy_create(actor=ANALYST, code="small", name_zh="小策略", name_en="Small", owner="risk")
    content = {"contract": SMALL_CONTRACT, "rules": SMALL_RULES, "cases": SMALL_CASES}
    version = strategy_version_create(actor=ANALYST, strategy="small", graph=small_graph(), **content)
    strategy_version_compile(actor=ANALYST, version_id=version.pk)
    strategy_version_activate(actor=ANALYST, version_id=version.pk, effective_from=TODAY, business_on=TODAY)
    view = decide(strategy="small", subject=Subject("application", 1), inputs=YOUNG, on=TODAY)
    return DecisionRecord.objects.get(pk=view.record_id)


def test_a_record_keeps_what_each_node_made(record):
    made, trace = trace_unpacked(bytes(record.trace))
    assert (list(made), trace) == (["counts", "outcome", "request", "response", "rules"], None)
    assert made["outcome"] == {"outcome": "decline"}
    assert made["rules"]["hits"] == record.result["hits"]
    assert made["counts"]["limit"] == 170


def test_the_rows_that_matched_are_told_again(record):
    shown = trace_of(record)
    assert [row["index"] for row in shown["rules"]["traceData"]] == [0]
    assert shown["outcome"]["traceData"]["index"] == 0
    assert shown["outcome"]["output"] == YOUNG | {
        "hits": record.result["hits"],
        "knock_outs": 1,
        "refers": 0,
        "limit": 170,
        "share": pytest.approx(58.82, abs=0.01),
        "outcome": "decline",
    }


def test_a_record_of_the_first_form_shows_and_replays_the_same(record):
    shown = trace_of(record)
    put_trace(record, zlib.compress(canonical_bytes(first_form(record.version))))
    assert trace_of(record) == shown
    assert decision_replay(record.pk).is_same


def test_what_the_engine_no_longer_makes_is_shown_as_it_was_kept(record):
    made, _ = trace_unpacked(bytes(record.trace))
    put_trace(record, trace_packed({**made, "counts": {**made["counts"], "limit": 171}}))
    shown = trace_of(record)
    assert (shown["counts"]["output"]["limit"], shown["rules"]["traceData"]) == (171, None)
    assert [node for node, _ in sorted(shown.items(), key=lambda item: item[1]["order"])] == [
        "request",
        "rules",
        "counts",
        "outcome",
        "response",
    ]
    report = decision_replay(record.pk)
    assert (report.is_same, report.is_intact, report.stored) == (False, True, report.replayed)


def test_a_case_that_was_not_evaluated_has_no_trace(record):
    view = decide(strategy="small", subject=Subject("application", 2), inputs=YOUNG | {"age": "17"}, on=TODAY)
    assert trace_of(DecisionRecord.objects.get(pk=view.record_id)) == {}


def first_form(version: StrategyVersion) -> Trace:
    """The trace as records kept it before."""
    strategy = live_strategy(version)
    return trace_compacted(strategy.compiled, strategy.evaluator(YOUNG, 5, is_traced=True))


def put_trace(record: DecisionRecord, packed: bytes) -> None:
    """Put another trace on record behind the guards."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE decisioning_decisionrecord SET trace = %s WHERE id = %s", [packed, record.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    record.refresh_from_db()
