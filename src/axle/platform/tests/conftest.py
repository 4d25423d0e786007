"""A command and a listing of their own, so that the mechanisms are tested without any business context."""

import pytest
from pydantic import BaseModel, Field

from axle.kernel.money import Fen
from axle.kernel.types import Yuan
from axle.platform.audit import created, track
from axle.platform.commands import COMMANDS, Command, Ctx, declare
from axle.platform.errors import StateRefused
from axle.platform.inputs import Input
from axle.platform.models import Position
from axle.platform.permissions import declare_permissions


class PostIn(Input):
    code: str = Field(max_length=32)
    name: str
    amount: Yuan = Fen(0)


class PostOut(BaseModel):
    id: int
    amount: Yuan


def post_create(ctx: Ctx, data: PostIn) -> PostOut:
    if data.name == "refuse":
        Position.objects.create(code=data.code, name=data.name)
        raise StateRefused(state="refuse")
    position = Position.objects.filter(code=data.code).first()
    if position:
        track(position).name = data.name
        position.save()
    else:
        position = created(Position.objects.create(code=data.code, name=data.name))
    return PostOut(id=position.pk, amount=data.amount)


@pytest.fixture
def post_command():
    declare_permissions("test", "test.post.create", "test.post.check")
    declare(
        Command(
            "post_create",
            "test",
            "test.post.create",
            post_create,
            PostIn,
            PostOut,
            lambda data: data.amount,
            "post",
        )
    )
    yield "post_create"
    del COMMANDS["post_create"]
