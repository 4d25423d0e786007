"""TCP ports on this machine: free or taken, and does a page answer."""

import errno
import http.client
import socket

from axle.config.runtime.failures import SetupFailed


def port_require(host: str, port: int, *, variable: str) -> None:
    """Make sure that the port can be listened on.

    Errors: SetupFailed naming the port and how to choose another.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SetupFailed(_reason(error, port), f"choose another: {variable}={port + 10} ./axle up") from error


def _reason(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken by another program"
    if error.errno == errno.EACCES:
        return f"port {port} is not allowed for this user"
    return f"cannot listen on port {port} ({error.strerror})"


def page_answers(host: str, port: int, path: str) -> bool:
    """Tell whether ``http://host:port/path`` answers 200, without any proxy."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
