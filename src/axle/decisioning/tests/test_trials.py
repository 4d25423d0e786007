"""Champion and challenger: a share of the applications by a keyed hash, on record; shadows that act on nothing."""

import json
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from axle.decisioning import permissions
from axle.decisioning.domain.assignment import is_assigned, place_of
from axle.decisioning.errors import (
    StrategyTrialNotBeside,
    StrategyTrialOver,
    StrategyTrialRunning,
    StrategyVersionNotCompiled,
)
from axle.decisioning.jobs import decide_in_shadow
from axle.decisioning.models import DecisionRecord, ShadowDecision, StrategyTrial, TrialKind
from axle.decisioning.public import (
    contract_of,
    decide,
    decision_replay,
    decisions_draft,
    outcome_of,
    trial_assign,
)
from axle.decisioning.selectors import trial_outcomes
from axle.decisioning.services.strategy_create import strategy_create
from axle.decisioning.services.strategy_trial_begin import strategy_trial_begin
from axle.decisioning.services.strategy_trial_end import strategy_trial_end
from axle.decisioning.services.strategy_version_activate import strategy_version_activate
from axle.decisioning.services.strategy_version_compile import strategy_version_compile
from axle.decisioning.services.strategy_version_create import strategy_version_create
from axle.decisioning.services.trial_assign import is_of_trial
from axle.decisioning.tests.factories import SMALL_CASES, SMALL_CONTRACT, SMALL_RULES, content_of, small_graph
from axle.platform.public import Subject, approval_policy_set, business_date
from axle.platform.testing import client_for, make_actor, make_user

pytestmark = pytest.mark.django_db
ANALYST = make_actor(name="analyst")
GOOD = {"age": 30, "score": 700, "kind": "new"}
NUMBERS = [f"AP{number:06d}" for number in range(300)]


def stricter():
    graph = small_graph()
    content_of(graph, "rules")["rules"][0] |= {"when": "age < 40", "limit": "40"}
    cases = [case | {"inputs": case["inputs"] | {"age": 50 if case["name"] != "young" else 39}} for case in SMALL_CASES]
    return {"graph": graph, "cases": cases}


def draft(**parts):
    content = {"graph": small_graph(), "contract": SMALL_CONTRACT, "rules": SMALL_RULES, "cases": SMALL_CASES} | parts
    return strategy_version_create(actor=ANALYST, strategy="small", **content)


def compiled(**parts):
    version = strategy_version_compile(actor=ANALYST, version_id=draft(**parts).pk)
    assert version.findings == []
    return version


def activate(version):
    today = business_date()
    return strategy_version_activate(actor=ANALYST, version_id=version.pk, effective_from=today, business_on=today)


@pytest.fixture
def champion():
    strategy_create(actor=ANALYST, code="small", name_zh="小策略", name_en="Small", owner="risk")
    return activate(compiled())


@pytest.fixture
def rival(champion):
    return compiled(**stricter())


def begun(version, kind=TrialKind.CHALLENGER, share="0.3"):
    return strategy_trial_begin(
        actor=ANALYST, version_id=version.pk, kind=kind, share_rate=Decimal(share), note="", business_on=business_date()
    )


def decided(number, **changes):
    subject = Subject("application", int(number[2:]) + 1)
    on = business_date()
    assigned = trial_assign("small", case_no=number, on=on)
    view = decide(strategy="small", subject=subject, inputs=GOOD | changes, on=on, assigned=assigned)
    return DecisionRecord.objects.get(pk=view.record_id)


def test_a_keyed_hash_spreads_cases_evenly_and_always_alike(champion, rival):
    trial = begun(rival)
    own = [number for number in NUMBERS if is_of_trial(trial, number)]
    assert own == [number for number in NUMBERS if is_of_trial(trial, number)]
    assert 60 < len(own) < 120
    trial.trial_no = "SY2"
    assert own != [number for number in NUMBERS if is_of_trial(trial, number)]
    trial.share_rate = Decimal(1)
    assert all(is_of_trial(trial, number) for number in NUMBERS)
    assert (place_of("0" * 64), place_of("8" + "0" * 63)) == (0, Decimal("0.5"))
    assert place_of("f" * 64) < 1
    assert is_assigned("7" * 64, Decimal("0.5"))
    assert not is_assigned("8" + "0" * 63, Decimal("0.5"))


def test_a_challenger_answers_for_its_share_and_both_sides_are_on_record(champion, rival):
    trial = begun(rival)
    own = [number for number in NUMBERS[:40] if is_of_trial(trial, number)]
    other = next(number for number in NUMBERS[:40] if number not in own)
    records = [decided(own[0]), decided(own[0]), decided(other)]

    assert [record.version_id for record in records] == [rival.pk, rival.pk, champion.pk]
    assert [record.outcome for record in records] == ["decline", "decline", "approve"]
    assert {record.trial_id for record in records} == {trial.pk}
    assert all(decision_replay(record.pk).is_same for record in records)
    assert trial_outcomes(trial) == [("challenger", "decline", 2), ("champion", "approve", 1)]
    today = business_date()
    assigned = trial_assign("small", case_no=own[0], on=today)
    (unnumbered,) = decisions_draft(strategy="small", cases=[GOOD], on=today)
    assert (outcome_of(assigned, GOOD, on=today), unnumbered.outcome) == ("decline", "approve")
    assert contract_of(assigned) is not None

    strategy_trial_end(actor=ANALYST, trial_id=trial.pk)
    after = decided(own[0])
    assert (after.version_id, after.trial_id) == (champion.pk, None)
    with pytest.raises(StrategyTrialOver):
        strategy_trial_end(actor=ANALYST, trial_id=trial.pk)


def test_a_running_trial_costs_no_query_more(champion, rival):
    counts = []
    for begin in (lambda: None, lambda: begun(rival, share="1")):
        begin()
        decided(NUMBERS[0])  # prepares the version for this process
        with CaptureQueriesContext(connection) as queries:
            decided(NUMBERS[1])
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_shadow_is_on_record_and_acts_on_nothing(champion, rival):
    trial = begun(rival, TrialKind.SHADOW, "1")
    record = decided(NUMBERS[0])
    refused = decided(NUMBERS[1], age="30")
    assert (record.outcome, record.version_id, record.trial_id) == ("approve", champion.pk, None)
    assert queued("decide_in_shadow") == [{"trial_id": trial.pk, "record_id": key} for key in (record.pk, refused.pk)]
    for key in (record.pk, record.pk, refused.pk):
        decide_in_shadow(trial_id=trial.pk, record_id=key)

    shadow, faulty = ShadowDecision.objects.order_by("record_id")
    assert (shadow.outcome, shadow.rule_codes, shadow.fault_codes) == ("decline", ["K01"], [])
    assert (faulty.outcome, faulty.fault_codes) == ("refer", ["input_wrong_type"])
    assert trial_outcomes(trial) == [("approve", "decline", 1), ("refer", "refer", 1)]
    assert DecisionRecord.objects.filter(outcome="decline").count() == 0
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ShadowDecision.objects.update(outcome="approve")


def queued(job):
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [job])
        return [json.loads(row[0]) for row in cursor.fetchall()]


def test_a_trial_ends_when_its_version_answers_for_all(champion, rival):
    trial = begun(rival)
    activate(rival)
    trial.refresh_from_db()
    assert (trial.ended_by, trial.ended_at is None) == ("analyst", False)
    assert (decided(NUMBERS[0]).version_id, decided(NUMBERS[0]).trial_id) == (rival.pk, None)


def test_a_trial_runs_beside_another_version_that_answers_once_of_its_kind(champion, rival):
    with pytest.raises(StrategyVersionNotCompiled):
        begun(draft(**stricter()))
    with pytest.raises(StrategyTrialNotBeside):
        begun(champion)
    begun(rival)
    with pytest.raises(StrategyTrialRunning):
        begun(rival)
    begun(rival, TrialKind.SHADOW)
    strategy_create(actor=ANALYST, code="other", name_zh="另", name_en="Other", owner="risk")
    content = {"graph": small_graph(), "contract": SMALL_CONTRACT, "rules": SMALL_RULES, "cases": SMALL_CASES}
    alone = strategy_version_create(actor=ANALYST, strategy="other", **content)
    strategy_version_compile(actor=ANALYST, version_id=alone.pk)
    with pytest.raises(StrategyTrialNotBeside):
        begun(alone)
    assert StrategyTrial.objects.count() == 2


def test_another_person_checks_the_beginning_of_a_trial(champion, rival):
    approval_policy_set(command="strategy_trial_begin", min_amount=0, checker_permission=permissions.POLICY_CHECK)
    allowed = [permissions.STRATEGY_VIEW, permissions.STRATEGY_ACTIVATE, "platform.pending_command.view"]
    maker = client_for(make_user("maker", permissions=allowed))
    checker = client_for(make_user("checker", permissions=[*allowed, permissions.POLICY_CHECK]))
    asked = {"strategy_version_id": rival.pk, "trial_kind": "challenger", "share_rate": "0.1"}
    status, pending = maker.command("strategy_trial_begin", asked)
    assert (status, StrategyTrial.objects.count()) == (202, 0)
    said = {"pending_no": pending["pending_no"], "opinion": "ok"}
    assert checker.command("pending_command_approve", said)[0] == 200

    trial = StrategyTrial.objects.get()
    decided(NUMBERS[0])
    body = maker.get(f"/strategy-trials/{trial.pk}")[1]
    assert (body["is_running"], body["share_rate"], body["actions"]) == (True, "0.1", ["strategy_trial_end"])
    assert [one["cases"] for one in body["trial_outcomes"]] == [1]
    (row,) = maker.get("/lists/strategy_trials", strategy_version_id=rival.pk)[1]["items"]
    assert (row["trial_kind"], row["ended_at"]) == ("challenger", None)
    viewer = client_for(make_user("viewer", permissions=[permissions.STRATEGY_VIEW]))
    assert viewer.command("strategy_trial_end", {"strategy_trial_id": trial.pk})[0] == 403
    assert maker.command("strategy_trial_begin", asked | {"share_rate": "1.5"})[0] == 422
    assert maker.command("strategy_trial_end", {"strategy_trial_id": trial.pk})[1]["is_running"] is False
