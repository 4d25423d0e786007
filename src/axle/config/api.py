"""The API: every context's router under /api/v1, and errors as one shape."""

import importlib
import importlib.util
import json
import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DataError, IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from axle.config.middleware import CsrfRefused
from axle.kernel.errors import AxleError
from axle.kernel.types import OutsideInt
from axle.platform.errors import InputInvalid, NotFound, NotSignedIn
from axle.platform.http.answers import error_answer
from axle.platform.http.request import SessionAuth, TokenAuth
from axle.platform.http.sessions import router as sessions

log = logging.getLogger("axle.api")


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is given twice")
    return found


class ExactParser(Parser):
    """JSON whose numbers keep saying that they came from outside, so that an amount has to be a yuan string."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body as data. Errors: ValueError for broken JSON, a key given twice, NaN and Infinity."""
        data: dict[str, Any] = json.loads(
            request.body, parse_int=OutsideInt, parse_constant=_no_number, object_pairs_hook=_each_once
        )
        return data


api = NinjaAPI(
    title="Axle",
    version="1",
    description="Auto-finance core. Amounts are yuan strings, rates annual fractions as strings, dates ISO.",
    auth=[TokenAuth(), SessionAuth()],
    parser=ExactParser(),
    docs_url=None,
)


class RequestRefused(AxleError):
    """The request could not be read."""

    code = "request_refused"
    http_status = 400


class TooLarge(AxleError):
    code = "request_too_large"
    http_status = 413


class ValueOutOfRange(AxleError):
    """A number or text is larger than its column can hold."""

    code = "value_out_of_range"


class Conflict(AxleError):
    """The write collides with another row or a running change."""

    code = "conflict"
    http_status = 409


class DatabaseUnavailable(AxleError):
    """The database has no room, no connection left, or is being restarted; nothing was changed."""

    code = "database_unavailable"
    http_status = 503


_LACKING = {"53", "57"}
"""Classes of SQLSTATE: insufficient resources, operator intervention."""


class InternalError(AxleError):
    code = "internal_error"
    http_status = 500


@api.exception_handler(AxleError)
def _refused(request: HttpRequest, error: AxleError) -> HttpResponse:
    return error_answer(error)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return error_answer(InputInvalid(errors=error.errors))


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return error_answer(NotSignedIn())


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return missing()


def missing() -> HttpResponse:
    """The answer to a request for what is not there."""
    return error_answer(NotFound(what="page"))


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return error_answer(TooLarge())


@api.exception_handler(DataError)
def _out_of_range(request: HttpRequest, error: DataError) -> HttpResponse:
    log.warning("value refused by the database: %s", type(error).__name__)
    return error_answer(ValueOutOfRange())


@api.exception_handler(IntegrityError)
def _conflict(request: HttpRequest, error: IntegrityError) -> HttpResponse:
    log.warning("conflict: %s", str(error).splitlines()[0].split("DETAIL")[0])
    return error_answer(Conflict())


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    if "CSRF" in str(error):
        return error_answer(CsrfRefused())
    refused = RequestRefused()
    refused.http_status = error.status_code  # type: ignore[misc]
    return error_answer(refused)


@api.exception_handler(OperationalError)
def _database_away(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """What the database lacks for a while (disk, memory, connections, itself) is not a fault of the program."""
    state = getattr(error.__cause__, "sqlstate", None) or ""
    if state[:2] not in _LACKING:
        return _broken(request, error)
    log.error("the database refuses (%s) in %s %s", state, request.method, request.path)
    return error_answer(DatabaseUnavailable())


@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.exception("unhandled error in %s %s", request.method, request.path)
    return error_answer(InternalError())


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a request whose CSRF token does not fit."""
    return error_answer(CsrfRefused())


def _routers(context: str) -> list[Any]:
    name = f"axle.{context}.http.routes" if context == "platform" else f"axle.{context}.http"
    if importlib.util.find_spec(name) is None:
        return []
    module = importlib.import_module(name)
    own = [module.api.router] if hasattr(module, "api") else []
    return own + list(getattr(module, "routers", []))


api.add_router("", sessions)
for _context in settings.CONTEXTS:
    for _router in _routers(_context):
        api.add_router("", _router)
