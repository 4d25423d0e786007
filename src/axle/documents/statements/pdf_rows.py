"""A statement's PDF as rows of cells: by its ruled table where it has one, else by where words stand under headings.

Only text is read, no picture of one. Every digit keeps its font, so that a figure set by another hand is seen.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from axle.documents.errors import StatementBroken, StatementTextMissing, StatementTooLong
from axle.documents.statements.cells import Cell, Row
from axle.documents.statements.columns import columns_of

MAX_PAGES = 300
_SAME_ROW = 3.0
"""Words whose middles are so near (points) stand in one row."""
_WORDS_LEAST = 8
_COLUMNS_LEAST = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word, where it stands on its page (points), and in which font."""

    text: str
    left: float
    right: float
    middle: float
    font: str


@dataclass(frozen=True, slots=True)
class _Bound:
    """From where to where a column or a row reaches."""

    start: float
    end: float

    def overlap(self, start: float, end: float) -> float:
        """How much of a stretch lies within; negative is how far it is away."""
        return min(self.end, end) - max(self.start, start)


def pdf_rows(content: bytes) -> list[Row]:
    """The rows of all pages, heads and feet as rows of one cell.

    Errors: StatementBroken, StatementTextMissing for scans, StatementTooLong.
    """
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            if len(document.pages) > MAX_PAGES:
                raise StatementTooLong(limit=MAX_PAGES)
            pages = [_page(page) for page in document.pages]
    except StatementTooLong:
        raise
    except Exception as error:  # a broken PDF may raise anything
        raise StatementBroken(field="file") from error
    if sum(len(words) for words, _, _ in pages) < _WORDS_LEAST:
        raise StatementTextMissing(field="file")
    return _numbered(pages)


_Page = tuple[list[Word], list[_Bound], list[_Bound]]


def _page(page: Any) -> _Page:
    """A page's words, and the columns and rows of its largest ruled table (none without one)."""
    words = [
        Word(
            text=word["text"],
            left=float(word["x0"]),
            right=float(word["x1"]),
            middle=float(word["top"] + word["bottom"]) / 2,
            font=f"{str(word['fontname']).rpartition('+')[2]} {float(word['size']):.1f}",
        )
        for word in page.extract_words(x_tolerance=1.5, extra_attrs=["fontname", "size"])
    ]
    tables = sorted(page.find_tables(), key=lambda table: len(table.rows), reverse=True)
    columns = _bounds(tables[0], 0, 2) if tables else []
    rows = _bounds(tables[0], 1, 3) if len(columns) >= _COLUMNS_LEAST else []
    page.close()
    return words, columns if rows else [], rows


def _bounds(table: Any, start: int, end: int) -> list[_Bound]:
    found = sorted({(round(cell[start], 1), round(cell[end], 1)) for cell in table.cells})
    merged: list[_Bound] = []
    for begin, stop in found:
        if not merged or begin >= merged[-1].end - 1:
            merged.append(_Bound(begin, stop))
    return merged


def _numbered(pages: Sequence[_Page]) -> list[Row]:
    rows: list[Row] = []
    headings: list[_Bound] = []
    for words, columns, ruled in pages:
        for group in _grouped(words, ruled):
            found = (
                columns if ruled and any(row.overlap(group[0].middle, group[0].middle) >= 0 for row in ruled) else []
            )
            if not found and (_is_heading(group)):
                headings = [_Bound(word.left, word.right) for word in group]
            rows.append(Row(len(rows) + 1, tuple(_cells(group, found or headings))))
    return rows


def _is_heading(group: Sequence[Word]) -> bool:
    return columns_of([word.text for word in group]) is not None


def _grouped(words: Sequence[Word], ruled: Sequence[_Bound]) -> Iterator[list[Word]]:
    """The words of each row from top to bottom, each from left to right."""
    by_row: dict[float, list[Word]] = {}
    last: float | None = None
    for word in sorted(words, key=lambda word: word.middle):
        bound = next((row for row in ruled if row.start <= word.middle <= row.end), None)
        if bound is not None:
            by_row.setdefault(bound.start, []).append(word)
            continue
        if last is None or word.middle - last > _SAME_ROW:
            last = word.middle
        by_row.setdefault(last, []).append(word)
    for place in sorted(by_row):
        yield sorted(by_row[place], key=lambda word: (round(word.middle), word.left) if ruled else (0, word.left))


def _cells(group: Sequence[Word], columns: Sequence[_Bound]) -> list[Cell]:
    if not columns:
        return [Cell(" ".join(word.text for word in group))]
    by_column: dict[int, list[Word]] = {}
    for word in group:
        place = max(range(len(columns)), key=lambda at: columns[at].overlap(word.left, word.right))
        by_column.setdefault(place, []).append(word)
    return [_cell(by_column.get(place, [])) for place in range(len(columns))]


def _cell(words: Sequence[Word]) -> Cell:
    text = ""
    for before, word in zip([None, *words], words, strict=False):
        is_apart = before is not None and (abs(before.middle - word.middle) > 1 or word.left - before.right > 1)
        text += (" " if is_apart and text[-1:].isascii() and word.text[:1].isascii() else "") + word.text
    return Cell(text, frozenset(word.font for word in words if any(char.isdigit() for char in word.text)))
