"""The embedded PostgreSQL: made whole, started again after every kind of end, and refused in one line."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest

from axle.config.runtime.database import database_ready, external_check
from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.home import Home
from axle.config.runtime.postgres import (
    Cluster,
    cluster_at,
    cluster_start,
    cluster_stop,
    is_answering,
    memory_settings,
    running,
)

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(kept: Path) -> Home:
    (kept / "log").mkdir()
    return Home(root=ROOT, var=kept)


@pytest.fixture
def cluster(home: Home) -> Cluster:
    return cluster_at(home, "pg")


def ask(cluster: Cluster, sql: str) -> object:
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        cursor = connection.execute(sql)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def test_a_new_cluster_is_durable_and_not_on_the_network(cluster: Cluster):
    with running(cluster):
        assert ask(cluster, "SELECT current_setting('server_version_num')::int / 10000") == 18
        assert ask(cluster, "SELECT current_setting('fsync')") == "on"
        assert ask(cluster, "SELECT current_setting('listen_addresses')") == ""
        assert ask(cluster, "SELECT current_setting('server_encoding')") == "UTF8"
    assert not is_answering(cluster)


def test_a_throwaway_cluster_does_not_wait_for_the_disk(home: Home):
    cluster = cluster_at(home, "test-pg", is_durable=False)
    with running(cluster):
        assert ask(cluster, "SELECT current_setting('fsync')") == "off"


def test_what_was_committed_survives_a_killed_server(cluster: Cluster):
    process = cluster_start(cluster)
    ask(cluster, "CREATE TABLE kept AS SELECT 42 AS number")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    with running(cluster):
        assert ask(cluster, "SELECT number FROM kept") == 42


def test_an_initialisation_that_was_cut_off_is_done_again(cluster: Cluster):
    draft = cluster.data.with_name("pg.new")
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18")

    with running(cluster):
        assert ask(cluster, "SELECT 1") == 1


def test_a_pid_file_that_names_somebody_else_is_forgotten(cluster: Cluster):
    with running(cluster):
        content = (cluster.data / "postmaster.pid").read_text()
    stale = content.replace(content.split("\n", 1)[0], str(os.getpid()), 1)
    (cluster.data / "postmaster.pid").write_text(stale)

    with running(cluster):
        assert ask(cluster, "SELECT 1") == 1


def test_a_server_that_outlived_its_parent_is_stopped_first(cluster: Cluster):
    outlived = cluster_start(cluster)

    with running(cluster) as process:
        assert outlived.poll() is not None
        assert process.pid != outlived.pid
        assert ask(cluster, "SELECT 1") == 1


def test_the_server_ends_with_the_process_that_started_it(home: Home, cluster: Cluster):
    code = """if True:
        import sys, time
        from pathlib import Path
        from axle.config.runtime.home import Home
        from axle.config.runtime.postgres import cluster_at, cluster_start
        cluster_start(cluster_at(Home(Path(), Path(sys.argv[1])), "pg"))
        print("started", flush=True)
        time.sleep(600)"""
    with subprocess.Popen([sys.executable, "-c", code, str(home.var)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert b"started\n" in iter(parent.stdout.readline, b"")
        server = psutil.Process(int((cluster.data / "postmaster.pid").read_text().split("\n")[0]))
        parent.kill()

    server.wait(30)
    assert not is_answering(cluster)


def test_a_path_too_long_for_a_socket_is_no_obstacle(home: Home):
    deep = Home(root=ROOT, var=home.var / ("d" * 90))
    (deep.var / "log").mkdir(parents=True)
    cluster = cluster_at(deep, "pg")

    with running(cluster):
        assert ask(cluster, "SELECT 1") == 1


def test_a_broken_cluster_is_refused_with_the_servers_reason(cluster: Cluster):
    cluster_stop(cluster_start(cluster))
    (cluster.data / "global" / "pg_control").unlink()

    with pytest.raises(SetupFailed, match=r"the database did not start: .*pg_control"):
        cluster_start(cluster)


def test_a_second_command_shares_the_running_server(home: Home, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with database_ready(home):
        url = os.environ.pop("DATABASE_URL")
        with database_ready(home):
            assert os.environ["DATABASE_URL"] == url
        os.environ["DATABASE_URL"] = url
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    assert "DATABASE_URL" not in os.environ


def test_an_unreachable_external_database_is_one_line_without_the_password(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://axle:secret-word@127.0.0.1:1/axle")

    with pytest.raises(SetupFailed) as refused:
        external_check()

    assert "cannot reach the PostgreSQL of DATABASE_URL" in str(refused.value)
    assert "secret-word" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_old_external_database_is_refused(monkeypatch: pytest.MonkeyPatch, cluster: Cluster):
    monkeypatch.setattr("axle.config.runtime.database.OLDEST_MAJOR", 19)
    with running(cluster):
        monkeypatch.setenv("DATABASE_URL", cluster.url)
        with pytest.raises(SetupFailed, match="names a PostgreSQL 18, Axle needs 19 or newer"):
            external_check()


@pytest.mark.parametrize(
    ("memory_mb", "pages", "expected"),
    [(512, "128MB", "256MB"), (8192, "1024MB", "4096MB"), (24576, "2048MB", "12288MB")],
)
def test_a_database_that_is_kept_takes_its_share_of_the_memory(memory_mb, pages, expected):
    assert memory_settings(memory_mb) == {"shared_buffers": pages, "effective_cache_size": expected}
