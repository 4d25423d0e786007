"""Things that live in dated versions: drafted, put into force from a date on, taken out of it, never changed back.

A context declares its table as a ``DatedVersion`` and its life as a ``Versioned``; drafting, activating, retiring and
reading are then the same for all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import Max, Q, QuerySet

from axle.platform.audit import created, track
from axle.platform.errors import (
    NotFound,
    VersionDateOverlaps,
    VersionDatePassed,
    VersionNotInForce,
    VersionNotReady,
)
from axle.platform.scope import Actor

DRAFT, ACTIVE, RETIRED = "draft", "active", "retired"


class DatedVersion(models.Model):
    """A version. It is in force on the dates from ``effective_from`` up to, not including, ``retired_on``.

    The table adds ``state`` with its own members, of which draft, active and retired are required.
    """

    version_no = models.PositiveIntegerField()
    note = models.CharField(max_length=200, blank=True)
    created_by = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)
    activated_by = models.CharField(max_length=80, blank=True)
    effective_from = models.DateField(null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)
    state: Any

    class Meta:
        abstract = True

    def is_in_force(self, on: date) -> bool:
        """Whether the version counts on a date."""
        has_begun = self.effective_from is not None and self.effective_from <= on
        return self.state != DRAFT and has_begun and (self.retired_on is None or self.retired_on > on)


V = TypeVar("V", bound=DatedVersion)


@dataclass(frozen=True)
class Versioned(Generic[V]):
    """The life of one kind of version. ``owner`` is the foreign key to what the versions are of; ``what`` names them
    in errors; a version is activated from the state ``ready``; ``beside`` is what is read with one version."""

    model: type[V]
    owner: str
    what: str
    ready: str = DRAFT
    beside: tuple[str, ...] = ()

    @property
    def rows(self) -> QuerySet[V]:
        return self.model._default_manager.all()

    def get(self, version_id: int) -> V:
        """A version with what it is of. Errors: NotFound."""
        return self.found(self.one(version_id).first())

    def one(self, version_id: int) -> QuerySet[V]:
        """A version with what it is of, as a query."""
        return self.rows.select_related(self.owner, *self.beside).filter(pk=version_id)

    def locked(self, version_id: int) -> V:
        """A version for a change, what it is of locked before it. Errors: NotFound."""
        owner_id = self.rows.filter(pk=version_id).values_list(f"{self.owner}_id", flat=True).first()
        owners = self.model._meta.get_field(self.owner).related_model
        owners._default_manager.select_for_update().filter(pk=owner_id).first()  # type: ignore[union-attr]
        return self.found(self.rows.select_for_update().filter(pk=version_id).first())

    def draft(self, *, actor: Actor, owner: models.Model, note: str = "", **content: Any) -> V:
        """Store the next version of a locked owner."""
        latest = self.rows.filter(**{self.owner: owner}).aggregate(latest=Max("version_no"))["latest"] or 0
        values = {self.owner: owner, "version_no": latest + 1, "note": note, "created_by": actor.name}
        return created(self.model._default_manager.create(**values, **content))

    def activate(
        self,
        *,
        actor: Actor,
        version_id: int,
        effective_from: date,
        business_on: date,
        check: Callable[[V], None],
        replaced: Callable[[V], None] = lambda version: None,
    ) -> V:
        """Put a version into force; its predecessor goes out of it on that day and is told to ``replaced``.

        ``check`` refuses what the version promises and cannot keep.
        Errors: NotFound, VersionNotReady, VersionDatePassed, VersionDateOverlaps, those of ``check``.
        """
        version = track(self.locked(version_id))
        if version.state != self.ready:
            raise VersionNotReady(version_no=version.version_no)
        _not_past("effective_from", effective_from, business_on)
        check(version)
        for predecessor in self._predecessors(version, effective_from):
            self._end(predecessor, effective_from)
            replaced(predecessor)
        version.state, version.effective_from, version.activated_by = ACTIVE, effective_from, actor.name
        version.save(update_fields=["state", "effective_from", "activated_by"])
        return version

    def retire(self, *, version_id: int, retired_on: date, business_on: date) -> V:
        """Take a version out of force from a date on.

        Errors: NotFound, VersionNotInForce, VersionDatePassed.
        """
        version = self.locked(version_id)
        if version.state != ACTIVE:
            raise VersionNotInForce(version_no=version.version_no)
        _not_past("retired_on", retired_on, business_on)
        return self._end(version, retired_on)

    def in_force(self, on: date) -> QuerySet[V]:
        """The versions that count on a date, at most one of each owner."""
        open_ended = Q(retired_on__isnull=True) | Q(retired_on__gt=on)
        return self.rows.filter(open_ended, state__in=[ACTIVE, RETIRED], effective_from__lte=on)

    def previous(self, version: V) -> V | None:
        """The version before this one, of the same owner."""
        earlier = self.rows.filter(**{self.owner: getattr(version, f"{self.owner}_id")})
        return earlier.filter(version_no__lt=version.version_no).order_by("-version_no").first()

    def found(self, version: V | None) -> V:
        """The version. Errors: NotFound when there is none."""
        if version is None:
            raise NotFound(what=self.what)
        return version

    def _predecessors(self, version: V, effective_from: date) -> list[V]:
        siblings = self.rows.select_for_update().filter(**{self.owner: getattr(version, f"{self.owner}_id")})
        actives = list(siblings.filter(state=ACTIVE))
        for active in actives:
            if active.effective_from is not None and active.effective_from > effective_from:
                raise VersionDateOverlaps(field="effective_from", version_no=active.version_no)
        return actives

    def _end(self, version: V, on: date) -> V:
        track(version).state, version.retired_on = RETIRED, on
        version.save(update_fields=["state", "retired_on"])
        return version


def _not_past(field: str, on: date, business_on: date) -> None:
    if on < business_on:
        raise VersionDatePassed(field=field, business_on=business_on)
