"""A threading HTTP server for one WSGI application, from the standard library."""

import logging
from io import BytesIO
from socketserver import TCPServer, ThreadingMixIn
from typing import Any
from wsgiref.headers import Headers
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer
from wsgiref.types import WSGIApplication

from axle.sandbox.sources.parties import PREFIX as SOURCES
from axle.sandbox.web import MAX_BODY_BYTES

logger = logging.getLogger(__name__)
_LINE_MAX = 65_536
_KEPT_OPEN = f"{SOURCES}/"
"""Whoever asks sources has many questions at a time; the other parties are asked now and then."""


class _Answer(ServerHandler):
    """One answer, which says whether it is the last one of its connection. Without a length, only the end of the
    connection tells where it ends."""

    http_version = "1.1"
    headers: Headers
    request_handler: "QuietHandler"

    def cleanup_headers(self) -> None:
        super().cleanup_headers()
        if "Content-Length" not in self.headers:
            self.request_handler.close_connection = True
        if self.request_handler.close_connection:
            self.headers["Connection"] = "close"


class QuietHandler(WSGIRequestHandler):
    """Logs nothing per request, keeps connections of those who ask sources open, and ends one that sends nothing for a
    while."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    wbufsize = -1  # head and body leave together
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:
        logger.debug(format, *args)

    def handle(self) -> None:
        self.close_connection = False
        try:
            while not self.close_connection:
                self._answer_one()
        except (TimeoutError, ConnectionError):
            self.close_connection = True

    def _answer_one(self) -> None:
        self.raw_requestline = self.rfile.readline(_LINE_MAX + 1)
        if not self.raw_requestline or len(self.raw_requestline) > _LINE_MAX or not self.parse_request():
            self.close_connection = True
            return
        if not self.path.startswith(_KEPT_OPEN):
            self.close_connection = True
        length = self.headers.get("Content-Length", "0")
        body = self.rfile
        if "Transfer-Encoding" in self.headers or not length.isdigit() or int(length) > MAX_BODY_BYTES:
            self.close_connection = True  # what is not read would be taken for the next request
        else:
            body = BytesIO(self.rfile.read(int(length)))
        answer = _Answer(body, self.wfile, self.get_stderr(), self.get_environ(), multithread=True)  # type: ignore[arg-type]
        answer.request_handler = self
        answer.run(self.server.get_app())  # type: ignore[attr-defined]


class SandboxServer(ThreadingMixIn, WSGIServer):
    """One thread per connection; binding does not ask a name server."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], application: WSGIApplication) -> None:
        super().__init__(address, QuietHandler)
        self.set_app(application)

    def server_bind(self) -> None:
        TCPServer.server_bind(self)
        self.server_name = str(self.server_address[0])
        self.server_port = int(self.server_address[1])
        self.setup_environ()
