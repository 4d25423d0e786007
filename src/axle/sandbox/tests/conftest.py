"""A receiver of call-backs that answers as the test says."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from axle.sandbox.server import SandboxServer


@dataclass
class Receiver:
    """Counts what arrives; ``status`` is its answer."""

    status: str = "200 OK"
    bodies: list[bytes] = field(default_factory=list)
    url: str = ""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        self.bodies.append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        start_response(self.status, [("Content-Length", "0")])
        return [b""]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver on a free port."""
    heard = Receiver()
    with SandboxServer(("127.0.0.1", 0), heard) as server:
        heard.url = f"http://127.0.0.1:{server.server_port}/call-back"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield heard
        server.shutdown()
        thread.join()
