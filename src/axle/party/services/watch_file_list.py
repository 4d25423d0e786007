"""Another person says that what a file lists may be listed, or rejects it; what cannot be listed by then is told."""

from collections.abc import Sequence

from django.db import IntegrityError
from django.utils import timezone

from axle.party.domain.watch_list import WatchSubject
from axle.party.errors import WatchFileStateRefused
from axle.party.models import WatchEntry, WatchFile, WatchFileRow, WatchFileState, WatchRowProblem, WatchState
from axle.party.services.watch_file_steps import ACTOR, Key, entries_live, file_locked, file_step
from axle.platform.errors import MakerMayNotCheck, NotFound
from axle.platform.fields import blind_index
from axle.platform.public import Actor, acting, business_date, created, next_nos, track

STRETCH = 200
"""Rows that are listed in one transaction."""


def watch_file_confirm(*, actor: Actor, file_no: str) -> WatchFile:
    """Let a file be listed; a job lists its good rows. Errors: NotFound, WatchFileStateRefused, MakerMayNotCheck."""
    file = _read(file_no)
    if actor.user_id is not None and actor.user_id == file.registered_by_id:
        raise MakerMayNotCheck()
    return _checked(actor, file, WatchFileState.LISTING)


def watch_file_reject(*, actor: Actor, file_no: str, reason: str) -> WatchFile:
    """Nothing of the file is listed, and what it said of people is kept no longer; the file may come again.

    Whoever registered it may take it back so. Errors: NotFound, WatchFileStateRefused.
    """
    file = _read(file_no)
    file.lines.update(value="")
    file.closing_reason = reason
    return _checked(actor, file, WatchFileState.REJECTED)


def watch_file_carry_out(file_no: str) -> None:
    """List the good rows of a confirmed file, a stretch in a transaction; run again, it goes on where it stopped."""
    is_open = True
    while is_open:
        try:
            with acting(ACTOR, "watch_file_confirm"):
                is_open = file_step(file_no, WatchFileState.LISTING, _stretch)
        except IntegrityError:  # somebody listed a value in the same moment, which is known now
            with acting(ACTOR, "watch_file_confirm"):
                is_open = file_step(file_no, WatchFileState.LISTING, _stretch)


def _read(file_no: str) -> WatchFile:
    """A file that waits for its check, locked. Errors: NotFound, WatchFileStateRefused."""
    if not WatchFile.objects.filter(file_no=file_no).exists():
        raise NotFound(field="file_no", what="watch_file")
    file = file_locked(file_no)
    if file.state != WatchFileState.READ:
        raise WatchFileStateRefused(state=file.state)
    return file


def _checked(actor: Actor, file: WatchFile, state: WatchFileState) -> WatchFile:
    file.state, file.checked_by, file.checked_at = state, actor.name, timezone.now()
    file.checked_by_id = actor.user_id
    file.save()
    return file


def _stretch(file: WatchFile) -> bool:
    """List the next rows; gives whether they were the last ones."""
    waiting = file.lines.filter(row__gt=file.row, problem=WatchRowProblem.NONE).order_by("row")
    rows = list(waiting[:STRETCH])
    if rows:
        _list(file, rows)
        file.row = rows[-1].row
    if len(rows) == STRETCH:
        return False
    file.state = WatchFileState.LISTED
    return True


def _list(file: WatchFile, rows: Sequence[WatchFileRow]) -> None:
    live, today = entries_live([_key(row) for row in rows]), business_date()
    for row in rows:
        if _key(row) in live:
            row.problem, row.detail = WatchRowProblem.LISTED_ALREADY, live[_key(row)]
        elif row.expires_on is not None and row.expires_on < today:
            row.problem, row.detail = WatchRowProblem.EXPIRY_PAST, row.expires_on.isoformat()
    good = [row for row in rows if row.problem == WatchRowProblem.NONE]
    file.refused += len(rows) - len(good)
    _make_room(good)
    numbers = next_nos("WL", on=today, count=len(good)) if good else []
    entries = [_entry(file, row, number) for row, number in zip(good, numbers, strict=True)]
    for row, entry in zip(good, WatchEntry.objects.bulk_create(entries), strict=True):
        row.entry = created(entry)
    for row in rows:
        row.value = ""
    WatchFileRow.objects.bulk_update(rows, ["problem", "detail", "entry", "value"])


def _make_room(rows: Sequence[WatchFileRow]) -> None:
    """Close the entries of values that have run out."""
    indexes = {blind_index(row.value) for row in rows}
    run_out = WatchEntry.objects.select_for_update().filter(
        value_index__in=indexes, state=WatchState.LISTED, expires_on__lt=business_date()
    )
    closed = [track(entry) for entry in run_out.order_by("pk")]
    for entry in closed:
        entry.state = WatchState.EXPIRED
    WatchEntry.objects.bulk_update(closed, ["state"])


def _entry(file: WatchFile, row: WatchFileRow, entry_no: str) -> WatchEntry:
    same = ("watch_list", "subject_kind", "value", "shown", "name", "reason", "source", "note", "expires_on")
    return WatchEntry(
        entry_no=entry_no,
        listed_on=business_date(),
        listed_by=file.registered_by,
        **{name: getattr(row, name) for name in same},
    )


def _key(row: WatchFileRow) -> Key:
    return WatchSubject(row.subject_kind), row.value
