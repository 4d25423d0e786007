"""Where the time-stamp authority (RFC 3161) is mounted."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from axle.documents.ports import timestamp_application

TSA_PREFIX = "/tsa"


def timestamp_mounts(keys: Path) -> Mapping[str, WSGIApplication]:
    """The authority under ``/tsa``; it is made at the first query, so that the other parties start at once."""

    @cache
    def authority() -> WSGIApplication:
        return timestamp_application(keys)

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return authority()(environ, start_response)

    return {TSA_PREFIX: answer}
