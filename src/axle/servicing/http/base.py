"""The HTTP face of servicing, and what its routes share."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet

from axle.platform.errors import NotFound
from axle.platform.http import ContextApi
from axle.platform.public import Actor, available_commands

api = ContextApi("servicing")
Row = TypeVar("Row", bound=Model)


def one_of(rows: QuerySet[Row], what: str, **number: str) -> Row:
    """The row with a printed number, among those that the actor sees. Errors: NotFound, at the field of the number."""
    row = rows.filter(**number).first()
    if row is None:
        raise NotFound(field=next(iter(number)), what=what)
    return row


def actions_of(actor: Actor, *possible: str, reviews: Sequence[str] = (), asked_by_id: int | None = None) -> list[str]:
    """What a person may do next: ``reviews`` are for others than who asked for it."""
    is_own = actor.user_id is not None and actor.user_id == asked_by_id
    return available_commands(actor, *([] if is_own else reviews), *possible)
