"""Rows of cells as every kind of file gives them, and what a cell says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from axle.documents.domain.text_forms import half_width, read_date
from axle.kernel.money import Fen

_MONEY_MARKS = re.compile(r"[\s,，¥￥$元]|CNY|RMB")
_NOTHING = frozenset({"", "-", "--", "—", "/"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text; of a PDF also the fonts and sizes in which its digits are set."""

    text: str
    fonts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file, by its number there; ``cells`` in the order of the columns."""

    no: int
    cells: tuple[Cell, ...]

    @property
    def texts(self) -> list[str]:
        return [cell.text.strip() for cell in self.cells]


def row_of(no: int, texts: Iterable[str]) -> Row:
    return Row(no, tuple(Cell(text) for text in texts))


def amount_of(text: str) -> Fen | None:
    """An amount as banks print it: grouped, with a sign before or behind, in brackets; None for an empty cell.

    Errors: ValueError for anything else, also for more than two decimals.
    """
    plain = _MONEY_MARKS.sub("", half_width(text))
    if plain in _NOTHING:
        return None
    if plain.startswith("(") and plain.endswith(")"):
        plain = f"-{plain[1:-1]}"
    elif plain.endswith(("-", "+")):
        plain = plain[-1] + plain[:-1]
    try:
        fen = Decimal(plain) * 100
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not fen.is_finite() or fen != fen.to_integral_value() or abs(fen) >= 10**17:
        raise ValueError(text)
    return Fen(int(fen))


def date_of(text: str) -> date | None:
    """The day in a cell of a date, or of date and time; None when there is none."""
    words = half_width(text).split()
    return read_date(words[0]) if words else None
