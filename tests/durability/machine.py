"""One machine's processes as ``./axle up`` runs them, without its supervisor: the test decides who dies and when."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psutil
import psycopg

from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.home import Home
from axle.config.runtime.logbook import Logbook
from axle.config.runtime.ports import page_answers
from axle.config.runtime.postgres import cluster_at
from axle.config.runtime.services import application_services, database_service
from axle.config.runtime.supervisor import Service
from axle.integrations.testing import SandboxProcess

PATIENCE = 150.0


class Machine:
    """Database, web and worker of one installation, with a sandbox beside them that moves only when told."""

    def __init__(self, home: Home, port: int) -> None:
        self.home, self.port = home, port
        self.url = f"http://127.0.0.1:{port}"
        self.cluster = cluster_at(home, "pg")
        self.sandbox = SandboxProcess(home.var, is_manual=True)
        self._logbook = Logbook(home.log)
        found = [database_service(self.cluster), *application_services(home, self._logbook)]
        self._services: dict[str, Service] = {service.name: service for service in found if service.name != "sandbox"}
        self._dead_workers: list[int] = []

    def environment(self) -> dict[str, str]:
        """What its processes are told."""
        return {
            "AXLE_VAR": str(self.home.var),
            "AXLE_PORT": str(self.port),
            "AXLE_SANDBOX_PORT": str(self.sandbox.port),
            "AXLE_TSA_URL": "",
            "DATABASE_URL": self.cluster.app_url,
            "DATABASE_OWNER_URL": self.cluster.url,
        }

    def prepare(self, *, loans: int = 0) -> Any:
        """Start the database and the sandbox and load the institution, with a book; gives what it printed."""
        self._services["database"].launch()
        self.run("prepare", AXLE_DEMO="0")
        self.sandbox.start()
        told = self._python("-m", "tests.durability.institution", str(loans))
        return json.loads(told.stdout.splitlines()[-1])

    def start(self, *names: str) -> None:
        """Start processes and wait until they work."""
        for name in names:
            self._launch(self._services[name])
            if name == "web":
                self.until(lambda: page_answers("127.0.0.1", self.port, "/healthz"), what="a healthy web")
            if name == "worker":
                self.until(self._new_worker, what="a new worker")

    def kill(self, name: str) -> None:
        """``kill -9`` a service with everything that it has started."""
        process = self._services[name].process
        assert process is not None
        assert process.poll() is None, f"{name} is dead already: {self._logbook.tail(name)}"
        if name == "worker":
            self._dead_workers = self._workers()
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        for member in family:
            with suppress(psutil.NoSuchProcess):
                member.kill()
        psutil.wait_procs(family, timeout=PATIENCE)
        process.wait()
        self._services[name].process = None

    def until(self, condition: Callable[[], Any], *, what: str) -> Any:
        """Wait until a condition gives something true, and give that; what died meanwhile is started again."""
        deadline = time.monotonic() + PATIENCE
        while True:
            self._look()
            found = condition()
            if found:
                return found
            assert time.monotonic() < deadline, f"in {PATIENCE:g} s there was never: {what}"
            time.sleep(0.05)

    def stop(self) -> None:
        """End everything."""
        for name in ("worker", "web", "database"):
            self._services[name].end()
        self.sandbox.close()

    def run(self, *arguments: str, **more: str) -> str:
        """``./axle …``, which must succeed; gives what it printed."""
        return self._python("-m", "axle", *arguments, **more).stdout

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """``./axle …`` in the background."""
        return subprocess.Popen(
            [sys.executable, "-m", "axle", *arguments],
            env={**os.environ, **self.environment()},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of the database as they are committed."""
        with psycopg.connect(self.cluster.url, autocommit=True) as connection:
            cursor = connection.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

    def one(self, sql: str, *values: object) -> Any:
        """The only value of a question."""
        ((value,),) = self.ask(sql, *values)
        return value

    @contextmanager
    def held(self, table: str) -> Iterator[Callable[[], None]]:
        """Let nobody write to a table: whoever gets there has done its work and not committed.

        Gives a function that waits until somebody got there. The hold ends with the block, or with the database.
        """
        holder = psycopg.connect(self.cluster.url)
        holder.execute(f"LOCK TABLE {table} IN SHARE MODE")
        try:
            yield lambda: self.until(lambda: self._waiting_for(table), what=f"somebody who waits for {table}")
        finally:
            with suppress(psycopg.Error):
                holder.close()

    def minutes_pass(self) -> None:
        """Let the time pass after which a worker that does not report counts as dead, and the next minute begin."""
        self.ask(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '2 minutes'"
            " WHERE id = ANY(%s)",
            self._dead_workers,
        )
        self.ask("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('default', 'rescue_stalled_jobs')")

    def jobs_done(self) -> None:
        """Wait until no job is due; texts that wait for the end of the quiet hours are not."""
        left = (
            "SELECT count(*) = 0 FROM procrastinate_jobs"
            " WHERE status IN ('todo', 'doing') AND coalesce(scheduled_at, now()) <= now()"
        )
        self.until(lambda: self.one(left), what="an empty queue")

    def doing(self, task: str) -> None:
        """Wait until a worker is at a job."""
        doing = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status = 'doing'"
        self.until(lambda: self.one(doing, task), what=f"a worker at {task}")

    def _look(self) -> None:
        """Start again what did not outlive somebody else's death, as the supervisor of ``./axle up`` does."""
        for service in self._services.values():
            if service.process is not None and service.process.poll() is not None:
                service.end()
                self._launch(service)

    def _waiting_for(self, table: str) -> bool:
        waiting = "SELECT count(*) > 0 FROM pg_locks WHERE relation = %s::regclass AND NOT granted"
        return bool(self.one(waiting, table))

    def _workers(self) -> list[int]:
        return [row[0] for row in self.ask("SELECT id FROM procrastinate_workers")]

    def _new_worker(self) -> bool:
        return bool(set(self._workers()) - set(self._dead_workers))

    def _launch(self, service: Service) -> None:
        """Start it; a database whose last processes are still dying is tried again."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return service.launch()
            except SetupFailed:
                assert time.monotonic() < deadline
                time.sleep(0.2)

    def _python(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, *arguments],
            env={**os.environ, **self.environment(), **more},
            cwd=self.home.root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        return done
