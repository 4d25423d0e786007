"""The seals of the operation log: nothing decided is left out, nothing sealed changes unnoticed."""

from contextlib import closing

import pytest
from django.db import connection
from django.utils import timezone

from axle.platform import evidence
from axle.platform.checks import operation_log_intact
from axle.platform.evidence import operations_seal
from axle.platform.models import OperationLog, OperationSeal
from axle.platform.testing import act, make_actor


def write(operations: int) -> list[int]:
    """Operations of the log; gives their numbers."""
    for number in range(operations):
        with act(make_actor(name=f"甲{number}"), "dealer_create"):
            pass
    return list(OperationLog.objects.order_by("-pk").values_list("pk", flat=True)[:operations])[::-1]


@pytest.fixture
def sealed(db, monkeypatch):
    """Five operations in stretches of two, and one written later; gives the five."""
    monkeypatch.setattr(evidence, "STRETCH_ROWS", 2)
    numbers = write(5)
    assert operations_seal() == 5
    write(1)
    return numbers


def test_stretches_follow_each_other(sealed):
    stretches = OperationSeal.objects.order_by("last_id").values_list("last_id", "rows")
    assert list(stretches) == [(sealed[1], 2), (sealed[3], 2), (sealed[4], 1)]
    assert operation_log_intact() == []
    assert (operations_seal(), operations_seal()) == (1, 0)
    assert operation_log_intact() == []


@pytest.mark.parametrize(
    ("corruption", "broken"),
    [
        ("UPDATE platform_operationlog SET actor_name = '乙' WHERE id = {1}", [1]),
        ("UPDATE platform_operationlog SET at = at + interval '1 microsecond' WHERE id = {2}", [3]),
        ("UPDATE platform_operationlog SET changes = '[1]' WHERE id = {4}", [4]),
        ("DELETE FROM platform_operationlog WHERE id = {3}", [3]),
        ("UPDATE platform_operationlog SET id = {2} WHERE id = (SELECT max(id) FROM platform_operationlog)", None),
        ("DELETE FROM platform_operationseal WHERE last_id = {3}", [4]),
        ("UPDATE platform_operationseal SET rows = 3 WHERE last_id = {1}", [1]),
        ("UPDATE platform_operationseal SET digest = repeat('0', 64) WHERE last_id = {3}", [3, 4]),
    ],
    ids=["who", "when", "what", "gone", "slipped in", "seal gone", "seal count", "seal digest"],
)
def test_tampering_is_found(sealed, corruption, broken):
    if broken is None:
        corruption, broken = "DELETE FROM platform_operationlog WHERE id = {2};" + corruption, [3]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(corruption.format(*sealed))
        cursor.execute("SET session_replication_role = origin")
    ends = [int(line.split(" to ")[1].split(":")[0]) for line in operation_log_intact()]
    assert ends == [sealed[index] for index in broken]


@pytest.mark.django_db(transaction=True)
def test_a_stretch_waits_for_those_who_still_write(monkeypatch):
    monkeypatch.setattr(evidence, "WAIT_SECONDS", 0.3)
    with closing(connection.copy()) as other:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(
                "INSERT INTO platform_operationlog (at, business_on, operation, actor_kind, actor_name, roles,"
                " checker_name, subject_type, subject_id, changes, note, device, control)"
                " VALUES (%s, '2026-01-01', 'slow', 'staff', '甲', '', '', '', '', '[]', '', '', '')",
                [timezone.now()],
            )
        write(1)
        assert operations_seal() == 0
        other.commit()
    assert operations_seal() == 2
    assert operation_log_intact() == []


@pytest.mark.django_db
def test_seals_cannot_be_changed():
    write(1)
    operations_seal()
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE platform_operationseal SET rows = 0")
