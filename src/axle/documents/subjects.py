"""Whose documents an actor may see: the context that owns a subject says which of its rows the actor sees.

Documents carry no department or owner of their own, so they can never disagree with the case that they belong to.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from axle.platform.errors import NotFound
from axle.platform.public import Actor, Subject

VisibleIds = Callable[[Actor], QuerySet[Any, Any] | Iterable[int]]
"""The ids of a subject type's rows that an actor may see; best a query set, used as a subquery."""

_SCOPES: dict[str, VisibleIds] = {}


def subject_scope(subject_type: str, visible: VisibleIds) -> None:
    """Tell how far an actor sees rows of a subject type; connected once, in ``axle.config.wiring``."""
    _SCOPES[subject_type] = visible


def in_scope(rows: QuerySet[Model, Any], actor: Actor, permission: str) -> QuerySet[Any, Any]:
    """The documents whose subject the actor sees; all of them for a permission that reaches everything."""
    if actor.scope(permission).is_all:
        return rows
    if not actor.may(permission):
        return rows.none()
    allowed = Q(pk__in=[])
    for subject_type, visible in _SCOPES.items():
        allowed |= Q(_is_among(visible(actor)), subject_type=subject_type)
    return rows.filter(allowed)


def _is_among(visible: QuerySet[Any, Any] | Iterable[int]) -> Q | Exists:
    """Whether a document's subject is visible: looked up by its key, because there are many subjects."""
    if isinstance(visible, QuerySet):
        return Exists(visible.filter(pk=OuterRef("subject_id")))
    return Q(subject_id__in=visible)


def require_subject(subject: Subject, actor: Actor, permission: str) -> None:
    """Errors: PermissionMissing; NotFound for a subject that the actor does not see."""
    actor.require(permission)
    if actor.scope(permission).is_all:
        return
    visible = _SCOPES.get(subject.type)
    if visible is None or subject.id not in _ids(visible(actor), subject.id):
        raise NotFound(what="subject")


def _ids(visible: QuerySet[Any, Any] | Iterable[int], wanted: int) -> Iterable[int]:
    return visible.filter(pk=wanted).values_list("pk", flat=True) if isinstance(visible, QuerySet) else visible
