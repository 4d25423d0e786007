"""A small WSGI application: exact routes, JSON in and out, no framework."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

MAX_BODY_BYTES = 1_048_576


class BadRequest(Exception):
    """The request cannot be read; the text goes back to the caller with status 400."""


@dataclass(frozen=True)
class Request:
    """One HTTP request, fully read."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as a JSON object. Errors: BadRequest."""
        try:
            value = json.loads(self.body or b"{}")
        except ValueError as error:
            raise BadRequest("body is not JSON") from error
        if not isinstance(value, dict):
            raise BadRequest("body is not a JSON object")
        return value

    def form(self) -> dict[str, str]:
        """The body as form fields; the last of equal names counts. Errors: BadRequest."""
        try:
            return dict(parse_qsl(self.body.decode("utf-8"), keep_blank_values=True))
        except UnicodeDecodeError as error:
            raise BadRequest("body is not UTF-8") from error


@dataclass(frozen=True)
class Response:
    """One HTTP response."""

    body: bytes
    status: int = 200
    content_type: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


def json_response(value: Any, status: int = 200) -> Response:
    """A JSON response with Chinese text left readable."""
    return Response(json.dumps(value, ensure_ascii=False).encode(), status)


Handler = Callable[[Request], Response]
Routes = Mapping[tuple[str, str], Handler]


class Application:
    """Dispatches by exact method and path; what is below a mounted prefix goes to that application."""

    def __init__(self, routes: Routes, mounts: Mapping[str, WSGIApplication] | None = None) -> None:
        self._routes = routes
        self._mounts = dict(mounts or {})

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "/")
        for prefix, mounted in self._mounts.items():
            if path == prefix or path.startswith(prefix + "/"):
                return mounted(environ, start_response)
        response = self._answer(environ)
        status = f"{response.status} {HTTPStatus(response.status).phrase}"
        headers = {"Content-Type": response.content_type, "Content-Length": str(len(response.body))}
        start_response(status, list({**headers, **response.headers}.items()))
        return [response.body]

    def _answer(self, environ: WSGIEnvironment) -> Response:
        try:
            request = _read(environ)
            handler = self._routes.get((request.method, request.path))
            if handler is None:
                return json_response({"error": "no such route"}, 404)
            return handler(request)
        except BadRequest as error:
            return json_response({"error": str(error)}, 400)


def _read(environ: WSGIEnvironment) -> Request:
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError as error:
        raise BadRequest("content length is not a number") from error
    if not 0 <= length <= MAX_BODY_BYTES:
        raise BadRequest("body is too large")
    headers = {key[5:].replace("_", "-").lower(): value for key, value in environ.items() if key.startswith("HTTP_")}
    return Request(
        method=environ["REQUEST_METHOD"],
        path=environ.get("PATH_INFO", "/").encode("latin-1").decode("utf-8", "replace"),
        query=dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)),
        headers=headers,
        body=environ["wsgi.input"].read(length),
    )
