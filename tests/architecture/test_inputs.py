"""What every command's input has in common: no key too many is passed over, and blanks alone are no text."""

from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import BaseModel

import axle.config.api  # noqa: F401  declares every command
from axle.platform.commands import COMMANDS, Command, declare


def _models(kind: object, seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
        seen.add(kind)
        yield kind
        for field in kind.model_fields.values():
            yield from _models(field.annotation, seen)
    for part in get_args(kind):
        yield from _models(part, seen)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_part_of_an_input_is_strict(name: str) -> None:
    lax = [
        model.__name__
        for model in _models(COMMANDS[name].input, set())
        if model.model_config.get("extra") != "forbid" or not model.model_config.get("str_strip_whitespace")
    ]
    assert not lax


def test_a_command_takes_an_input_only() -> None:
    class Loose(BaseModel):
        name: str

    command = Command("loose_thing", "platform", "platform.nothing", lambda ctx, data: None, Loose, None)
    with pytest.raises(TypeError, match="loose_thing takes Loose"):
        declare(command)
    assert "loose_thing" not in COMMANDS
