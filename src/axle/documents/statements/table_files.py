"""Statements as banks export them: CSV in UTF-8 or GB18030, XLSX."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

from axle.documents.errors import SheetBroken, StatementTooLong
from axle.documents.statements.cells import Row, row_of

MAX_ROWS = 20_000
_MAX_UNPACKED = 100 * 1024 * 1024
_MAX_PARTS = 500
_MAX_COLUMNS = 60
_START = 4096
_DELIMITERS = (",", "\t", ";", "|")


def csv_rows(content: bytes) -> list[Row]:
    """The rows of a text file. Errors: StatementTooLong; SheetBroken where quotes never end."""
    text = _decoded(content)
    start = text[:_START]
    delimiter = max(_DELIMITERS, key=start.count)
    try:
        rows = [row_of(no, cells) for no, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), 1)]
    except csv.Error as error:
        raise SheetBroken(field="file") from error
    return _bounded(rows)


def sheet_rows(content: bytes) -> list[Row]:
    """The rows of a workbook's first sheet that has any. Errors: SheetBroken, StatementTooLong."""
    _check_archive(content)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = [
            _sheet(sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=_MAX_COLUMNS, values_only=True)) for sheet in book
        ]
    except Exception as error:  # a broken workbook may raise anything
        raise SheetBroken(field="file") from error
    return _bounded(next((rows for rows in sheets if len(rows) > 1), []))


def _sheet(values: Iterator[tuple[object, ...]]) -> list[Row]:
    return [row_of(no, [_text(value) for value in row]) for no, row in enumerate(values, 1) if any(row)]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)


def _check_archive(content: bytes) -> None:
    """Refuse what is no workbook, unpacks to more than memory should hold, or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
                raise SheetBroken(field="file")
            for part in parts:
                with archive.open(part) as opened:
                    if b"<!DOCTYPE" in opened.read(_START).upper():
                        raise SheetBroken(field="file")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise SheetBroken(field="file") from error


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def _bounded(rows: list[Row]) -> list[Row]:
    if len(rows) > MAX_ROWS:
        raise StatementTooLong(limit=MAX_ROWS)
    return rows
