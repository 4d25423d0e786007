"""Numbers, parameters, events, files, end of day, jobs."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction

from axle.platform import eod, eventbus
from axle.platform.businessday import business_date, business_date_set
from axle.platform.dictionaries import (
    dictionary_check,
    dictionary_create,
    dictionary_item_add,
    dictionary_item_retire,
)
from axle.platform.errors import (
    DictionaryItemUnknown,
    NameTaken,
    NotFound,
    ParameterValueInvalid,
    UnknownParameter,
)
from axle.platform.jobs import MAX_RESCUES, rescue_stalled_jobs
from axle.platform.models import EodStepRun
from axle.platform.numbering import next_no
from axle.platform.parameters import PARAMETERS, parameter, parameter_set, parameter_value
from axle.platform.testing import make_actor, make_entity, run_jobs

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 31)
ACTOR = make_actor()


def test_numbers_rise_per_prefix():
    assert next_no("QA", on=DAY) == "QA20260331000001"
    assert next_no("QA", on=DAY) == "QA20260331000002"
    assert next_no("QB", on=DAY) == "QB20260331000001"


@pytest.fixture
def grace():
    yield parameter("test.grace_days", type_=int, default=3, minimum=0, maximum=30)
    del PARAMETERS["test.grace_days"]


def _set(value, since, entity=None):
    parameter_set(
        actor=ACTOR,
        code="test.grace_days",
        value=value,
        effective_from=since,
        legal_entity_id=entity,
        note="",
    )


@pytest.mark.usefixtures("grace")
class TestParameters:
    def test_the_value_in_force_on_the_date_counts(self):
        _set(5, date(2026, 1, 1))
        _set(7, date(2026, 6, 1))
        assert [
            parameter_value("test.grace_days", on=on)
            for on in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 5, 31), date(2026, 6, 1))
        ] == [3, 5, 5, 7]

    def test_an_entitys_own_value_comes_first(self):
        entity = make_entity()
        _set(5, date(2026, 1, 1))
        _set(9, date(2025, 1, 1), entity.pk)
        assert parameter_value("test.grace_days", on=DAY, legal_entity_id=entity.pk) == 9
        assert parameter_value("test.grace_days", on=DAY) == 5

    @pytest.mark.parametrize("value", ["x", 31, -1, 1.5, True, None])
    def test_wrong_values_are_refused(self, value):
        with pytest.raises(ParameterValueInvalid):
            _set(value, DAY)


def test_unknown_parameters_are_refused():
    with pytest.raises(UnknownParameter):
        parameter_value("test.nothing")


@dataclass(frozen=True)
class Moved:
    amount: int
    rate: Decimal
    on: date


seen: list[object] = []


def remember(event: Moved) -> None:
    seen.append(event)


@pytest.fixture
def no_handlers():
    seen.clear()
    yield
    eventbus._same_tx.pop(Moved, None)
    for key in [key for key in eventbus._after_commit if "Moved" in key]:
        del eventbus._after_commit[key]


@pytest.mark.usefixtures("no_handlers")
class TestEvents:
    event = Moved(100, Decimal("0.08"), DAY)

    def test_same_transaction_handlers_run_at_once(self):
        eventbus.on(Moved, remember, when="same_tx")
        eventbus.publish(self.event)
        assert seen == [self.event]

    def test_after_commit_handlers_run_as_jobs_with_an_equal_event(self):
        eventbus.on(Moved, remember, when="after_commit")
        eventbus.publish(self.event)
        assert seen == []
        assert run_jobs() == ["deliver_event"]
        assert seen == [self.event]

    def test_a_roll_back_takes_the_job_along(self):
        eventbus.on(Moved, remember, when="after_commit")
        with transaction.atomic():
            eventbus.publish(self.event)
            transaction.set_rollback(True)
        assert run_jobs() == []


@pytest.fixture
def steps():
    kept, ran = list(eod.STEPS), []

    def note(name):
        def step(on, shard, shards):
            ran.append((on, name, shard))
            return 1

        return step

    accrue = eod.EodStep("accrue", note("accrue"), shards=2, is_closing=True)
    eod.eod_steps([accrue, eod.EodStep("check", note("check"))])
    yield ran
    eod.eod_steps(kept)


class TestEndOfDay:
    def test_each_date_step_and_shard_runs_once_in_order(self, steps):
        business_date_set(DAY)
        assert eod.eod_run(until=date(2026, 4, 1)) == 2
        assert steps == [
            (on, name, shard)
            for on in (DAY, date(2026, 4, 1))
            for name, shard in (("accrue", 0), ("accrue", 1), ("check", 0))
        ]
        assert business_date() == date(2026, 4, 2)
        assert eod.eod_run(until=date(2026, 4, 1)) == 0

    def test_a_broken_run_goes_on_where_it_stopped(self, steps):
        business_date_set(DAY)
        good = eod.STEPS[1]
        eod.STEPS[1] = eod.EodStep("check", lambda on, shard, shards: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            eod.eod_run(until=DAY)
        failed = EodStepRun.objects.get(step="check")
        assert (failed.finished_at, failed.error) == (None, "ZeroDivisionError: integer division or modulo by zero")
        eod.STEPS[1] = good
        steps.clear()
        eod.eod_run(until=DAY)
        assert steps == [(DAY, "check", 0)]
        failed.refresh_from_db()
        assert (failed.finished_at is not None, failed.error) == (True, "")

    def test_a_closing_step_that_fails_leaves_the_date_where_it_was(self, steps):
        business_date_set(DAY)
        eod.STEPS[0] = eod.EodStep("accrue", lambda on, shard, shards: 1 // 0, is_closing=True)
        with pytest.raises(ZeroDivisionError):
            eod.eod_run(until=DAY)
        assert business_date() == DAY
        assert list(EodStepRun.objects.values_list("step", "finished_at")) == [("accrue", None)]


def test_a_job_that_waits_already_is_not_queued_again_and_the_transaction_goes_on():
    with transaction.atomic():
        for _ in range(2):
            rescue_stalled_jobs.defer_once("rescue")
        assert make_entity().pk
    assert run_jobs() == ["rescue_stalled_jobs"]


@pytest.mark.parametrize(("attempts", "state"), [(0, "todo"), (MAX_RESCUES - 2, "todo"), (MAX_RESCUES - 1, "failed")])
def test_jobs_of_dead_workers_go_back_to_the_queue_until_they_are_the_reason(attempts, state):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)"
            " VALUES ('default', 'x', '{}', 'doing', %s) RETURNING id",
            [attempts],
        )
        (job_id,) = cursor.fetchone()
        rescue_stalled_jobs()
        cursor.execute("SELECT status, attempts FROM procrastinate_jobs WHERE id = %s", [job_id])
        assert cursor.fetchone() == (state, attempts + 1)


@pytest.mark.parametrize(
    ("on", "is_known"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
        (date(2028, 2, 29), False),
    ],
)
def test_a_dictionary_value_may_be_chosen_between_its_dates(on, is_known):
    dictionary_create(code="colour", name="颜色")
    item = dictionary_item_add(dictionary="colour", code="red", name="红", order=1, valid_from=date(2026, 1, 1))
    dictionary_item_retire(item_id=item.pk, valid_to=date(2026, 6, 30))
    with nullcontext() if is_known else pytest.raises(DictionaryItemUnknown):
        dictionary_check(dictionary="colour", code="red", on=on)


def test_dictionaries_and_values_have_one_code_once():
    dictionary_create(code="colour", name="颜色")
    dictionary_item_add(dictionary="colour", code="red", name="红", order=1, valid_from=DAY)
    with pytest.raises(NameTaken):
        dictionary_create(code="colour", name="颜色二")
    with pytest.raises(NameTaken):
        dictionary_item_add(dictionary="colour", code="red", name="红二", order=1, valid_from=DAY)
    with pytest.raises(NotFound):
        dictionary_item_add(dictionary="size", code="s", name="小", order=1, valid_from=DAY)
    with pytest.raises(DictionaryItemUnknown):
        dictionary_check(dictionary="colour", code="blue", on=DAY)
