"""A file of watch-list entries is read for looking at: each row once, and what cannot be listed is told row by row."""

from collections.abc import Mapping, Sequence

from axle.party.domain.watch_list import WatchSubject, is_watchable, watched_value
from axle.party.errors import WatchFileKnown
from axle.party.models import WatchFile, WatchFileRow, WatchFileState, WatchRowProblem
from axle.party.services.watch_entry_add import watched_shown
from axle.party.services.watch_file_lines import ReadLine, WatchLine, lines_of
from axle.party.services.watch_file_steps import ACTOR, entries_live, file_step
from axle.platform.public import (
    TABLE,
    Actor,
    acting,
    business_date,
    created,
    file_read,
    file_uploaded,
    next_no,
    rows_copy,
)

STRETCH = 1000
"""Rows that are read in one transaction."""
Key = tuple[WatchSubject, str]


def watch_file_register(*, actor: Actor, file_id: int) -> WatchFile:
    """Take a file of entries, CSV in UTF-8 or GB18030 with a head; a job reads its rows, nothing is listed yet.

    Errors: NotFound, UploadRefused, WatchFileKnown, WatchFileUnreadable.
    """
    stored = file_uploaded(actor=actor, file_id=file_id, allowed=(TABLE,))
    same = WatchFile.objects.filter(sha256=stored.sha256).exclude(state=WatchFileState.REJECTED).first()
    if same is not None:
        raise WatchFileKnown(field="file_id", file_no=same.file_no)
    lines_of(file_read(file_id)[1])
    return created(
        WatchFile.objects.create(
            file_no=next_no("WF", on=business_date()),
            file_id=file_id,
            name=stored.name,
            sha256=stored.sha256,
            registered_by_id=actor.user_id or 0,
            registered_by=actor.name,
        )
    )


def watch_file_read(file_no: str) -> None:
    """Read the rows of a file, a stretch in a transaction; run again, it goes on where it stopped."""
    lines = lines_of(file_read(WatchFile.objects.get(file_no=file_no).file_id)[1])
    first = _first_rows(lines)
    is_open = True
    while is_open:
        with acting(ACTOR, "watch_file_register"):
            is_open = file_step(file_no, WatchFileState.READING, lambda file: _stretch(file, lines, first))


def _stretch(file: WatchFile, lines: Sequence[ReadLine], first: Mapping[Key, int]) -> bool:
    """Keep the next rows; gives whether they were the last ones."""
    some = lines[file.row : file.row + STRETCH]
    live = entries_live([_key(line.data) for line in some if line.data])
    rows = [_row(file, line, first, live) for line in some]
    rows_copy(rows)
    file.row += len(rows)
    file.rows += len(rows)
    file.refused += sum(row.problem != WatchRowProblem.NONE for row in rows)
    if file.row < len(lines):
        return False
    file.state, file.row = WatchFileState.READ, 0
    return True


def _row(file: WatchFile, line: ReadLine, first: Mapping[Key, int], live: Mapping[Key, str]) -> WatchFileRow:
    if line.data is None:
        return WatchFileRow(file=file, row=line.row, problem=WatchRowProblem.UNREADABLE, detail=line.detail)
    data, key = line.data, _key(line.data)
    problem, detail = _problem(line.row, data, key, first, live)
    told = data.model_dump(exclude={"watched_value"})
    is_good = problem == WatchRowProblem.NONE
    return WatchFileRow(
        file=file,
        row=line.row,
        value=key[1] if is_good else "",
        shown=watched_shown(*key)[:100],
        problem=problem,
        detail=detail,
        **told,
    )


def _problem(
    row: int, data: WatchLine, key: Key, first: Mapping[Key, int], live: Mapping[Key, str]
) -> tuple[WatchRowProblem, str]:
    if not is_watchable(*key):
        return WatchRowProblem.VALUE_INVALID, "watched_value"
    if data.expires_on is not None and data.expires_on < business_date():
        return WatchRowProblem.EXPIRY_PAST, data.expires_on.isoformat()
    if first[key] != row:
        return WatchRowProblem.REPEATED, str(first[key])
    if key in live:
        return WatchRowProblem.LISTED_ALREADY, live[key]
    return WatchRowProblem.NONE, ""


def _key(data: WatchLine) -> Key:
    return data.subject_kind, watched_value(data.subject_kind, data.watched_value)


def _first_rows(lines: Sequence[ReadLine]) -> dict[Key, int]:
    """The row that says a value first."""
    first: dict[Key, int] = {}
    for line in lines:
        if line.data is not None:
            first.setdefault(_key(line.data), line.row)
    return first
