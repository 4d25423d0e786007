"""Tables as files: CSV streamed without limit, Excel up to a size; each one is in the operation log."""

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, BinaryIO

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from axle.platform.audit import acting, note_change
from axle.platform.catalogue import own_text, text
from axle.platform.errors import ExportTooLarge, InputInvalid
from axle.platform.listing import Col, Listing, ordered, rows_shown
from axle.platform.scope import Actor
from axle.platform.spreadsheets import formula_safe

MAX_SHEET_ROWS = 100_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


_SECTIONS = {"Command": "command", "Permission": "permission", "Parameter": "parameter", "Report": "report"}
"""Enumerations whose members have their words in a section of their own."""


@dataclass(frozen=True)
class Sheet:
    """A table on its way into a file: lines above it, headings, rows of shown values, and a last line of sums."""

    name: str
    columns: Sequence[Col]
    headings: Sequence[str]
    rows: Iterator[Mapping[str, Any]]
    count: int
    head: Sequence[str] = ()
    totals: Sequence[Any] = ()

    def lines(self) -> Iterator[Sequence[Any]]:
        """Everything below the head."""
        yield self.headings
        for row in self.rows:
            yield [cell_shown(col, row[col.key]) for col in self.columns]
        if self.totals:
            yield self.totals


def cell_shown(col: Col, value: Any) -> Any:
    """A shown value in words: members of enumerations and yes or no."""
    if value is None:
        return ""
    if col.kind == "enum" and col.enum:
        return _member_shown(col.enum, value)
    if col.kind == "json" and col.enum and isinstance(value, list):
        return ", ".join(dict.fromkeys(_member_shown(col.enum, member) for member in value))
    if col.kind == "bool":
        return text("text", "yes" if value else "no")
    return value


def _member_shown(enum: str, member: Any) -> str:
    section = _SECTIONS.get(enum)
    return text(section, str(member)) if section else text("enum", f"{enum}/{member}")


def _in_this_language(table: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """The same rows; they are made while the answer streams, when the request's language is put away already."""
    return iter(partial(copy_context().run, next, table, None), None)


class _Echo:
    def write(self, value: str) -> str:
        return value


def _csv(sheet: Sheet) -> StreamingHttpResponse:
    writer = csv.writer(_Echo())
    table = chain(([line] for line in sheet.head), _in_this_language(sheet.lines()))
    lines = (writer.writerow([formula_safe(value) for value in row]) for row in table)
    return StreamingHttpResponse(("\ufeff" if i == 0 else "") + line for i, line in enumerate(lines))


def _xlsx(sheet: Sheet) -> FileResponse:
    target = tempfile.TemporaryFile()  # noqa: SIM115 — FileResponse closes it
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet()
    money = book.add_format({"num_format": "#,##0.00"})
    for line, words in enumerate(sheet.head):
        page.write_string(line, 0, words)
    first = len(sheet.head)
    for line, row in enumerate(sheet.lines(), start=first):
        for position, (col, value) in enumerate(zip(sheet.columns, row, strict=True)):
            if line > first and col.kind == "money" and _is_amount(value):
                page.write_number(line, position, float(value), money)
            else:
                page.write(line, position, value if isinstance(value, int | bool) else str(value))
    if sheet.head:
        page.freeze_panes(first + 1, 1)
        page.set_footer(f"&L&8{sheet.head[-1].replace('&', '&&')}&R&8&P / &N"[:250])
    book.close()
    target.seek(0, io.SEEK_SET)
    return FileResponse(target)


def _is_amount(value: Any) -> bool:
    return value != "" and str(value).lstrip("-").replace(".", "", 1).isdigit()


def sheet_answer(sheet: Sheet, actor: Actor, format: str, *, kind: str) -> HttpResponseBase:
    """A table as a file; ``kind`` says in the operation log what was taken out.

    The answer's ``X-Total-Rows`` lets who reads it tell how far it is. Errors: InputInvalid, ExportTooLarge.
    """
    if format not in {"csv", "xlsx"}:
        raise InputInvalid(field="format", errors=[{"loc": ("format",), "type": "unknown_format", "msg": ""}])
    if format == "xlsx" and sheet.count > MAX_SHEET_ROWS:
        raise ExportTooLarge(limit=MAX_SHEET_ROWS)
    with acting(actor, f"{sheet.name}.export"):
        note_change(type=kind, id=sheet.name, after={"rows": sheet.count, "format": format})
    answer = _csv(sheet) if format == "csv" else _xlsx(sheet)
    answer["Content-Type"] = "text/csv; charset=utf-8" if format == "csv" else _XLSX
    answer["Content-Disposition"] = f'attachment; filename="{sheet.name}-{timezone.localdate():%Y%m%d}.{format}"'
    answer["X-Total-Rows"] = str(sheet.count)
    return answer


def answer_keep(answer: HttpResponseBase, target: BinaryIO) -> None:
    """Write a file's content as it comes, for who keeps it instead of sending it.

    The answer is not closed: Django takes that for the end of a request, and closes the database's connection.
    """
    for part in getattr(answer, "streaming_content", None) or [answer.content]:  # type: ignore[attr-defined]
        target.write(part.encode() if isinstance(part, str) else part)
    if isinstance(answer, FileResponse) and answer.file_to_stream:
        answer.file_to_stream.close()


def export(listing: Listing, actor: Actor, params: Mapping[str, str], format: str) -> HttpResponseBase:
    """A listing as a file. Errors: PermissionMissing, InputInvalid, ExportTooLarge."""
    rows = ordered(listing, actor, params).rows
    sheet = Sheet(
        name=listing.name,
        columns=listing.columns,
        headings=[own_text("field", listing.context, listing.name, col.key) or col.key for col in listing.columns],
        rows=rows_shown(listing, rows),
        count=rows.order_by().count(),
    )
    return sheet_answer(sheet, actor, format, kind="listing")
