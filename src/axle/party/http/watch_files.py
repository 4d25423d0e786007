"""Files of watch-list entries: uploaded and looked at by one person, listed by the word of another, told row by row."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from pydantic import BaseModel, Field

from axle.party import permissions as may
from axle.party.domain.watch_list import WatchList, WatchSubject
from axle.party.jobs import list_watch_file, read_watch_file
from axle.party.models import WatchFile, WatchFileRow, WatchFileState, WatchReason, WatchRowProblem, WatchSource
from axle.party.services import watch_file_list as listing
from axle.party.services import watch_file_read as reading
from axle.party.services.watch_file_lines import template_text
from axle.platform.errors import NotFound
from axle.platform.http import ActorName, ContextApi, file_answer
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input, available_commands, current_locale

api = ContextApi("party")
TEMPLATE = "/watch-file-template"


class WatchFileRegisterIn(Input):
    """Entries as CSV in UTF-8 or GB18030, with the columns of the file to fill in."""

    file_id: int = Field(ge=1, le=2**63 - 1, json_schema_extra={"format": "file-id", "x-template": TEMPLATE})


class WatchFileIn(Input):
    file_no: str = Field(max_length=24)


class WatchFileReasonIn(WatchFileIn):
    reason: str = Field(min_length=2, max_length=200)


class WatchFileOut(BaseModel):
    file_no: str
    file_state: WatchFileState


class WatchFileDetail(WatchFileOut):
    """A file with what became of its rows, and what may be done next."""

    id: int
    file_name: str
    rows: int
    refused: int
    registered_by: ActorName
    registered_at: datetime
    checked_by: ActorName
    checked_at: datetime | None
    closing_reason: str
    actions: list[str]


def _out(file: WatchFile) -> WatchFileOut:
    return WatchFileOut(file_no=file.file_no, file_state=WatchFileState(file.state))


@api.command("watch_file_register", permission=may.WATCH_LIST_MANAGE, subject="watch_file")
def watch_file_register(ctx: Ctx, data: WatchFileRegisterIn) -> WatchFileOut:
    """Upload a file of entries to look at (导入名单文件); nothing is listed before another person confirms."""
    file = reading.watch_file_register(actor=ctx.actor, file_id=data.file_id)
    read_watch_file.defer(file_no=file.file_no)
    return _out(file)


@api.command("watch_file_confirm", permission=may.WATCH_LIST_CHECK, subject="watch_file")
def watch_file_confirm(ctx: Ctx, data: WatchFileIn) -> WatchFileOut:
    """List the good rows of a file; never by whoever uploaded it."""
    file = listing.watch_file_confirm(actor=ctx.actor, file_no=data.file_no)
    list_watch_file.defer(file_no=file.file_no)
    return _out(file)


@api.command("watch_file_reject", permission=may.WATCH_LIST_CHECK, subject="watch_file")
def watch_file_reject(ctx: Ctx, data: WatchFileReasonIn) -> WatchFileOut:
    """List nothing of a file; the corrected file, or the same one, may be uploaded."""
    return _out(listing.watch_file_reject(actor=ctx.actor, file_no=data.file_no, reason=data.reason))


def _visible(actor: Actor) -> QuerySet[WatchFile]:
    """The lists are the institution's: a narrower scope sees nothing of their files."""
    rows = WatchFile.objects.all()
    return rows if actor.scope(may.WATCH_LIST_VIEW).is_all else rows.none()


def _found(actor: Actor, file_no: str) -> WatchFile:
    file = _visible(actor).filter(file_no=file_no).first()
    if file is None:
        raise NotFound(field="file_no", what="watch_file")
    return file


def _actions(actor: Actor, file: WatchFile) -> list[str]:
    if file.state != WatchFileState.READ:
        return []
    is_own = actor.user_id == file.registered_by_id
    return available_commands(actor, *([] if is_own else ["watch_file_confirm"]), "watch_file_reject")


@api.query("watch_file_get", "/watch-files/{file_no}", permission=may.WATCH_LIST_VIEW)
def watch_file_get(actor: Actor, file_no: str) -> WatchFileDetail:
    """A file of entries. Errors: NotFound."""
    file = _found(actor, file_no)
    same = ("id", "file_no", "rows", "refused", "registered_by", "registered_at", "checked_by", "checked_at")
    facts: dict[str, Any] = {name: getattr(file, name) for name in (*same, "closing_reason")}
    return WatchFileDetail(
        **facts, file_state=WatchFileState(file.state), file_name=file.name, actions=_actions(actor, file)
    )


@api.query("watch_file_template", TEMPLATE, permission=may.WATCH_LIST_MANAGE)
def watch_file_template(actor: Actor) -> HttpResponse:
    """The file to fill in: CSV in UTF-8 with a mark, in the reader's language."""
    content = template_text(current_locale.get()).encode("utf-8-sig")
    return file_answer(content, content_type="text/csv; charset=utf-8", name="watch-list.csv", is_download=True)


api.listing(
    Listing(
        name="watch_files",
        is_growing=True,
        permission=may.WATCH_LIST_VIEW,
        queryset=_visible,
        columns=[
            Col("file_no"),
            Col("file_name", source="name", is_sortable=False),
            Col("file_state", "enum", source="state", enum="WatchFileState", choices=WatchFileState.values),
            Col("rows", "integer", is_sortable=False),
            Col("refused", "integer", is_sortable=False),
            Col("registered_by"),
            Col("registered_at", "datetime"),
            Col("checked_by"),
            Col("checked_at", "datetime", is_sortable=False),
        ],
        search=["file_no", "name"],
        filters=["file_state", "registered_at"],
        default_sort="-registered_at",
        row_link="/risk/watch-files/{file_no}",
        toolbar=["watch_file_register"],
    )
)
api.listing(
    Listing(
        name="watch_file_rows",
        is_growing=True,
        permission=may.WATCH_LIST_VIEW,
        queryset=lambda actor: WatchFileRow.objects.filter(file__in=_visible(actor)),
        columns=[
            Col("file_no", source="file__file_no"),
            Col("row", "integer", is_sortable=False),
            Col("row_problem", "enum", source="problem", enum="WatchRowProblem", choices=WatchRowProblem.values),
            Col("detail", is_sortable=False),
            Col("watch_list", "enum", enum="WatchList", choices=list(WatchList), is_sortable=False),
            Col("subject_kind", "enum", enum="WatchSubject", choices=list(WatchSubject), is_sortable=False),
            Col("watched_value", source="shown", is_sortable=False),
            Col("name", is_sortable=False),
            Col("reason", "enum", enum="WatchReason", choices=WatchReason.values, is_sortable=False),
            Col("source", "enum", enum="WatchSource", choices=WatchSource.values, is_sortable=False),
            Col("note", is_sortable=False),
            Col("expires_on", "date", is_sortable=False),
            Col("entry_no", source="entry__entry_no", is_sortable=False),
        ],
        filters=["file_no", "row_problem"],
        default_sort="id",
    )
)
