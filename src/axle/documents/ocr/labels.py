"""Finding the printed labels of a form inside recognised lines, though some characters were misread."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Aliases = Mapping[str, tuple[str, ...]]
"""A label to the ways it may be printed, itself among them."""


@dataclass(frozen=True, slots=True)
class LabelHit:
    """A label in line ``line``, characters ``start`` to ``end``; ``likeness`` is 1 for an exact match."""

    key: str
    line: int
    start: int
    end: int
    likeness: float

    def overlaps(self, other: "LabelHit") -> bool:
        return self.line == other.line and self.start < other.end and other.start < self.end


def find_labels(lines: Sequence[str], aliases: Aliases) -> list[LabelHit]:
    """The best hit of each key, none overlapping another: exact ones first, long labels before short ones."""
    candidates = [hit for number, line in enumerate(lines) for hit in _line_hits(number, line, aliases)]
    candidates.sort(key=lambda hit: (-hit.likeness, hit.start - hit.end, hit.line))
    taken: list[LabelHit] = []
    for hit in candidates:
        if not any(hit.key == other.key or hit.overlaps(other) for other in taken):
            taken.append(hit)
    return sorted(taken, key=lambda hit: (hit.line, hit.start))


def _line_hits(number: int, line: str, aliases: Aliases) -> Iterator[LabelHit]:
    for key, labels in aliases.items():
        for label in labels:
            start = line.find(label)
            if start >= 0:
                yield LabelHit(key, number, start, start + len(label), 1.0)
            else:
                yield from _blurred_hits(key, number, line, label)


def _blurred_hits(key: str, number: int, line: str, label: str) -> Iterator[LabelHit]:
    """Short labels are forgiven one misread character at the start of a line, long ones a third anywhere."""
    starts = range(len(line) - len(label) + 1) if len(label) >= 4 else range(1)
    for start in starts:
        length, likeness = _likeness(line[start:], label)
        if likeness >= (0.5 if start == 0 else 0.66):
            yield LabelHit(key, number, start, start + length, likeness * 0.9)


def _likeness(text: str, label: str) -> tuple[int, float]:
    """The prefix of ``text`` most like the label, and how like: 1 minus edits per character."""
    lengths = range(max(1, len(label) - 1), min(len(text), len(label) + 1) + 1)
    distances = [(edit_distance(text[:length], label), abs(length - len(label)), length) for length in lengths]
    if not distances:
        return 0, 0.0
    distance, _, length = min(distances)
    return length, 1 - distance / len(label)


def edit_distance(one: str, other: str) -> int:
    """The number of characters to insert, delete or replace (Levenshtein)."""
    row = list(range(len(other) + 1))
    for count, char in enumerate(one, start=1):
        previous, row[0] = row[0], count
        for place, wanted in enumerate(other, start=1):
            previous, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, previous + (char != wanted))
    return row[-1]
