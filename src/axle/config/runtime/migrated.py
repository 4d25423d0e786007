"""A database that has been migrated and holds nothing else: test databases are copied from it.

One is kept in the tests' cluster for the migrations as they are; another state of them makes another and drops it.
"""

import hashlib
import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg

from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.home import Home
from axle.config.runtime.progress import step

_PREFIX = "axle_migrated_"
_DRAFT = "axle_migrating"


def migrated_database(home: Home) -> str:
    """The name of the migrated database in the PostgreSQL of ``DATABASE_URL``; it is made when there is none.

    Errors: SetupFailed when a migration fails; its words are in ``log/migrated.log``.
    """
    name, url = f"{_PREFIX}{_fingerprint(home)}", os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        kept = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        if name in kept:
            return name
        for old in (one for one in kept if one.startswith(_PREFIX) or one == _DRAFT):
            connection.execute(f'DROP DATABASE "{old}"')
        connection.execute(f"CREATE DATABASE {_DRAFT}")
        with step("migrating a database for the tests"):
            _migrate(home, urlsplit(url)._replace(path=f"/{_DRAFT}").geturl())
        connection.execute(f'ALTER DATABASE {_DRAFT} RENAME TO "{name}"')
    return name


def _fingerprint(home: Home) -> str:
    """Changes with every migration, ours or a library's."""
    seen = hashlib.sha256((home.root / "uv.lock").read_bytes())
    for file in sorted((home.root / "src/axle").glob("*/migrations/*.py")):
        seen.update(str(file.relative_to(home.root)).encode() + file.read_bytes())
    return seen.hexdigest()[:12]


def _migrate(home: Home, url: str) -> None:
    log = home.var / "log" / "migrated.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "axle", "manage", "migrate", "--verbosity", "0"]
    names = {"DATABASE_URL": url, "DATABASE_OWNER_URL": url}
    with log.open("wb") as output:
        done = subprocess.run(command, env={**os.environ, **names}, stdout=output, stderr=output, check=False)
    if done.returncode:
        raise SetupFailed("a migration failed", f"read {log}")
