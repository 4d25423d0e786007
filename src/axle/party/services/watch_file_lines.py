"""The lines of a file of watch-list entries as they were written, as they must be, and the file to fill in."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import Field, ValidationError

from axle.party.domain.watch_list import WatchList, WatchSubject
from axle.party.errors import WatchFileUnreadable
from axle.party.models import WatchReason, WatchSource
from axle.platform.catalogue import LOCALES, own_text
from axle.platform.public import Input, catalogue, spreadsheet_text, text

MOST_ROWS = 20_000
"""Rows of one file; a longer list comes as several."""
_FORM = "WatchEntryAddIn"
"""The columns are called what the form for one entry calls its fields."""
_CHOICES: Mapping[str, type[StrEnum] | type[WatchReason] | type[WatchSource]] = {
    "watch_list": WatchList,
    "subject_kind": WatchSubject,
    "reason": WatchReason,
    "source": WatchSource,
}
_DAY = re.compile(r"(\d{4})[/.年](\d{1,2})[/.月](\d{1,2})日?")
"""A day as spreadsheets write it in China."""


class WatchLine(Input):
    """A row as it must be."""

    watch_list: WatchList
    subject_kind: WatchSubject
    watched_value: str = Field(min_length=1, max_length=100)
    name: str = Field("", max_length=60)
    reason: WatchReason
    source: WatchSource
    expires_on: date | None = None
    note: str = Field(min_length=4, max_length=500)


COLUMNS = tuple(WatchLine.model_fields)
_NEEDED = tuple(name for name, field in WatchLine.model_fields.items() if field.is_required())


class ReadLine(NamedTuple):
    """A row of the file; ``data`` is None when it could not be read, and ``detail`` then says which column."""

    row: int
    data: WatchLine | None
    detail: str = ""


def lines_of(content: bytes) -> list[ReadLine]:
    """The lines of a file, numbered from 1; blank ones are none. Errors: WatchFileUnreadable."""
    try:
        rows = list(_rows(spreadsheet_text(content)))
    except (UnicodeDecodeError, csv.Error) as error:
        raise WatchFileUnreadable(field="file_id", reason=str(error)[:120]) from error
    if not 0 < len(rows) <= MOST_ROWS:
        raise WatchFileUnreadable(field="file_id", reason=f"> {MOST_ROWS}" if rows else "0")
    words = {name: _codes(name) for name in _CHOICES}
    return [_line(number, row, words) for number, row in enumerate(rows, 1)]


def template_text(locale: str) -> str:
    """The file to fill in, in the reader's words: its head, and a line for each kind of value to show what to choose.

    In place of the values stand words too short to be some, so that nobody lists them by mistake.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_head(name, locale) for name in COLUMNS])
    for kind in WatchSubject:
        told = {
            "watch_list": _word("watch_list", WatchList.GREY, locale),
            "subject_kind": _word("subject_kind", kind, locale),
            "watched_value": text("text", "watch_file_example", locale=locale),
            "reason": _word("reason", WatchReason.OTHER, locale),
            "source": _word("source", WatchSource.OWN, locale),
        }
        writer.writerow([told.get(name, "") for name in COLUMNS])
    return out.getvalue()


def _rows(content: str) -> Iterator[Mapping[str, str]]:
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    known = {_head(name, locale): name for locale in LOCALES for name in COLUMNS}
    heads = [known.get(head.strip(), head.strip()) for head in next(reader, [])]
    if missing := [_head(name, None) for name in _NEEDED if name not in heads]:
        raise WatchFileUnreadable(field="file_id", reason=", ".join(missing))
    if twice := {name for name in heads if name in COLUMNS and heads.count(name) > 1}:
        raise WatchFileUnreadable(field="file_id", reason=", ".join(sorted(twice)))
    for values in reader:
        if any(value.strip() for value in values):
            yield dict(zip(heads, values, strict=False))


def _line(number: int, row: Mapping[str, str], words: Mapping[str, Mapping[str, str]]) -> ReadLine:
    given: dict[str, Any] = {name: row[name].strip() for name in COLUMNS if row.get(name, "").strip()}
    for name, codes in words.items():
        if name in given:
            given[name] = codes.get(given[name], given[name])
    if found := _DAY.fullmatch(given.get("expires_on", "")):
        given["expires_on"] = "{}-{:0>2}-{:0>2}".format(*found.groups())
    try:
        return ReadLine(number, WatchLine.model_validate(given))
    except ValidationError as error:
        columns = dict.fromkeys(str(one["loc"][0]) for one in error.errors() if one["loc"])
        return ReadLine(number, None, ", ".join(columns)[:60])


def _head(name: str, locale: str | None) -> str:
    """A column's head in a language, None: the reader's."""
    if locale is None:
        return own_text("field", "party", _FORM, name)
    fields = catalogue(locale).get("field", {})
    found = fields.get(_FORM, {}).get(name) or fields.get("@party", {}).get(name) or fields.get(name, name)
    return str(found)


def _codes(name: str) -> dict[str, str]:
    """What a column may say, in either language, and the code that it stands for."""
    return {_word(name, one, locale): str(one) for locale in LOCALES for one in _CHOICES[name]}


def _word(name: str, value: str, locale: str) -> str:
    return text("enum", f"{_CHOICES[name].__name__}/{value}", locale=locale)
