"""Numbers, parameters, events, files, end of day, jobs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction

from axle.platform import eod, eventbus
from axle.platform.businessday import business_date, business_date_set
from axle.platform.errors import ParameterValueInvalid, UnknownParameter, UploadRefused
from axle.platform.files import file_read, file_save
from axle.platform.jobs import rescue_stalled_jobs
from axle.platform.models import EodStepRun, StoredFile
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


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


def test_files_come_back_as_they_were(settings, tmp_path):
    stored = file_save(content=PNG, name="../../etc/passwd.png", actor=ACTOR)
    assert (stored.name, stored.content_type, stored.size) == ("passwd.png", "image/png", len(PNG))
    assert file_read(stored.pk)[1] == PNG


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00" + b"\x00" * 80, "wrong_type"),
        (b"<html>", "wrong_type"),
        (PNG * 999, "too_large"),
    ],
)
def test_uploads_are_refused_by_content(content, reason):
    with pytest.raises(UploadRefused) as refused:
        file_save(content=content, name="a.png", actor=ACTOR, max_bytes=20_000)
    assert refused.value.params["reason"] == reason
    assert not StoredFile.objects.exists()


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


def test_jobs_of_dead_workers_go_back_to_the_queue():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            " VALUES ('default', 'x', '{}', 'doing') RETURNING id"
        )
        (job_id,) = cursor.fetchone()
        rescue_stalled_jobs()
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job_id])
        assert cursor.fetchone() == ("todo",)
