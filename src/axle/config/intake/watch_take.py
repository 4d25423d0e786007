"""Files of the black and grey lists: each row becomes an entry, once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, StringConstraints, ValidationError

from axle.config.intake.commands import FILE_TAKE, api, key_of, once
from axle.config.intake.error_file import ErrorFile
from axle.config.intake.faults import BadRow, refusals
from axle.config.intake.records import Columns, Record, records_read
from axle.config.intake.source import Source
from axle.kernel.errors import AxleError
from axle.party.public import WatchList, WatchReason, WatchSource, WatchSubject, watch_entry_add
from axle.platform.errors import InputInvalid
from axle.platform.public import Actor, Ctx, Input


class WatchRowKeepIn(Input):
    """What a row says: the columns are those of the form in the console."""

    watch_list: WatchList
    subject_kind: WatchSubject
    watched_value: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    reason: WatchReason
    source: WatchSource
    expires_on: date | None = None
    note: Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=500)]


class WatchRowOut(BaseModel):
    """The entry that a row became."""

    entry_no: str


@dataclass
class WatchRun:
    """How many rows were read and listed; ``line`` is where the last one begins."""

    rows: int = 0
    line: int = 0
    listed: int = 0


_COLUMNS = Columns(
    required=frozenset(name for name, field in WatchRowKeepIn.model_fields.items() if field.is_required()),
    known=frozenset(WatchRowKeepIn.model_fields),
)


@api.command("intake_watch_row_keep", permission=FILE_TAKE)
def intake_watch_row_keep(ctx: Ctx, data: WatchRowKeepIn) -> WatchRowOut:
    """Put a row on its list. Errors: those of ``watch_entry_add``."""
    entry = watch_entry_add(
        actor=ctx.actor,
        watch_list=data.watch_list,
        subject=data.subject_kind,
        value=data.watched_value,
        reason=data.reason,
        source=data.source,
        note=data.note,
        name=data.name,
        expires_on=data.expires_on,
    )
    return WatchRowOut(entry_no=entry.entry_no)


def watch_take(source: Source, actor: Actor, errors: ErrorFile, *, tell: Callable[[WatchRun], None]) -> WatchRun:
    """Take every row once; an interrupted run goes on where it stopped, and the same file again lists nothing twice.

    Errors: those of ``records_read``.
    """
    run = WatchRun()
    for record in records_read(source, _COLUMNS):
        run.rows, run.line = run.rows + 1, record.row
        faults = record.faults or _take(record, source, actor)
        if faults:
            errors.write(BadRow(record.row, faults))
        else:
            run.listed += 1
        tell(run)
    return run


def _take(record: Record, source: Source, actor: Actor) -> tuple[Any, ...]:
    try:
        data = WatchRowKeepIn.model_validate({name: said for name, said in record.said.items() if said != ""})
    except ValidationError as error:
        return refusals(InputInvalid(errors=error.errors(include_url=False)))
    try:
        once("intake_watch_row_keep", data, actor=actor, key=key_of(source.sha256, record.row))
    except AxleError as refusal:
        return refusals(refusal)
    return ()
