"""Deciding, recording and replaying against real tables."""

from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from axle.decisioning.checks import decision_records_intact, strategy_contents_unchanged
from axle.decisioning.domain.evaluation import evaluate
from axle.decisioning.live import hash_of
from axle.decisioning.models import DecisionRecord, StrategyContent
from axle.decisioning.permissions import DECISION_VIEW
from axle.decisioning.public import (
    CaseScope,
    decide,
    decision_replay,
    decisions_draft,
    decisions_keep,
    decisions_of,
    input_contract,
)
from axle.decisioning.services.strategy_create import strategy_create
from axle.decisioning.services.strategy_version_activate import strategy_version_activate
from axle.decisioning.services.strategy_version_compile import strategy_version_compile
from axle.decisioning.services.strategy_version_create import strategy_version_create
from axle.decisioning.tests.factories import SMALL_CASES, SMALL_CONTRACT, SMALL_RULES, content_of, small_graph
from axle.platform.errors import NotFound
from axle.platform.public import DataScope, Subject, parameter_set
from axle.platform.testing import make_actor, make_department, make_employee, make_entity

pytestmark = pytest.mark.django_db
ANALYST = make_actor(name="analyst")
TODAY = date(2026, 11, 22)
CASE = Subject("application", 7)
GOOD = {"age": 30, "score": 700, "kind": "new"}


def put_into_force(on=TODAY, graph=None, **parts):
    content = {"contract": SMALL_CONTRACT, "rules": SMALL_RULES, "cases": SMALL_CASES} | parts
    version = strategy_version_create(actor=ANALYST, strategy="small", graph=graph or small_graph(), **content)
    strategy_version_compile(actor=ANALYST, version_id=version.pk)
    return strategy_version_activate(actor=ANALYST, version_id=version.pk, effective_from=on, business_on=on)


@pytest.fixture
def small():
    strategy_create(actor=ANALYST, code="small", name_zh="小策略", name_en="Small", owner="risk")
    return put_into_force()


def decided(**changes):
    return decide(strategy="small", subject=CASE, inputs=GOOD | changes, on=TODAY)


def test_a_decision_is_answered_and_recorded(small):
    view = decided()
    record = DecisionRecord.objects.get()
    assert (view.outcome, view.reasons, view.results) == ("approve", (), {"limit": 300})
    assert (record.pk, record.outcome, record.version, record.contract_version) == (
        view.record_id,
        "approve",
        small,
        "small.1",
    )
    assert (record.inputs, record.rule_codes, record.fault_codes) == (GOOD, [], [])
    assert record.record_no.startswith("DR20261122")
    assert view.strategy_version_no == 1


def test_many_decided_together_are_recorded_as_one_by_one(small):
    cases = [GOOD, GOOD | {"age": 17}, GOOD | {"score": 400}, GOOD | {"score": None}]
    single = [decide(strategy="small", subject=CASE, inputs=case, on=TODAY) for case in cases]

    drafts = decisions_draft(strategy="small", cases=cases, on=TODAY)
    assert DecisionRecord.objects.count() == len(cases)
    subjects = [Subject("application", number) for number in range(1, 5)]
    views = decisions_keep(drafts, subjects, scope=CaseScope(dealer_id=3))

    assert [view.outcome for view in views] == ["approve", "decline", "refer", "refer"]
    assert [(view.outcome, view.reasons, view.results) for view in views] == [
        (view.outcome, view.reasons, view.results) for view in single
    ]
    for view, one in zip(views, single, strict=True):
        record, alone = DecisionRecord.objects.get(pk=view.record_id), DecisionRecord.objects.get(pk=one.record_id)
        assert (record.content_hash, bytes(record.trace)) == (alone.content_hash, bytes(alone.trace))
        assert decision_replay(record.pk).is_same
    stored = DecisionRecord.objects.filter(dealer_id=3).order_by("pk")
    assert [record.subject_id for record in stored] == [1, 2, 3, 4]
    assert [record.record_no for record in stored] == [view.record_no for view in views]


def test_nothing_decided_records_nothing(small):
    assert decisions_keep(decisions_draft(strategy="small", cases=[], on=TODAY), [], scope=CaseScope()) == []


def test_reasons_carry_both_wordings_and_the_outside_one(small):
    reason = decided(age=17).reasons[0]
    assert (reason.code, reason.severity, reason.reason_code) == ("K01", "knock_out", "R07")
    assert (reason.text_zh, reason.text_en) == ("17 岁，未满 18 岁", "17 years old; at least 18")
    assert (reason.external_zh, reason.external_en) == ("地区或产品要求", "Region or product requirements")


def test_a_faulty_case_is_recorded_with_the_fault_in_words(small):
    view = decided(score=None, age="30")
    assert view.outcome == "refer"
    assert [(reason.code, reason.text_zh) for reason in view.reasons] == [("input_wrong_type", "输入类型错误：年龄")]
    assert DecisionRecord.objects.get().inputs == {"age": "<str>", "score": None, "kind": "new"}


def test_knock_outs_come_first_and_unanswered_sources_last(small):
    assert [reason.code for reason in decided(age=17, score=400).reasons] == ["K01", "F01"]
    assert [reason.code for reason in decided(age=17, score=None).reasons] == ["K01", "source_no_answer"]


def test_without_a_version_in_force_a_person_decides(small):
    view = decide(strategy="small", subject=CASE, inputs=GOOD, on=date(2026, 11, 21))
    assert (view.outcome, view.reasons[0].code, view.strategy_version_no) == ("refer", "strategy_not_active", None)
    assert decide(strategy="unknown", subject=CASE, inputs={}, on=TODAY).outcome == "refer"
    assert input_contract("unknown", on=TODAY) is None


def tamper(version, graph):
    """Change stored content behind the guards, as a mistaken repair in the database would."""
    with unguarded():
        StrategyContent.objects.filter(pk=version.pk).update(graph=graph)


@contextmanager
def unguarded():
    """Switch the database's triggers off, as only its owner can."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_content_that_changed_after_compilation_decides_nothing(small):
    graph = small_graph()
    content_of(graph, "rules")["rules"][0]["when"] = "age < > 18"
    tamper(small, graph)
    view = decided(age=17)
    assert (view.outcome, view.reasons[0].code) == ("refer", "strategy_changed")
    assert strategy_contents_unchanged() == ["small version 1 changed after it was stored"]
    assert decision_records_intact() == []


def test_content_that_no_longer_compiles_decides_nothing(small):
    graph = small_graph()
    content_of(graph, "rules")["rules"][0]["when"] = "age < '18'"
    tamper(small, graph)
    small.refresh_from_db()
    small.content_hash = hash_of(StrategyContent.objects.get(pk=small.pk))
    small.save(update_fields=["content_hash"])
    view = decided(age=17)
    assert (view.outcome, view.reasons[0].code) == ("refer", "strategy_broken")
    assert "number wanted" in view.reasons[0].text_en


def test_a_replay_gives_the_same_bytes(small):
    for changes in ({}, {"age": 17}, {"score": None}, {"age": 0}):
        report = decision_replay(decided(**changes).record_id)
        assert report.is_same, changes
        assert report.stored == report.replayed


def test_a_replay_uses_the_version_of_its_day(small):
    old = decided(age=19)
    stricter = small_graph()
    content_of(stricter, "rules")["rules"][0] |= {"when": "age < 20", "limit": "20"}
    put_into_force(graph=stricter)
    assert decided(age=19).outcome == "decline"
    assert decision_replay(old.record_id).is_same


def test_a_record_that_was_changed_is_reported(small):
    record_id = decided().record_id
    with unguarded() as cursor:
        cursor.execute("UPDATE decisioning_decisionrecord SET inputs = inputs || '{\"age\": 31}'")
    report = decision_replay(record_id)
    assert (report.is_same, report.is_intact) == (False, False)
    assert len(decision_records_intact()) == 1
    with pytest.raises(NotFound):
        decision_replay(0)


@pytest.mark.parametrize(
    "statement", ["UPDATE decisioning_decisionrecord SET outcome = 'refer'", "DELETE FROM decisioning_decisionrecord"]
)
def test_records_are_append_only(small, statement):
    decided()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert DecisionRecord.objects.get().outcome == "approve"


def test_the_database_refuses_an_approval_with_a_fault(small):
    record = DecisionRecord.objects.get(pk=decided().record_id)
    record.pk, record.record_no, record.fault_codes = None, "DR1", ["engine_error"]
    with pytest.raises(DatabaseError, match="decision_record_safe"), transaction.atomic():
        record.save(force_insert=True)


def test_the_deadline_is_a_dated_parameter(small, monkeypatch):
    seen = []

    def evaluated(strategy, inputs, *, deadline_seconds, **found):
        seen.append(deadline_seconds)
        return evaluate(strategy, inputs, deadline_seconds=5, **found)

    monkeypatch.setattr("axle.decisioning.services.decision_make.evaluate", evaluated)
    parameter_set(
        actor=ANALYST,
        code="decisioning.deadline_ms",
        value=750,
        effective_from=TODAY,
        legal_entity_id=None,
        note="",
    )
    decided()
    assert seen == [0.75]


def test_decisions_are_seen_within_the_scope_of_their_case(small):
    east, south = make_department("华东区"), make_department("华南区")
    entity, owner = make_entity(), make_employee("东一", east)
    scope = CaseScope(legal_entity_id=entity.pk, department_id=east.pk, owner_id=owner.pk, dealer_id=3)
    view = decide(strategy="small", subject=CASE, inputs=GOOD, on=TODAY, scope=scope)
    for seen, actor in (
        (True, scoped(department_ids={east.pk})),
        (True, scoped(owner_ids={owner.pk})),
        (True, scoped(channel_ids={3})),
        (False, scoped(department_ids={south.pk})),
        (False, make_actor()),
    ):
        found = [decision.record_id for decision in decisions_of(actor, CASE)]
        assert found == ([view.record_id] if seen else [])


def scoped(**ids):
    scope: Any = {key: frozenset(value) for key, value in ids.items()}
    return make_actor(DECISION_VIEW, scope=DataScope(**scope))
