"""What is wrong with one row: a code, the field, and the figures of the sentence."""

import dataclasses
from collections.abc import Mapping
from typing import Any

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
class BadRow:
    """A row that is not taken. ``row`` is the line of the file where it begins; the head is line 1."""

    row: int
    faults: tuple[Fault, ...]


class RowRefused(Exception):
    """Raised while a row is read; carries its faults."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(", ".join(fault.code for fault in faults))
        self.faults = faults
