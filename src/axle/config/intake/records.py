"""Records of a file: what each row says, column by column, or why it cannot be read."""

import csv
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from axle.config.intake.errors import (
    IntakeColumnsMissing,
    IntakeColumnsRepeated,
    IntakeColumnsUnknown,
    IntakeFileEmpty,
    IntakeHeadUnreadable,
)
from axle.config.intake.faults import Fault
from axle.config.intake.lines import MAX_LINE_BYTES, Line, lines_read
from axle.config.intake.source import Source

MAX_RECORD_LINES = 50
"""Lines that one quoted record may span; a quote that stays open longer spoils its own row only."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

Said = Mapping[str, Any]


@dataclass(frozen=True)
class Record:
    """One row: what it says by column, or its faults. ``row`` is its first line in the file."""

    row: int
    said: Said = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Columns:
    """What a mapping wants of a head. Columns that are neither read nor ignored refuse the file; ``ignored`` None
    ignores all others."""

    required: frozenset[str]
    known: frozenset[str]
    ignored: frozenset[str] | None = frozenset()

    def check(self, names: Sequence[str]) -> None:
        """Errors: IntakeColumnsRepeated, IntakeColumnsMissing, IntakeColumnsUnknown."""
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise IntakeColumnsRepeated(columns=_listed(repeated))
        if missing := sorted(self.required - set(names)):
            raise IntakeColumnsMissing(columns=_listed(missing))
        if unknown := self.strange(names):
            raise IntakeColumnsUnknown(columns=_listed(unknown))

    def strange(self, names: Sequence[str]) -> list[str]:
        """The names that nothing reads and nobody said to ignore."""
        if self.ignored is None:
            return []
        return sorted(set(names) - self.known - self.ignored)


def records_read(source: Source, columns: Columns) -> Iterator[Record]:
    """Every row of a file, in bounded memory; blank lines are no rows.

    Errors: those of ``Columns.check``, IntakeHeadUnreadable, IntakeFileEmpty when no row follows the head.
    """
    with source.path.open("rb") as stream:
        stream.seek(source.begins_at)
        lines = lines_read(stream)
        rows = _json_records if source.format == "jsonl" else _csv_records
        encoding = "gb18030" if source.encoding == "gb18030" else "utf-8"
        is_empty = True
        for record in rows(lines, encoding, columns):
            is_empty = False
            yield record
        if is_empty:
            raise IntakeFileEmpty(file=source.path.name)


class _Pending:
    """Lines to come; some may be put back."""

    def __init__(self, lines: Iterator[Line], encoding: str) -> None:
        self._lines, self._encoding = lines, encoding
        self._back: deque[Line] = deque()

    def take(self) -> Line | None:
        return self._back.popleft() if self._back else next(self._lines, None)

    def put_back(self, lines: Sequence[Line]) -> None:
        self._back.extendleft(reversed(lines))

    def text(self, line: Line) -> str:
        return (line.content or b"").decode(self._encoding)


def _csv_records(lines: Iterator[Line], encoding: str, columns: Columns) -> Iterator[Record]:
    pending = _Pending(lines, encoding)
    names = _head(pending)
    columns.check(names)
    while (line := pending.take()) is not None:
        if line.content is None or line.content.strip():
            yield _csv_record(pending, line, names)


def _head(pending: _Pending) -> list[str]:
    line = pending.take()
    if line is None:
        raise IntakeHeadUnreadable(reason="")
    values, fault = _csv_values(pending, line)
    if fault := fault or _faulty_text(values):
        raise IntakeHeadUnreadable(reason=fault.sentence())
    return [name.strip() for name in values]


def _csv_record(pending: _Pending, line: Line, names: Sequence[str]) -> Record:
    values, fault = _csv_values(pending, line)
    if fault is not None:
        return Record(line.no, faults=(fault,))
    if len(values) != len(names):
        return Record(line.no, faults=(Fault("ragged_row", params={"found": len(values), "wanted": len(names)}),))
    return _checked(line.no, dict(zip(names, values, strict=True)))


def _csv_values(pending: _Pending, first: Line) -> tuple[list[str], Fault | None]:
    """The values of the record that begins with a line; on a fault only that line is used up."""
    if first.content is None:
        return [], Fault("line_too_long", params={"limit": MAX_LINE_BYTES})
    used: list[Line] = []
    try:
        return next(csv.reader(_feed(pending, first, used), strict=True)), None
    except (csv.Error, StopIteration):
        pending.put_back(used)
        return [], Fault("csv_broken")


def _feed(pending: _Pending, first: Line, used: list[Line]) -> Iterator[str]:
    """The record's lines as far as the reader asks for them, within bounds."""
    yield pending.text(first)
    size = len(first.content or b"")
    while len(used) < MAX_RECORD_LINES and size <= MAX_LINE_BYTES and (line := pending.take()):
        used.append(line)
        if line.content is None:
            return
        size += len(line.content)
        yield pending.text(line)


def _json_records(lines: Iterator[Line], encoding: str, columns: Columns) -> Iterator[Record]:
    for line in lines:
        if line.content is None:
            yield Record(line.no, faults=(Fault("line_too_long", params={"limit": MAX_LINE_BYTES}),))
        elif line.content.strip():
            yield _json_record(line.no, line.content.decode(encoding), columns)


def _json_record(row: int, content: str, columns: Columns) -> Record:
    try:
        said = json.loads(content, object_pairs_hook=_once, parse_float=str, parse_int=str, parse_constant=_no_constant)
    except _Repeated as repeated:
        return Record(row, faults=(Fault("field_repeated", str(repeated)),))
    except (ValueError, RecursionError):
        return Record(row, faults=(Fault("json_broken"),))
    if not isinstance(said, dict):
        return Record(row, faults=(Fault("json_broken"),))
    strange = [Fault("field_unknown", name) for name in columns.strange(list(said))]
    missing = [Fault("field_missing", name) for name in sorted(columns.required - set(said))]
    return Record(row, faults=(*missing, *strange)) if strange or missing else _checked(row, said)


class _Repeated(Exception):
    """A key stands twice in an object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) != len(pairs):
        names = [name for name, _value in pairs]
        raise _Repeated(next(name for name in names if names.count(name) > 1))
    return said


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _checked(row: int, said: Said) -> Record:
    """A record whose texts hold nothing that a table or a page could not hold."""
    faults = [Fault(fault.code, name) for name, value in said.items() if (fault := _faulty_text([value]))]
    return Record(row, faults=tuple(faults)) if faults else Record(row, said)


def _faulty_text(values: Sequence[Any]) -> Fault | None:
    for value in values:
        if isinstance(value, str) and (found := _UNPRINTABLE.search(value)):
            return Fault("nul_byte" if found.group() == "\0" else "control_character")
    return None


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(name[:60] or '""' for name in names[:10])
    return shown + (f" … ({len(names)})" if len(names) > 10 else "")
