"""Time stamps of RFC 3161: asking an authority over HTTP, and being one for the sandbox."""

from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper

from axle.documents.signing.local_ca import LocalAuthority

_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"
_MAX_QUERY = 4096


class _CheckedTimeStamper(RequestsHTTPTimeStamper):
    """Reads the whole reply at once: one that cannot be read is no time stamp, like none."""

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        try:
            reply = await super().async_request_tsa_response(req)
            reply.native  # noqa: B018 - parsing is lazy
        except (ValueError, TypeError, KeyError) as error:
            raise TimestampRequestError("the reply of the time-stamp authority cannot be read") from error
        return reply


class HttpTimestamps:
    """An authority reached over HTTP, such as a licensed one or the sandbox's."""

    def __init__(self, url: str, *, seconds: float = 10) -> None:
        self._url, self._seconds = url, seconds

    def stamper(self) -> TimeStamper:
        return _CheckedTimeStamper(self._url, timeout=self._seconds)  # type: ignore[no-untyped-call]


def timestamp_application(keys: Path) -> WSGIApplication:
    """A test authority as a WSGI application: POST a time-stamp query to any path, get the token.

    Its keys are made under ``keys/tsa`` at the first query; verifiers trust the root certificate there.
    """
    authority = LocalAuthority(keys / "tsa", "Axle Test TSA Root")

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        query = _query(environ)
        if query is None:
            start_response("400 Bad Request", [("Content-Type", "text/plain")])
            return [b"not a time-stamp query"]
        reply = authority.token(query)
        start_response("200 OK", [("Content-Type", _REPLY), ("Content-Length", str(len(reply)))])
        return [reply]

    return answer


def _query(environ: WSGIEnvironment) -> tsp.TimeStampReq | None:
    size = int(environ.get("CONTENT_LENGTH") or 0)
    if environ["REQUEST_METHOD"] != "POST" or environ.get("CONTENT_TYPE") != _QUERY or not 0 < size <= _MAX_QUERY:
        return None
    try:
        query = tsp.TimeStampReq.load(environ["wsgi.input"].read(size), strict=True)
        query["message_imprint"]["hash_algorithm"]["algorithm"].native  # noqa: B018 - parsing is lazy
    except (ValueError, KeyError, TypeError):
        return None
    return query
