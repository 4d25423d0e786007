"""Answers to JSON and back: what is stored is exactly what was typed."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from axle.sources.domain.catalogue import SOURCES


@cache
def _adapter(code: str) -> TypeAdapter[Any]:
    return TypeAdapter(SOURCES[code].answer)


def answer_to_json(code: str, answer: Any) -> dict[str, Any]:
    """An answer as it is stored."""
    stored: dict[str, Any] = _adapter(code).dump_python(answer, mode="json")
    return stored


def answer_from_json(code: str, stored: Any) -> Any:
    """The typed answer of a source. Errors: ValidationError when it was stored under another shape."""
    return _adapter(code).validate_python(stored)
