"""Which column of a statement is what, by the headings that banks give, and its rows as lines."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from axle.documents.domain.statement import StatementLine
from axle.documents.domain.statement_words import (
    HEADINGS,
    HOME_CURRENCY,
    INFLOW_WORDS,
    OUTFLOW_WORDS,
    heading_form,
)
from axle.documents.domain.text_forms import squeezed
from axle.documents.errors import StatementCurrencyForeign, StatementLineUnreadable
from axle.documents.statements.cells import Cell, Row, amount_of, date_of
from axle.kernel.money import Fen

Columns = Mapping[int, str]
"""By their place, which kind each known column is."""
_KINDS = {word: kind for kind, words in HEADINGS.items() for word in words}
_NOT_HAN = re.compile(r"[^\u4e00-\u9fff]")
_SUMS = re.compile(r"合计|总计|小计|本页|累计|承前页|过次页|期初|期末|上期|上页|结转")
_TEXTS = ("counterparty", "account", "summary")


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line with the cells of its figures, by kind of column."""

    line: StatementLine
    figures: Mapping[str, Cell]


def columns_of(texts: Sequence[str]) -> Columns | None:
    """The columns by a row of headings: a date, a balance or summary, and amounts; None for any other row."""
    found: dict[int, str] = {}
    for place, text in enumerate(texts):
        kind = _kind(text)
        if kind is not None and (kind == "summary" or kind not in found.values()):
            found[place] = kind
    kinds = set(found.values())
    has_amounts = {"inflow", "outflow"} <= kinds or "amount" in kinds
    return found if "date" in kinds and has_amounts and len(kinds) >= 3 else None


def _kind(text: str) -> str | None:
    """A heading in Chinese, in English, or in both."""
    form = heading_form(text)
    return _KINDS.get(form) or _KINDS.get(_NOT_HAN.sub("", form))


def heading_at(rows: Sequence[Row]) -> int | None:
    """The place of the row of headings."""
    return next((place for place, row in enumerate(rows) if columns_of(row.texts) is not None), None)


def lines_of(rows: Sequence[Row], columns: Columns) -> list[ReadLine]:
    """The lines in the order of the file; headings that are repeated and rows of sums are left out, a row without
    figures continues the text of the one before.

    Errors: StatementLineUnreadable names the row; StatementCurrencyForeign.
    """
    found: list[ReadLine] = []
    for row in rows:
        if columns_of(row.texts) is not None:
            continue
        cells = _by_kind(row, columns)
        if date_of(_text(cells, "date")) is None:
            _continue(found, row, cells)
        elif not _is_sum(row, cells):
            found.append(_read(len(found) + 1, row, cells))
    return found


def _by_kind(row: Row, columns: Columns) -> dict[str, list[Cell]]:
    cells: dict[str, list[Cell]] = {}
    for place, kind in columns.items():
        if place < len(row.cells):
            cells.setdefault(kind, []).append(row.cells[place])
    return cells


def _text(cells: Mapping[str, Sequence[Cell]], kind: str) -> str:
    return " ".join(cell.text.strip() for cell in cells.get(kind, ()) if cell.text.strip())


def _has_amount(cells: Mapping[str, Sequence[Cell]]) -> bool:
    return any(_text(cells, kind) for kind in ("amount", "inflow", "outflow"))


def _is_sum(row: Row, cells: Mapping[str, Sequence[Cell]]) -> bool:
    """A row of sums or of a balance brought forward has no movement of its own."""
    return not _has_amount(cells) and bool(_SUMS.search("".join(row.texts)))


def _continue(found: list[ReadLine], row: Row, cells: Mapping[str, Sequence[Cell]]) -> None:
    """A row without a date: more text of the line before, a sum, a foot of the page; never a movement."""
    if _SUMS.search("".join(row.texts)):
        return
    if _text(cells, "balance") and _has_amount(cells) and _is_figure(_text(cells, "balance")):
        raise StatementLineUnreadable(row=row.no)
    if found and len(row.cells) > 1 and not any(_text(cells, kind) for kind in ("date", "balance", "amount")):
        before = found[-1].line
        texts: dict[str, Any] = {kind: f"{getattr(before, kind)}{_text(cells, kind)}" for kind in _TEXTS}
        found[-1] = ReadLine(replace(before, **texts), found[-1].figures)


def _is_figure(text: str) -> bool:
    try:
        return amount_of(text) is not None
    except ValueError:
        return False


def _read(no: int, row: Row, cells: Mapping[str, Sequence[Cell]]) -> ReadLine:
    if squeezed(_text(cells, "currency")).lower() not in HOME_CURRENCY:
        raise StatementCurrencyForeign(row=row.no)
    booked_on = date_of(_text(cells, "date"))
    try:
        amount, balance = _amount(cells), amount_of(_text(cells, "balance"))
    except ValueError as error:
        raise StatementLineUnreadable(row=row.no) from error
    if booked_on is None or amount is None:
        raise StatementLineUnreadable(row=row.no)
    line = StatementLine(no, booked_on, amount, balance, *(_text(cells, kind) for kind in _TEXTS))
    return ReadLine(line, dict(_figures(cells)))


def _figures(cells: Mapping[str, Sequence[Cell]]) -> Iterator[tuple[str, Cell]]:
    for kind in ("date", "amount", "inflow", "outflow", "balance"):
        for cell in cells.get(kind, ()):
            if cell.fonts:
                yield kind, cell


def _amount(cells: Mapping[str, Sequence[Cell]]) -> Fen | None:
    """The movement: by two columns, by a column that says which way, or by its own sign."""
    if "inflow" in cells:
        came, went = amount_of(_text(cells, "inflow")), amount_of(_text(cells, "outflow"))
        return None if came is None and went is None else Fen((came or 0) - abs(went or 0))
    amount = amount_of(_text(cells, "amount"))
    way = squeezed(_text(cells, "direction")).lower()
    if amount is None or not way:
        return amount
    if way in INFLOW_WORDS:
        return Fen(abs(amount))
    if way in OUTFLOW_WORDS:
        return Fen(-abs(amount))
    raise ValueError(way)
