"""A typed answer in words: every field with its label, and its value as people read it."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from axle.kernel.money import yuan
from axle.platform.public import text
from axle.sources.domain.answers_json import answer_from_json

_NOTHING = "—"


@dataclass(frozen=True)
class Words:
    """One field."""

    name: str
    label: str
    value: str


def answer_words(code: str, stored: Any) -> list[Words]:
    """The fields of a stored answer, in the order in which they are declared."""
    answer = answer_from_json(code, stored)
    return [
        Words(field.name, text("source_fact", field.name), value_words(field.name, getattr(answer, field.name)))
        for field in fields(answer)
    ]


def value_words(name: str, value: Any) -> str:
    """A value by its type and by the suffix of its name."""
    if value is None or value == "":
        return _NOTHING
    if isinstance(value, bool):
        return text("source_word", "yes" if value else "no")
    if name.endswith("_fen"):
        return text("source_word", "yuan", amount=yuan(value))
    if isinstance(value, Decimal):
        return f"{value * 100:.1f} %"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        found = text("source_choice", f"{name}/{value}")
        return value if "/" in found else found
    return str(value)
