"""Shards of the end of day: at once on connections of their own, each once, whatever dies."""

import os
import signal
from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from axle.platform import eod
from axle.platform.businessday import business_date, business_date_set
from axle.platform.eod_set_aside import set_aside
from axle.platform.models import EodSetAside, EodStepRun, Position

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 3, 31)
SHARDS = 4


def _write(on: date, shard: int, shards: int) -> int:
    Position.objects.create(code=f"S{on:%d}{shard}", name=f"{shard} of {shards}")
    return 1


def _backend(on: date, shard: int, shards: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), pg_sleep(0.2)")
        return int(cursor.fetchone()[0])


@pytest.fixture(autouse=True)
def steps(settings):
    kept, settings.EOD_WORKERS = list(eod.STEPS), 2
    business_date_set(DAY)
    yield
    eod.eod_steps(kept)


def _states() -> list[tuple[int, bool, str]]:
    rows = EodStepRun.objects.order_by("shard").values_list("shard", "finished_at", "error")
    return [(shard, finished is not None, error) for shard, finished, error in rows]


def test_shards_run_at_once_on_connections_of_their_own():
    eod.eod_steps([eod.EodStep("look", _backend, shards=2)])
    told = []
    eod.eod_run(until=DAY, tell=told.append)
    pids = set(EodStepRun.objects.values_list("rows", flat=True))
    assert len(pids) == 2
    first, second = EodStepRun.objects.order_by("started_at")
    assert second.started_at < first.finished_at
    assert sorted((done.step, done.shard) for done in told) == [("look", 0), ("look", 1), (eod.ROLL, 0)]


def test_a_shard_that_fails_stops_no_other_and_is_the_only_one_to_run_again():
    def bad(on, shard, shards):
        _write(on, shard, shards)
        return 1 // (shard - 1)

    eod.eod_steps([eod.EodStep("write", bad, shards=SHARDS)])
    with pytest.raises(ZeroDivisionError):
        eod.eod_run(until=DAY)
    reason = "ZeroDivisionError: integer division or modulo by zero"
    assert _states() == [(0, True, ""), (1, False, reason), (2, True, ""), (3, True, "")]
    assert sorted(Position.objects.values_list("code", flat=True)) == ["S310", "S312", "S313"]
    eod.eod_steps([eod.EodStep("write", _write, shards=SHARDS)])
    assert eod.eod_run(until=DAY) == 0
    assert {state[1:] for state in _states()} == {(True, "")}
    assert Position.objects.count() == SHARDS


@pytest.mark.parametrize("victim", range(SHARDS))
def test_a_run_killed_in_any_shard_goes_on_without_doing_anything_twice(victim):
    def dies(on, shard, shards):
        _write(on, shard, shards)
        if shard == victim:
            os.kill(os.getpid(), signal.SIGKILL)
        return 1

    eod.eod_steps([eod.EodStep("write", dies, shards=SHARDS)])
    connection.close()  # the child must not share it
    child = os.fork()
    if child == 0:  # pragma: no cover — dies
        eod.eod_run(until=DAY)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert business_date() == date(2026, 4, 1)
    assert (victim, False, "") in _states()
    eod.eod_steps([eod.EodStep("write", _write, shards=SHARDS)])
    assert eod.eod_run(until=DAY) == 0
    assert {state[1:] for state in _states()} == {(True, "")}
    assert sorted(Position.objects.values_list("code", flat=True)) == [f"S31{shard}" for shard in range(SHARDS)]


def test_a_changed_number_of_shards_counts_from_the_next_date():
    before, at = date(2026, 3, 30), timezone.now()
    EodStepRun.objects.create(business_on=before, step="write", shard=0, shards=3, started_at=at)
    eod.eod_steps([eod.EodStep("write", _write, shards=2)])
    eod.eod_run(until=DAY)
    runs = EodStepRun.objects.exclude(finished_at=None).values_list("business_on", "shard", "shards")
    assert sorted(runs) == [(date(2026, 3, 30), shard, 3) for shard in range(3)] + [
        (DAY, shard, 2) for shard in range(2)
    ]


def test_what_a_closing_step_prepares_happens_before_commands_wait():
    seen = []

    def prepare(on):
        seen.append(connection.in_atomic_block)
        return lambda on, shard, shards: seen.append(connection.in_atomic_block) or 5

    eod.eod_steps([eod.EodStep("sum", lambda *_: 0, is_closing=True, prepare=prepare)])
    eod.eod_run(until=DAY)
    assert (seen, EodStepRun.objects.get().rows) == ([False, True], 5)


def test_a_step_that_reads_at_once_does_not_see_what_comes_meanwhile():
    def look(on, shard, shards):
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            return len(cursor.fetchone()[0])

    eod.eod_steps([eod.EodStep("look", look, reads_at_once=True)])
    eod.eod_run(until=DAY)
    assert EodStepRun.objects.get().rows == len("repeatable read")


def test_what_a_step_finds_wrong_is_kept_until_it_is_right():
    set_aside("compare", DAY, {"AXF/principal": "1.00 but 2.00", "AXF/fees": "0.00 but 1.00"})
    set_aside("compare", date(2026, 4, 1), {"AXF/fees": "0.00 but 2.00"})
    rows = EodSetAside.objects.order_by("subject_no").values_list("subject_no", "tries", "error")
    assert list(rows) == [("AXF/fees", 2, "0.00 but 2.00"), ("AXF/principal", 1, "1.00 but 2.00")]
    assert list(EodSetAside.objects.filter(resolved_at=None).values_list("subject_no", flat=True)) == ["AXF/fees"]
