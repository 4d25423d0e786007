"""The life of a strategy version: draft, compiled, active, retired; nothing unproven gets into force."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from axle.decisioning.errors import (
    StrategyContentInvalid,
    StrategyUnknown,
    StrategyVersionNeverInForce,
    StrategyVersionNotDraft,
)
from axle.decisioning.models import DecisionRule, StrategyContent, StrategyState, StrategyVersion
from axle.decisioning.public import strategy_is_active, strategy_load
from axle.decisioning.selectors import version_in_force
from axle.decisioning.services.strategy_create import strategy_create
from axle.decisioning.services.strategy_version_activate import strategy_version_activate
from axle.decisioning.services.strategy_version_compile import strategy_version_compile
from axle.decisioning.services.strategy_version_create import strategy_version_create
from axle.decisioning.services.strategy_version_restore import strategy_version_restore
from axle.decisioning.services.strategy_version_retire import strategy_version_retire
from axle.decisioning.services.strategy_version_update import strategy_version_update
from axle.decisioning.strategies.cases import cases_read
from axle.decisioning.strategies.tables import rules_read
from axle.decisioning.tests.factories import SMALL_CASES, SMALL_CONTRACT, SMALL_RULES, content_of, small_graph
from axle.platform.errors import (
    NameTaken,
    NotFound,
    StaleVersion,
    VersionDateOverlaps,
    VersionDatePassed,
    VersionNotInForce,
    VersionNotReady,
)
from axle.platform.testing import make_actor

pytestmark = pytest.mark.django_db
ANALYST = make_actor(name="analyst")
TODAY = date(2026, 11, 22)


@pytest.fixture
def small():
    return strategy_create(actor=ANALYST, code="small", name_zh="小策略", name_en="Small", owner="risk")


def draft(**parts):
    content = {"graph": small_graph(), "contract": SMALL_CONTRACT, "rules": SMALL_RULES, "cases": SMALL_CASES}
    return strategy_version_create(actor=ANALYST, strategy="small", **content | parts)


def update(version, **parts):
    content = {"graph": small_graph(), "contract": SMALL_CONTRACT, "rules": SMALL_RULES, "cases": SMALL_CASES}
    return strategy_version_update(actor=ANALYST, version_id=version.pk, **{"revision": 1} | content | parts)


def compiled(**parts):
    return strategy_version_compile(actor=ANALYST, version_id=draft(**parts).pk)


def activate(version, on=TODAY):
    return strategy_version_activate(actor=ANALYST, version_id=version.pk, effective_from=on, business_on=TODAY)


def test_a_version_goes_from_draft_to_active(small):
    version = draft()
    assert (version.version_no, version.state, version.rule_count, version.case_count) == (1, "draft", 2, 3)
    assert list(DecisionRule.objects.order_by("code").values_list("code", "reason_code")) == [
        ("F01", "R09"),
        ("K01", "R07"),
    ]
    version = strategy_version_compile(actor=ANALYST, version_id=version.pk)
    assert (version.state, version.findings) == (StrategyState.COMPILED, [])
    assert activate(version).effective_from == TODAY
    assert version_in_force("small", TODAY) == version
    assert version_in_force("small", date(2026, 11, 21)) is None


def broken_graph():
    graph = small_graph()
    content_of(graph, "rules")["rules"][0]["when"] = "age < '18'"
    return graph


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"graph": broken_graph()}, "cell_wrong_type"),
        ({"graph": {}}, "graph_refused"),
        ({"cases": []}, "golden_cases_missing"),
        ({"cases": SMALL_CASES[:2]}, "rule_unproven"),
        ({"cases": [*SMALL_CASES, {**SMALL_CASES[0], "outcome": "decline"}]}, "golden_case"),
        ({"cases": [*SMALL_CASES, {**SMALL_CASES[1], "rules": []}]}, "golden_case"),
        ({"cases": [*SMALL_CASES, {**SMALL_CASES[0], "results": {"limit": 299}}]}, "golden_case"),
        ({"rules": SMALL_RULES[:1]}, "rule_unknown"),
    ],
)
def test_a_version_with_a_finding_stays_a_draft(small, parts, code):
    version = compiled(**parts)
    assert version.state == StrategyState.DRAFT
    assert version.findings[0]["code"] == code
    with pytest.raises(VersionNotReady):
        activate(version)
    assert not strategy_is_active("small", on=TODAY)


@pytest.mark.parametrize(
    "parts",
    [
        {"contract": {}},
        {"contract": SMALL_CONTRACT | {"inputs": [{"name": "age"}]}},
        {"rules": [{"code": "K1"}]},
        {"rules": ["K01"]},
        {"cases": [{"name": "x"}]},
        {"cases": ["x"]},
    ],
)
def test_unreadable_content_is_refused_and_nothing_is_stored(small, parts):
    with pytest.raises(StrategyContentInvalid):
        draft(**parts)
    assert StrategyVersion.objects.count() == 0


def test_a_version_needs_its_strategy_and_a_strategy_its_own_name(small):
    with pytest.raises(StrategyUnknown):
        strategy_version_create(actor=ANALYST, strategy="other", graph={}, contract={}, rules=[], cases=[])
    with pytest.raises(NameTaken):
        strategy_create(actor=ANALYST, code="small", name_zh="小", name_en="S", owner="risk")


def test_a_compiled_version_is_not_compiled_again(small):
    version = compiled()
    with pytest.raises(StrategyVersionNotDraft):
        strategy_version_compile(actor=ANALYST, version_id=version.pk)
    with pytest.raises(NotFound):
        strategy_version_compile(actor=ANALYST, version_id=0)


def test_a_successor_takes_over_on_its_day(small):
    first, second = activate(compiled()), activate(compiled(), date(2026, 12, 1))
    first.refresh_from_db()
    assert (first.state, first.retired_on) == (StrategyState.RETIRED, date(2026, 12, 1))
    assert version_in_force("small", date(2026, 11, 30)) == first
    assert version_in_force("small", date(2026, 12, 1)) == second


def test_a_successor_on_the_same_day_takes_over_at_once(small):
    activate(compiled())
    second = activate(compiled())
    assert version_in_force("small", TODAY) == second


def test_dates_in_the_past_or_before_a_later_version_are_refused(small):
    with pytest.raises(VersionDatePassed):
        activate(compiled(), date(2026, 11, 21))
    later = activate(compiled(), date(2026, 12, 1))
    with pytest.raises(VersionDateOverlaps):
        activate(compiled(), date(2026, 11, 30))
    later.refresh_from_db()
    assert (later.state, later.retired_on) == (StrategyState.ACTIVE, None)


def test_a_version_is_retired_from_a_day_on(small):
    version = activate(compiled())
    with pytest.raises(VersionDatePassed):
        retire(version, date(2026, 11, 21))
    retire(version, date(2026, 12, 1))
    assert strategy_is_active("small", on=date(2026, 11, 30))
    assert not strategy_is_active("small", on=date(2026, 12, 1))
    with pytest.raises(VersionNotInForce):
        retire(version, date(2026, 12, 2))


def retire(version, on):
    return strategy_version_retire(actor=ANALYST, version_id=version.pk, retired_on=on, business_on=TODAY)


def test_a_draft_is_changed_until_it_is_compiled(small):
    version = draft()
    rules = [SMALL_RULES[0] | {"owner": "fraud"}, SMALL_RULES[1]]
    changed = update(version, graph=broken_graph(), rules=rules, note="未成年")
    assert (changed.revision, changed.note, changed.state) == (2, "未成年", StrategyState.DRAFT)
    assert [(one["code"], one["node"], one["row"]) for one in changed.findings] == [("cell_wrong_type", "rules", 1)]
    assert DecisionRule.objects.get(version=version, code="K01").owner == "fraud"
    with pytest.raises(StaleVersion):
        update(version, cases=[])
    with pytest.raises(StrategyContentInvalid):
        update(version, revision=2, cases=["x"])
    assert StrategyContent.objects.get(pk=version.pk).graph == broken_graph()
    changed = update(version, revision=2)
    assert (changed.revision, changed.findings, changed.case_count) == (3, [], 3)
    strategy_version_compile(actor=ANALYST, version_id=version.pk)
    with pytest.raises(StrategyVersionNotDraft):
        update(version, revision=3)


def test_a_row_that_no_case_reaches_is_told_beside_what_forbids_publishing(small):
    graph = broken_graph()
    content_of(graph, "outcome")["rules"][1]["knock_outs"] = "> 1"
    changed = update(draft(), graph=graph)
    assert [one["code"] for one in changed.findings] == ["cell_wrong_type"]
    assert changed.warnings == [
        {"code": "row_shadowed", "node": "outcome", "row": 2, "column": "", "detail": "1"},
    ]


@pytest.mark.parametrize("table", [StrategyContent, DecisionRule])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_compiled_content_cannot_be_changed(small, table, change):
    rows = table.objects.filter(version=compiled())
    with pytest.raises(DatabaseError, match="keeps its content"), transaction.atomic():
        rows.update(version=draft()) if change == "update" else rows.delete()


def test_a_version_that_was_in_force_is_gone_back_to(small):
    first, second = activate(compiled()), activate(compiled())
    with pytest.raises(StrategyVersionNeverInForce):
        restore(second)
    copy = restore(first)
    assert (copy.version_no, copy.state, copy.note, copy.content_hash) == (3, "active", "↩ 1", first.content_hash)
    assert version_in_force("small", TODAY) == copy
    assert DecisionRule.objects.filter(version=copy).count() == 2


def restore(version):
    return strategy_version_restore(actor=ANALYST, version_id=version.pk, effective_from=TODAY, business_on=TODAY)


def test_the_shipped_strategy_is_put_into_force_once():
    version = strategy_load(actor=ANALYST, strategy="auto_loan_standard", on=TODAY)
    counts = (len(rules_read("auto_loan_standard")), len(cases_read("auto_loan_standard")))
    assert (version.state, version.rule_count, version.case_count) == (StrategyState.ACTIVE, *counts)
    assert strategy_load(actor=ANALYST, strategy="auto_loan_standard", on=TODAY) == version
    assert StrategyVersion.objects.count() == 1
