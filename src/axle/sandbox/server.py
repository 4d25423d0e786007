"""A threading HTTP server for one WSGI application, from the standard library."""

import logging
from socketserver import TCPServer, ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.types import WSGIApplication

logger = logging.getLogger(__name__)


class QuietHandler(WSGIRequestHandler):
    """Logs nothing per request; ends a connection that sends nothing for a while."""

    timeout = 30

    def log_message(self, format: str, *args: Any) -> None:
        logger.debug(format, *args)


class SandboxServer(ThreadingMixIn, WSGIServer):
    """One thread per request; binding does not ask a name server."""

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
