"""A value read from a document: what, how sure, and whether it passes its own check."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

INVALID_CAP = 0.5
"""A value that fails its own check is never surer than this."""


@dataclass(frozen=True, slots=True)
class FieldReading:
    """One field. Amounts are fen (int), masses kilograms (int), dates ISO text, the rest plain text.

    ``confidence`` is 0 to 1; ``is_valid`` says that the value has the right form and passes its check digit.
    """

    value: str | int
    confidence: float
    is_valid: bool

    def capped(self) -> "FieldReading":
        """The same reading with the ceiling that an invalid value has."""
        ceiling = 1.0 if self.is_valid else INVALID_CAP
        return replace(self, confidence=round(min(self.confidence, ceiling), 3))

    def as_json(self) -> dict[str, str | int | float | bool]:
        return asdict(self)


Readings = Mapping[str, FieldReading]


def merged(first: Readings, second: Readings) -> dict[str, FieldReading]:
    """Two attempts at one document: per field the valid one, then the surer one.

    Agreement adds half the second's confidence to what the first left open: one engine repeats its own mistakes.
    """
    return {
        name: _better(first.get(name), second.get(name))
        for name in [*first, *(name for name in second if name not in first)]
    }


def _better(one: FieldReading | None, other: FieldReading | None) -> FieldReading:
    if one is None or other is None:
        found = one or other
        assert found is not None
        return found
    if one.value == other.value:
        low, high = sorted((one.confidence, other.confidence))
        return replace(one, confidence=high + (1 - high) * low / 2).capped()
    return max(one, other, key=lambda reading: (reading.is_valid, reading.confidence))
