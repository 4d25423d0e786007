"""The commands of intake: run on the server by ``./axle intake``, not offered over HTTP."""

from typing import Any

from pydantic import BaseModel

from axle.config.intake.errors import IntakeTakenDifferently
from axle.platform.errors import IdempotencyKeyReused
from axle.platform.http import ContextApi
from axle.platform.public import Actor, command_execute, declare_permissions

FILE_TAKE = "intake.file.take"
declare_permissions("intake", FILE_TAKE)
api = ContextApi("intake")

_HASH_SHOWN = 40


def key_of(sha256: str, row: int) -> str:
    """The idempotency key of what begins at a line of a file."""
    return f"intake:{sha256[:_HASH_SHOWN]}:{row}"


def once(name: str, data: BaseModel, *, actor: Actor, key: str) -> Any:
    """Run a command, or give the answer that it gave under this key before.

    Errors: IntakeTakenDifferently when it ran under this key with other data; the command's own.
    """
    try:
        return command_execute(name, data, actor=actor, idempotency_key=key).response
    except IdempotencyKeyReused as reused:
        raise IntakeTakenDifferently(key=key) from reused
