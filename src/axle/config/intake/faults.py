"""What is wrong with one row: a code, the field, and the figures of the sentence."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from axle.kernel.errors import AxleError
from axle.platform.errors import InputInvalid
from axle.platform.public import text

_SHOWN = 60


@dataclasses.dataclass(frozen=True)
class Fault:
    """One broken condition of a row; ``field`` is the column as the file names it, empty for the whole row."""

    code: str
    field: str = ""
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def sentence(self, locale: str | None = None) -> str:
        """The fault in words, in the language of the reader."""
        params = {name: str(value)[:_SHOWN] for name, value in self.params.items()}
        return text("text", f"intake_fault/{self.code}", locale=locale, **params)


@dataclasses.dataclass(frozen=True)
class Refusal(Fault):
    """What a context refused in a row that could be read, in that context's own words."""

    def sentence(self, locale: str | None = None) -> str:
        """The refusal's sentence; a field's when it is about one, else the condition's."""
        params = {name: str(value)[:_SHOWN] for name, value in self.params.items()}
        for key in (f"field/{self.code}", self.code):
            words = text("error", key, locale=locale, **params)
            if words != key:
                return words
        return text("error", "field/invalid", locale=locale)


def refusals(error: AxleError) -> tuple[Fault, ...]:
    """A refusal as faults of a row, one per field."""
    if not isinstance(error, InputInvalid):
        return (Refusal(error.code, error.field or "", error.params),)
    return tuple(_field_refusal(found) for found in error.params["errors"])


def _field_refusal(found: Mapping[str, Any]) -> Fault:
    code = str(found.get("type", "invalid"))
    if code == "value_error":
        code = str(found.get("msg", "")).removeprefix("Value error, ")
    return Refusal(code, ".".join(str(part) for part in found.get("loc", ())), found.get("ctx") or {})


@dataclasses.dataclass(frozen=True)
class BadRow:
    """A row that is not taken. ``row`` is the line of the file where it begins; the head is line 1."""

    row: int
    faults: tuple[Fault, ...]


class RowRefused(Exception):
    """Raised while a row is read; carries its faults."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(", ".join(fault.code for fault in faults))
        self.faults = faults
