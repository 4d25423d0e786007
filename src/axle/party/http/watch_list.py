"""The black and grey lists over HTTP."""

from datetime import date
from typing import Annotated

from django.db.models import QuerySet
from pydantic import BaseModel, Field, StringConstraints

from axle.party import permissions
from axle.party.domain.watch_list import WatchList, WatchRole, WatchSubject
from axle.party.models import WatchEntry, WatchMatch, WatchReason, WatchSource, WatchState
from axle.party.services import watch_entry_add as watching
from axle.platform.fields import blind_index
from axle.platform.http import ContextApi
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input

api = ContextApi("party")

Note = Annotated[str, StringConstraints(min_length=4, max_length=500), Field(json_schema_extra={"format": "textarea"})]


class WatchEntryAddIn(Input):
    """What to watch, why and until when; ``watched_value`` is an id, a phone, a card, a plate, a VIN, a name."""

    watch_list: WatchList
    subject_kind: WatchSubject
    watched_value: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    name: Annotated[str, StringConstraints(max_length=60)] = ""
    reason: WatchReason
    source: WatchSource
    expires_on: date | None = None
    note: Note


class WatchEntryLiftIn(Input):
    """Which entry to take off, and why."""

    watch_entry_id: int
    note: Note


class WatchEntryOut(BaseModel):
    """The entry that a command wrote."""

    watch_entry_id: int
    entry_no: str
    state: WatchState


@api.command("watch_entry_add", permission=permissions.WATCH_LIST_MANAGE, subject="watch_entry")
def watch_entry_add(ctx: Ctx, data: WatchEntryAddIn) -> WatchEntryOut:
    """Put on the black or grey list (列入名单)."""
    entry = watching.watch_entry_add(
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
    return _out(entry)


@api.command("watch_entry_lift", permission=permissions.WATCH_LIST_MANAGE, subject="watch_entry")
def watch_entry_lift(ctx: Ctx, data: WatchEntryLiftIn) -> WatchEntryOut:
    """Take off the list (移出名单)."""
    return _out(watching.watch_entry_lift(actor=ctx.actor, entry_id=data.watch_entry_id, note=data.note))


def _out(entry: WatchEntry) -> WatchEntryOut:
    return WatchEntryOut(watch_entry_id=entry.pk, entry_no=entry.entry_no, state=WatchState(entry.state))


def _entries_visible(actor: Actor) -> QuerySet[WatchEntry]:
    """The lists are the institution's: a narrower scope sees nothing of them."""
    rows = WatchEntry.objects.all()
    return rows if actor.scope(permissions.WATCH_LIST_VIEW).is_all else rows.none()


def _matches_visible(actor: Actor) -> QuerySet[WatchMatch]:
    return WatchMatch.objects.filter(entry__in=_entries_visible(actor))


_LIST = Col("watch_list", "enum", enum="WatchList", choices=[str(one) for one in WatchList])
_KIND = Col("subject_kind", "enum", enum="WatchSubject", choices=[str(one) for one in WatchSubject])

api.listing(
    Listing(
        name="watch_entries",
        is_growing=True,
        permission=permissions.WATCH_LIST_VIEW,
        queryset=_entries_visible,
        columns=[
            Col("entry_no"),
            _LIST,
            _KIND,
            Col("watched_value", source="shown", is_sortable=False),
            Col("name"),
            Col("reason", "enum", enum="WatchReason", choices=WatchReason.values),
            Col("source", "enum", enum="WatchSource", choices=WatchSource.values),
            Col("note"),
            Col("listed_on", "date"),
            Col("expires_on", "date"),
            Col("state", "enum", enum="WatchState", choices=WatchState.values),
            Col("listed_by"),
            Col("lifted_on", "date", is_hidden=True),
            Col("lifted_by", is_hidden=True),
            Col("lift_note", is_hidden=True),
        ],
        search=["entry_no", "name"],
        search_index={"value_index": lambda term: blind_index("".join(term.split()).upper())},
        filters=["watch_list", "subject_kind", "reason", "source", "state", "listed_on"],
        toolbar=["watch_entry_add"],
        row_actions=["watch_entry_lift"],
        row_rules={"watch_entry_lift": lambda row: row["state"] == WatchState.LISTED},
        tabs="watch_list",
    )
)
api.listing(
    Listing(
        name="watch_matches",
        is_growing=True,
        permission=permissions.WATCH_LIST_VIEW,
        queryset=_matches_visible,
        columns=[
            Col("ref_no"),
            Col("role", "enum", enum="WatchRole", choices=[str(one) for one in WatchRole]),
            _LIST,
            Col("subject_kind", "enum", source="entry__subject_kind", enum="WatchSubject", choices=_KIND.choices),
            Col("watched_value", source="entry__shown", is_sortable=False),
            Col("entry_no", source="entry__entry_no"),
            Col("reason", "enum", source="entry__reason", enum="WatchReason", choices=WatchReason.values),
            Col("on", "date"),
        ],
        search=["ref_no", "entry__entry_no"],
        filters=["watch_list", "role", "on"],
    )
)
