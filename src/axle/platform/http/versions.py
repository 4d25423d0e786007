"""The HTTP face of things that live in dated versions: activate, retire, compare, list; one shape for all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, create_model

from axle.platform.businessday import business_date
from axle.platform.commands import Ctx
from axle.platform.differences import differences
from axle.platform.http.actor_name import ActorName
from axle.platform.http.contextapi import ContextApi
from axle.platform.inputs import Input
from axle.platform.listing import Col
from axle.platform.scope import Actor
from axle.platform.versions import DatedVersion, Versioned

V = TypeVar("V", bound=DatedVersion)


class VersionOut(BaseModel):
    """A version with what may follow. ``is_in_force``: it counts on the business date."""

    id: int
    version_no: int
    effective_from: date | None
    retired_on: date | None
    is_in_force: bool
    actions: list[str]


class VersionDetailOut(VersionOut):
    """A version with where it comes from; ``previous_id`` is the version before it."""

    note: str
    drafted_by: ActorName
    created_at: datetime
    activated_by: ActorName
    previous_id: int | None


class VersionChangeOut(BaseModel):
    """One place that differs: the keys that lead to it, and what stands there."""

    path: list[str]
    before: Any
    after: Any


class VersionDiffOut(BaseModel):
    """What a version changed in another one."""

    version_no: int
    against_no: int | None
    changes: list[VersionChangeOut]


@dataclass(frozen=True)
class VersionRoutes(Generic[V]):
    """Where one kind of version is offered. ``present(actor, version)`` makes the answer of its commands,
    ``content`` the document that is compared, ``activate`` and ``retire`` are the context's own verbs;
    ``possible`` names the commands of each state."""

    api: ContextApi
    kind: Versioned[V]
    view: str
    manage: str
    output: type[VersionOut]
    present: Callable[[Actor, V], VersionOut]
    content: Callable[[V], Any]
    activate: Callable[..., V]
    retire: Callable[..., V]

    @property
    def noun(self) -> str:
        return self.kind.what

    def offer(self) -> None:
        """Mount ``<noun>_activate``, ``<noun>_retire`` and ``<noun>_diff``."""
        self._offer_move("activate", "effective_from", self.activate)
        self._offer_move("retire", "retired_on", self.retire)
        self._offer_diff()

    def _offer_move(self, verb: str, day: str, act: Callable[..., V]) -> None:
        build: Any = create_model  # built from data: the checker cannot follow the fields
        name = "".join(part.title() for part in f"{self.noun}_{verb}".split("_")) + "In"
        fields: dict[str, Any] = {f"{self.noun}_id": (int, ...), day: (date, ...)}

        def move(ctx: Ctx, data: Any) -> Any:
            dated = {day: getattr(data, day), "version_id": getattr(data, f"{self.noun}_id")}
            return self.present(ctx.actor, act(actor=ctx.actor, business_on=ctx.business_on, **dated))

        move.__annotations__ = {"ctx": Ctx, "data": build(name, __base__=Input, **fields), "return": self.output}
        self.api.command(f"{self.noun}_{verb}", permission=self.manage, subject=self.noun)(move)

    def _offer_diff(self) -> None:
        def diff(actor: Actor, version_id: int, against: int | None = None) -> VersionDiffOut:
            version = self.kind.get(version_id)
            other = self.kind.get(against) if against else self.kind.previous(version)
            before = self.content(other) if other else {}
            found = differences(before, self.content(version))
            changes = [
                VersionChangeOut(path=list(place.path), before=place.before, after=place.after) for place in found
            ]
            return VersionDiffOut(
                version_no=version.version_no, against_no=other.version_no if other else None, changes=changes
            )

        path = f"/{self.noun.replace('_', '-')}s/{{version_id}}/diff"
        self.api.query(f"{self.noun}_diff", path, permission=self.view)(diff)


def version_fields(version: DatedVersion, actions: Sequence[str]) -> dict[str, Any]:
    """The values of ``VersionOut``."""
    return {
        "id": version.pk,
        "version_no": version.version_no,
        "effective_from": version.effective_from,
        "retired_on": version.retired_on,
        "is_in_force": version.is_in_force(business_date()),
        "actions": list(actions),
    }


def version_origin(version: DatedVersion, previous: DatedVersion | None) -> dict[str, Any]:
    """The values that ``VersionDetailOut`` adds."""
    return {
        "note": version.note,
        "drafted_by": version.created_by,
        "created_at": version.created_at,
        "activated_by": version.activated_by,
        "previous_id": previous.pk if previous else None,
    }


def version_columns(
    owner: Mapping[str, str], *, enum: str, states: Sequence[str], own: Sequence[Col] = ()
) -> list[Col]:
    """The columns of a list of versions: the owner's (key → source), the life's, and the kind's ``own``."""
    return [
        *(Col(key, source=source, is_sortable="{lang}" not in source) for key, source in owner.items()),
        Col("version_no", "integer"),
        Col("state", "enum", enum=enum, choices=states),
        Col("effective_from", "date"),
        Col("retired_on", "date"),
        *own,
        Col("drafted_by", source="created_by"),
        Col("created_at", "datetime"),
        Col("activated_by"),
        Col("note", is_hidden=True),
    ]
