"""Exports of listings: CSV streamed without limit, Excel up to a size; each one is in the operation log."""

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping
from contextvars import copy_context
from functools import partial
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from axle.platform.audit import acting, note_change
from axle.platform.catalogue import text
from axle.platform.errors import ExportTooLarge, InputInvalid
from axle.platform.listing import Listing, ordered, rows_shown
from axle.platform.scope import Actor
from axle.platform.spreadsheets import formula_safe

MAX_SHEET_ROWS = 100_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


_SECTIONS = {"Command": "command", "Permission": "permission", "Parameter": "parameter"}
"""Enumerations whose members have their words in a section of their own."""


def _shown(kind: str, enum: str, value: Any) -> Any:
    if value is None:
        return ""
    if kind == "enum":
        section = _SECTIONS.get(enum)
        return text(section, str(value)) if section else text("enum", f"{enum}/{value}")
    if kind == "bool":
        return text("text", "yes" if value else "no")
    return value


def _table(listing: Listing, actor: Actor, params: Mapping[str, str]) -> Iterator[list[Any]]:
    yield [text("field", col.key) for col in listing.columns]
    for row in rows_shown(listing, ordered(listing, actor, params).rows):
        yield [_shown(col.kind, col.enum, row[col.key]) for col in listing.columns]


def _in_this_language(table: Iterator[list[Any]]) -> Iterator[list[Any]]:
    """The same rows; they are made while the answer streams, when the request's language is put away already."""
    return iter(partial(copy_context().run, next, table, None), None)


class _Echo:
    def write(self, value: str) -> str:
        return value


def _csv(table: Iterator[list[Any]]) -> StreamingHttpResponse:
    writer = csv.writer(_Echo())
    lines = (writer.writerow([formula_safe(value) for value in row]) for row in table)
    return StreamingHttpResponse(("\ufeff" if i == 0 else "") + line for i, line in enumerate(lines))


def _xlsx(table: Iterator[list[Any]], listing: Listing) -> FileResponse:
    target = tempfile.TemporaryFile()  # noqa: SIM115 — FileResponse closes it
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet()
    money = book.add_format({"num_format": "#,##0.00"})
    for line, row in enumerate(table):
        for position, (col, value) in enumerate(zip(listing.columns, row, strict=True)):
            if line and col.kind == "money" and value != "":
                sheet.write_number(line, position, float(value), money)
            else:
                sheet.write(line, position, value if isinstance(value, int | bool) else str(value))
    book.close()
    target.seek(0, io.SEEK_SET)
    return FileResponse(target)


def export(listing: Listing, actor: Actor, params: Mapping[str, str], format: str) -> HttpResponseBase:
    """A listing as a file. Errors: PermissionMissing, InputInvalid, ExportTooLarge."""
    if format not in {"csv", "xlsx"}:
        raise InputInvalid(field="format", errors=[{"loc": ("format",), "type": "unknown_format", "msg": ""}])
    count = ordered(listing, actor, params).rows.order_by().count()
    if format == "xlsx" and count > MAX_SHEET_ROWS:
        raise ExportTooLarge(limit=MAX_SHEET_ROWS)
    with acting(actor, f"{listing.name}.export"):
        note_change(type="listing", id=listing.name, after={"rows": count, "format": format})
    table = _in_this_language(_table(listing, actor, params))
    answer = _csv(table) if format == "csv" else _xlsx(table, listing)
    answer["Content-Type"] = "text/csv; charset=utf-8" if format == "csv" else _XLSX
    name = f"{listing.name}-{timezone.localdate():%Y%m%d}.{format}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
