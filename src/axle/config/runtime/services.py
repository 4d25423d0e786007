"""The processes of an Axle on one machine: database, sandbox, web and worker."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from functools import partial

from axle.config.runtime.home import Home
from axle.config.runtime.logbook import Logbook
from axle.config.runtime.postgres import Cluster, cluster_start
from axle.config.runtime.processes import spawn
from axle.config.runtime.supervisor import Service

_WORKER = ("procrastinate", "worker", "--concurrency=4", "--shutdown-graceful-timeout=10")


def database_service(cluster: Cluster) -> Service:
    """The embedded PostgreSQL; stopped last and fast, but cleanly."""
    start = partial(cluster_start, cluster)
    return Service("database", start, signal.SIGINT, patience=30.0, is_needed_by_others=True)


def application_services(home: Home, logbook: Logbook) -> list[Service]:
    """Give sandbox, web and workers, in the order of their start."""
    return [
        _python_service(home, logbook, "sandbox", ["-m", "axle.sandbox"]),
        _python_service(home, logbook, "web", ["-m", "gunicorn", "-c", "python:axle.config.runtime.webserver"]),
        *(_python_service(home, logbook, name, ["-m", "axle", "manage", *_WORKER]) for name in _worker_names()),
    ]


def _worker_names() -> list[str]:
    """One worker uses one processor; what comes in parts, such as a back-test, is done by all of them at once."""
    count = int(os.environ.get("AXLE_WORKERS") or "2")
    return ["worker", *(f"worker-{number}" for number in range(2, count + 1))]


def _python_service(home: Home, logbook: Logbook, name: str, arguments: Sequence[str]) -> Service:
    def start() -> subprocess.Popen[bytes]:
        process = spawn([sys.executable, *arguments], env=service_environment(home), cwd=home.root)
        logbook.attach(name, process)
        return process

    return Service(name, start)


def service_environment(home: Home) -> dict[str, str]:
    """What a process is told: not how to become the owner of the tables."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    return {**kept, "AXLE_VAR": str(home.var), "PYTHONUNBUFFERED": "1"}
