"""What stands in the way of ``./axle up``: each is one clear line, and the same command goes on afterwards."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from axle.config.cli.prepare import _refuse_halfway
from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.home import Home
from axle.config.runtime.postgres import cluster_at
from tests.house.accounts import ORDINARY_USER, SmallDisk, disk, mount_possible, ordinary_user_possible

ROOT = Path(__file__).resolve().parents[2]
_OWN_FOLDER = "change its owner, or set AXLE_VAR to a folder of yours"


def environment(var: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "AXLE_VAR": str(var), "AXLE_DEMO": "0", **more}


def axle(command: str, var: Path, *, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before, sys.executable, "-m", "axle", command],
        env=environment(var),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def only_line(run: subprocess.CompletedProcess[str]) -> str:
    """The one line that a failed command says on stderr."""
    assert run.returncode == 1, run
    (line,) = run.stderr.splitlines()
    return line


@mount_possible
def test_a_read_only_disk_is_one_line(kept: Path):
    with disk(kept, "ro"):
        line = only_line(axle("up", kept / "var"))
    assert line == f"axle: cannot write to {kept}/var (Read-only file system); {_OWN_FOLDER}"


@ordinary_user_possible
def test_somebody_elses_folder_is_one_line(kept: Path):
    kept.chmod(0o555)
    line = only_line(axle("up", kept, before=ORDINARY_USER))
    assert line == f"axle: cannot write to {kept} (Permission denied); {_OWN_FOLDER}"


@pytest.fixture
def small(kept: Path):
    with disk(kept, "size=2m") as small:
        yield small


@mount_possible
def test_a_full_disk_is_one_line_and_the_same_command_goes_on_with_room(small: SmallDisk):
    full_at_once = only_line(axle("prepare", small.path))
    small.resize(46)
    full_on_the_way = only_line(axle("prepare", small.path))
    small.resize(300)
    with_room = axle("prepare", small.path)

    way_on = "free some space and run the same command again"
    assert full_at_once == f"axle: the disk that holds {small.path}/pg is full; {way_on}"
    assert full_on_the_way in (
        f"axle: the database's disk is full; {way_on}",
        f"axle: the disk that holds {small.path}/pg is full; {way_on}",
    )
    assert (with_room.returncode, with_room.stderr) == (0, "")


def killed(process: subprocess.Popen[str], when: Callable[[], object], seconds: float = 120) -> None:
    """Kill -9 a process and everything of its group as soon as something is true."""
    deadline = time.monotonic() + seconds
    while not when():
        assert process.poll() is None, "ended by itself"
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def started(argv: Sequence[str], env: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True)


_COUNTS = """
from axle.config.cli.framework import books_open
with books_open():
    from django.db import connection as c
    from django.db.migrations.executor import MigrationExecutor as E
    e = E(c)
    q = c.cursor()
    q.execute("SELECT count(*), count(DISTINCT code) FROM platform_legalentity")
    print(len(e.migration_plan(e.loader.graph.leaf_nodes())), *q.fetchone())
"""
_LOAD = """
import time
from axle.config.cli.framework import books_open
with books_open():
    from axle.config.demo import load
    told = []
    def tell(line):
        told.append(line)
        if len(told) > 1 and {pausing}:
            print("half", flush=True)
            time.sleep(600)
    load(tell, loans=6)
    print("whole", flush=True)
"""


def script(text: str, var: Path) -> str:
    """Run a piece of Python; gives the last line that it prints."""
    run = subprocess.run(
        [sys.executable, "-c", text], env=environment(var), capture_output=True, text=True, check=True, timeout=300
    )
    return run.stdout.splitlines()[-1]


def test_a_start_killed_in_its_migrations_or_its_demo_is_finished_by_the_next(kept: Path):
    first = started([sys.executable, "-m", "axle", "prepare"], environment(kept))
    cluster = cluster_at(Home(root=ROOT, var=kept), "pg")
    killed(first, lambda: _migrations(cluster.data, cluster.conninfo("axle")) > 5)

    assert axle("prepare", kept).returncode == 0
    assert script(_COUNTS, kept) == "0 0 0"

    demo = started([sys.executable, "-c", _LOAD.format(pausing=True)], environment(kept))
    assert demo.stdout is not None
    assert demo.stdout.readline() == "half\n"
    killed(demo, lambda: True)
    assert script(_COUNTS, kept) == "0 0 0"

    assert script(_LOAD.format(pausing=False), kept) == "whole"
    assert script(_COUNTS, kept) == "0 2 2"
    assert script(_LOAD.format(pausing=False), kept) == "whole"
    assert script(_COUNTS, kept) == "0 2 2"


@pytest.mark.parametrize("applied", [0, 1, 2])
def test_a_database_with_some_of_the_migrations_that_were_folded_is_refused(applied: int):
    folded = [("platform", "0001_initial"), ("platform", "0008_eod_set_aside")]
    loader = SimpleNamespace(
        disk_migrations={("platform", "0001_tables"): SimpleNamespace(replaces=folded)},
        applied_migrations=dict.fromkeys(folded[:applied]),
    )
    with pytest.raises(SetupFailed, match="have since been folded") if applied == 1 else nullcontext():
        _refuse_halfway(loader)


def _migrations(data: Path, conninfo: str) -> int:
    """How many migrations are in the database that another process fills; none before it is there."""
    if not (data / "PG_VERSION").exists():
        return 0
    try:
        with psycopg.connect(conninfo, connect_timeout=2) as connection:
            (count,) = connection.execute("SELECT count(*) FROM django_migrations").fetchone() or (0,)
            return int(count)
    except psycopg.Error:
        return 0


_INSTALL = """
import sys
from pathlib import Path
from axle.config.runtime.console import packages_install
from axle.config.runtime.home import Home
packages_install(Home(root=Path(sys.argv[1]), var=Path(sys.argv[2])))
"""


def test_an_installation_of_packages_that_was_killed_is_made_again(tmp_path: Path):
    root, var, tools = tmp_path / "root", tmp_path / "var", tmp_path / "tools"
    for folder in (root / "console", var / "log", tools):
        folder.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        (root / "console" / name).write_text("{}")
    _program(tools / "node", "echo v24.1.0")
    _program(tools / "npm", f'echo "$1" >> {tmp_path}/calls; mkdir -p node_modules; touch node_modules/half; sleep 600')
    argv = [sys.executable, "-c", _INSTALL, str(root), str(var)]
    env = environment(var, PATH=f"{tools}:{os.environ['PATH']}")

    killed(started(argv, env), lambda: (root / "console/node_modules/half").exists())
    _program(tools / "npm", f'echo "$1" >> {tmp_path}/calls; mkdir -p node_modules; touch node_modules/whole')
    for _time in range(2):
        subprocess.run(argv, env=env, check=True, capture_output=True)

    assert (tmp_path / "calls").read_text().split() == ["ci", "ci"]
    assert (root / "console/node_modules/whole").exists()


def _program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
