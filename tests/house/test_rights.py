"""What the database refuses to web and worker: they own nothing, and cannot open what is append-only."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from axle.config.runtime.home import Home
from axle.config.runtime.postgres import Cluster, cluster_at, running
from axle.config.runtime.services import service_environment
from tests.house.test_trouble import axle, script

ROOT = Path(__file__).resolve().parents[2]
TRIGGERS = "SELECT count(*) FROM pg_trigger WHERE tgfoid = 'axle_refuse_change'::regproc"
STILL_OPEN = """
SELECT tgrelid::regclass::text FROM pg_trigger
WHERE tgfoid = 'axle_refuse_change'::regproc
  AND (has_table_privilege('axle_app', tgrelid, 'TRUNCATE')
       OR tgtype & 16 <> 0 AND has_any_column_privilege('axle_app', tgrelid, 'UPDATE')
       OR tgtype & 8 <> 0 AND has_table_privilege('axle_app', tgrelid, 'DELETE'))
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A prepared installation without a demo, running."""
    var = tmp_path_factory.mktemp("rights")
    for folder in (var, *var.parents[:3]):
        folder.chmod(0o755)
    prepared = axle("prepare", var)
    assert prepared.returncode == 0, prepared.stderr
    found = cluster_at(Home(root=ROOT, var=var), "pg")
    with running(found):
        yield found


def attempt(cluster: Cluster, statement: str) -> None:
    with psycopg.connect(cluster.app_url, autocommit=True) as connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE platform_operationlog SET actor_name = 'nobody'",
        "DELETE FROM platform_operationlog",
        "UPDATE ledger_entryline SET debit = 0",
        "DELETE FROM accounting_voucher",
        "TRUNCATE platform_operationlog",
        "TRUNCATE servicing_loan CASCADE",
        "ALTER TABLE platform_operationlog DISABLE TRIGGER ALL",
        "DROP TRIGGER platform_operationlog_append_only ON platform_operationlog",
        "CREATE OR REPLACE FUNCTION axle_refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
        "ALTER TABLE ledger_journalentry DROP CONSTRAINT entry_period_of_booking",
        "CREATE TABLE public.mine (id int)",
        "DROP TABLE servicing_loan",
        "SET session_replication_role = replica",
        "SET ROLE axle",
        "DELETE FROM django_migrations",
        "CREATE SEQUENCE mine",
        "SELECT axle_number_series_begin('axle_no_x; DROP TABLE servicing_loan')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
    ],
)
def test_the_role_of_the_business_opens_nothing(cluster: Cluster, statement: str):
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidParameterValue)):
        attempt(cluster, statement)


def test_it_has_no_right_that_an_append_only_table_refuses(cluster: Cluster):
    with psycopg.connect(cluster.url) as connection:
        (guarded,) = connection.execute(TRIGGERS).fetchone() or (0,)
        assert guarded >= 18
        assert connection.execute(STILL_OPEN).fetchall() == []


def test_it_adds_to_the_log_and_changes_what_may_change(cluster: Cluster):
    attempt(
        cluster,
        "INSERT INTO platform_operationlog (at, business_on, operation, actor_kind, actor_name, roles, checker_name,"
        " subject_type, subject_id, changes, note, device, control)"
        " VALUES (now(), '2026-01-01', 'x', 'system', 'x', '', '', '', '', '[]', '', '', '')",
    )
    attempt(cluster, "SELECT axle_number_series_begin('axle_no_new')")
    attempt(cluster, "SELECT nextval('axle_no_new')")
    attempt(cluster, "UPDATE platform_businessday SET \"on\" = '2026-01-01'")


def test_web_and_worker_are_not_told_who_the_owner_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@/axle")
    assert "DATABASE_OWNER_URL" not in service_environment(Home(root=ROOT, var=tmp_path))


def test_djangos_own_commands_are_the_owners(kept: Path):
    told = script(
        "from axle.config.cli.books import manage;"
        "manage(['shell', '-v0', '-c', 'from django.db import connection as c; print(c.settings_dict[\"USER\"])'])",
        kept,
    )
    assert told == "axle"
