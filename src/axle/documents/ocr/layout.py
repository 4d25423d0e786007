"""Pairing labels with values by where they stand: behind the label, to its right, then below.

All pixels are on the upright page. A line of print is one ``TextBox``; a value may be the rest of the label's
own line, the next boxes of the same row, and for long fields (addresses) the lines under it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from axle.documents.domain.text_forms import squeezed
from axle.documents.ocr.labels import Aliases, LabelHit, find_labels
from axle.documents.ocr.page import Page, TextBox


@dataclass(frozen=True, slots=True)
class Printed:
    """The text printed beside a label; ``score`` is the recogniser's worst score times the label's likeness."""

    text: str
    score: float


class Layout:
    """A page with its labels found."""

    def __init__(self, page: Page, aliases: Aliases) -> None:
        self.boxes = page.boxes
        self.lines = [squeezed(box.text).replace(":", "") for box in page.boxes]
        self.hits = find_labels(self.lines, aliases)
        self._labelled = {hit.line for hit in self.hits}

    def value(self, label: str, *, lines: int = 1) -> Printed | None:
        """What is printed behind a label, over at most ``lines`` lines; None when it was not found."""
        hit = next((hit for hit in self.hits if hit.key == label), None)
        if hit is None:
            return None
        own = self.lines[hit.line][hit.end : self._value_end(hit)]
        right = [] if own else self._right_of(hit.line)
        parts = ([own] if own else []) + [self._before_label(index) for index in right]
        below = self._below(hit, right, lines - 1)
        text = "".join(parts + [self.lines[index] for index in below])
        worst = min(self.boxes[index].score for index in [hit.line, *right, *below])
        return Printed(text, worst * hit.likeness)

    def rows(self) -> list[Printed]:
        """The page row by row, boxes of a row joined from left to right."""
        rows: list[list[int]] = []
        for index in sorted(range(len(self.boxes)), key=lambda index: self.boxes[index].middle):
            row = next((row for row in rows if _on_one_row(self.boxes[row[0]], self.boxes[index])), None)
            rows.append([index]) if row is None else row.append(index)
        return [self._joined(sorted(row, key=lambda index: self.boxes[index].left)) for row in rows]

    def _joined(self, row: Sequence[int]) -> Printed:
        return Printed("".join(self.lines[index] for index in row), min(self.boxes[index].score for index in row))

    def _value_end(self, hit: LabelHit) -> int | None:
        return next((other.start for other in self.hits if other.line == hit.line and other.start >= hit.end), None)

    def _before_label(self, index: int) -> str:
        first = next((hit.start for hit in self.hits if hit.line == index), None)
        return self.lines[index][:first]

    def _right_of(self, index: int) -> list[int]:
        """The boxes to the right on the same row, up to the first that begins with a label."""
        label = self.boxes[index]
        row = [
            other
            for other, box in enumerate(self.boxes)
            if other != index and box.left > label.left + label.height / 2 and _on_one_row(label, box)
        ]
        found: list[int] = []
        for other in sorted(row, key=lambda other: self.boxes[other].left):
            if not self._before_label(other):
                break
            found.append(other)
            if other in self._labelled:
                break
        return found

    def _below(self, hit: LabelHit, right: Sequence[int], count: int) -> list[int]:
        """The lines that go on under the value: unlabelled, close below, not left of where the value begins."""
        last = self.boxes[right[0] if right else hit.line]
        edge = self._value_left(hit, right)
        found: list[int] = []
        for index, box in sorted(enumerate(self.boxes), key=lambda pair: pair[1].top):
            gap = box.top - last.bottom
            is_next = -0.5 * last.height < gap < 0.8 * last.height and box.middle > last.bottom - 0.2 * last.height
            if len(found) < count and is_next and index not in self._labelled and abs(box.left - edge) < 2 * box.height:
                found.append(index)
                last = box
        return found

    def _value_left(self, hit: LabelHit, right: Sequence[int]) -> float:
        if right:
            return self.boxes[right[0]].left
        box, length = self.boxes[hit.line], max(len(self.lines[hit.line]), 1)
        return box.left + (box.right - box.left) * hit.end / length


def _on_one_row(one: TextBox, other: TextBox) -> bool:
    return abs(one.middle - other.middle) < 0.5 * min(one.height, other.height) + 2
