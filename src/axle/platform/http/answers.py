"""Answers: models as exact JSON, errors as code, message and field in the caller's language."""

import json
from typing import Any

from django.http import HttpResponse
from pydantic import BaseModel

from axle.kernel.errors import AxleError
from axle.platform.catalogue import text
from axle.platform.errors import InputInvalid


def _default(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    raise TypeError(f"{type(value).__name__} is not JSON")


def json_answer(value: Any, *, status: int = 200) -> HttpResponse:
    """A model, plain data or a ready response as an HTTP response; money leaves as yuan strings."""
    if isinstance(value, HttpResponse):
        return value
    if isinstance(value, BaseModel):
        body = value.model_dump_json()
    else:
        body = json.dumps(value, default=_default, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(body, content_type="application/json; charset=utf-8", status=status)


def _field_of(location: Any) -> str:
    parts = [str(part) for part in location if part not in ("body", "query", "path", "data", "filters")]
    return ".".join(parts)


def field_errors(errors: Any) -> list[dict[str, str]]:
    """Schema errors as field, code and message."""
    found = []
    for error in errors:
        message = str(error.get("msg", ""))
        code = error.get("type", "invalid")
        if code == "value_error":
            code = message.removeprefix("Value error, ")
        words = text("error", f"field/{code}", **(error.get("ctx") or {}))
        found.append(
            {
                "field": _field_of(error.get("loc", ())),
                "code": code,
                "message": words if words != f"field/{code}" else text("error", "field/invalid"),
            }
        )
    return found


def error_answer(error: AxleError) -> HttpResponse:
    """A refusal as HTTP."""
    params = {name: value for name, value in error.params.items() if name != "errors"}
    body = {
        "code": error.code,
        "message": text("error", error.code, **params),
        "field": error.field,
        "params": {name: str(value) for name, value in params.items()},
        "errors": field_errors(error.params["errors"]) if isinstance(error, InputInvalid) else [],
    }
    return json_answer(body, status=error.http_status)
