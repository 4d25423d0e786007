"""Which PostgreSQL a command works on: the one of ``DATABASE_URL``, or an embedded one below ``var``.

``DATABASE_OWNER_URL``, when there is one, names the role that owns the tables and migrates them; ``DATABASE_URL`` then
names one that only works with them.
"""

import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg

from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.home import Home
from axle.config.runtime.locks import held, is_held
from axle.config.runtime.postgres import Cluster, cluster_at, is_answering, running

OLDEST_MAJOR = 16
_STARTING_SECONDS = 60.0
_WAY_ON = "check DATABASE_URL, or unset it to use the embedded PostgreSQL"


def is_external() -> bool:
    """Tell whether ``DATABASE_URL`` names a PostgreSQL that somebody else runs."""
    return bool(os.environ.get("DATABASE_URL"))


def external_check() -> None:
    """Make sure that the PostgreSQL of ``DATABASE_URL`` answers and is new enough.

    Errors: SetupFailed, never showing the password.
    """
    try:
        with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=10) as connection:
            major = connection.info.server_version // 10000
    except psycopg.Error as error:
        reason = (str(error).strip().splitlines() or ["no reason given"])[0]
        raise SetupFailed(f"cannot reach the PostgreSQL of DATABASE_URL: {reason}", _WAY_ON) from error
    if major < OLDEST_MAJOR:
        problem = f"DATABASE_URL names a PostgreSQL {major}, Axle needs {OLDEST_MAJOR} or newer"
        raise SetupFailed(problem, _WAY_ON)


@contextmanager
def database_ready(home: Home) -> Iterator[None]:
    """Let ``DATABASE_URL`` name a PostgreSQL that answers, for the time of the block.

    A running ``./axle up`` shares its embedded server; otherwise one is started and stopped again.
    """
    if is_external():
        external_check()
        yield
        return
    cluster = cluster_at(home, "pg")
    if is_held(_lock_file(cluster)):
        _wait_until_answering(cluster)
        with urls_set(cluster):
            yield
        return
    with owned(cluster), running(cluster), urls_set(cluster):
        yield


@contextmanager
def throwaway_database_ready(home: Home) -> Iterator[None]:
    """The same for tests: a cluster of its own that does not wait for the disk, and where they own everything."""
    if is_external():
        external_check()
        yield
        return
    cluster = cluster_at(home, "test-pg", is_durable=False)
    with owned(cluster), running(cluster), _set(DATABASE_URL=cluster.url):
        yield


def owned(cluster: Cluster) -> AbstractContextManager[None]:
    """Be the one command that starts and stops this cluster."""
    purpose = f"another axle command uses the database in {cluster.data}"
    return held(_lock_file(cluster), purpose=purpose, way_on="wait for it to end, or stop it")


def urls_set(cluster: Cluster) -> AbstractContextManager[None]:
    """Name the cluster in ``DATABASE_URL`` and ``DATABASE_OWNER_URL``, for us and for our children."""
    return _set(DATABASE_URL=cluster.app_url, DATABASE_OWNER_URL=cluster.url)


@contextmanager
def _set(**urls: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in urls}
    os.environ.update(urls)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _lock_file(cluster: Cluster) -> Path:
    return cluster.data.with_name(f"{cluster.data.name}.lock")


def _wait_until_answering(cluster: Cluster) -> None:
    deadline = time.monotonic() + _STARTING_SECONDS
    while not is_answering(cluster):
        if time.monotonic() > deadline:
            problem = f"the database in {cluster.data} is in use but does not answer"
            raise SetupFailed(problem, "stop the command that uses it")
        time.sleep(0.2)
