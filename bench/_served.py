"""The product as it is served: gunicorn on the benchmark's books, and people signed in to it."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any, ClassVar
from urllib.parse import urlencode

from axle.config.demo.accounts import demo_password
from axle.config.runtime.home import find_home
from axle.config.runtime.ports import page_answers
from axle.config.runtime.processes import end_group, spawn

PORT = int(os.environ.get("AXLE_PORT") or 8170)


@contextmanager
def served() -> Iterator[str]:
    """Serve for the time of the block; gives the address."""
    home = find_home()
    environment = {**os.environ, "AXLE_PORT": str(PORT), "AXLE_HOST": "127.0.0.1"}
    with (home.log.parent / "bench-web.log").open("ab") as log:
        argv = [sys.executable, "-m", "gunicorn", "-c", "python:axle.config.runtime.webserver"]
        process = spawn(argv, env=environment, cwd=home.root, output=log.fileno())
        try:
            _wait()
            yield f"http://127.0.0.1:{PORT}"
        finally:
            end_group(process, first=signal.SIGTERM, patience=10.0)


def _wait() -> None:
    deadline = time.monotonic() + 120
    while not page_answers("127.0.0.1", PORT, "/healthz"):
        if time.monotonic() > deadline:
            raise TimeoutError("the web server does not answer")
        time.sleep(0.2)


class Visitor:
    """A demo account at the API, over one connection that stays open; an account signs in once for all its visits."""

    _signed_in: ClassVar[dict[str, dict[str, str]]] = {}

    def __init__(self, username: str) -> None:
        self.username = username
        self._connection = HTTPConnection("127.0.0.1", PORT, timeout=120)
        self._cookies = self._signed_in.setdefault(username, {})
        if not self._cookies:
            self._sign_in(username)

    def _sign_in(self, username: str) -> None:
        token = json.loads(self._send("GET", "/api/v1/session")[1])["csrf_token"]
        body = json.dumps({"username": username, "password": demo_password(username)})
        status, answer = self._send("POST", "/api/v1/session", body=body, headers={"X-CSRFToken": token})
        if status != 200:
            raise RuntimeError(f"{username} cannot sign in: {status} {answer.decode()}")

    def get(self, path: str, **params: Any) -> tuple[float, int, Any]:
        """Milliseconds, status and body of a read under ``/api/v1``."""
        target = f"/api/v1{path}" + (f"?{urlencode(params)}" if params else "")
        begun = time.perf_counter()
        status, body = self._send("GET", target)
        return (time.perf_counter() - begun) * 1000, status, json.loads(body)

    def reach(self, path: str) -> float:
        """Milliseconds of a plain page."""
        begun = time.perf_counter()
        self._send("GET", path)
        return (time.perf_counter() - begun) * 1000

    def _send(
        self, method: str, target: str, *, body: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        sent = {"Content-Type": "application/json", "Cookie": cookies, **(headers or {})}
        self._connection.request(method, target, body=body, headers=sent)
        answer = self._connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.split(";")[0]
        return answer.status, answer.read()
