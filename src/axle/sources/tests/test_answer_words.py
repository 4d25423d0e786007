"""Everything that an answer can say has words in both languages."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from axle.platform.public import catalogue
from axle.sources.domain.catalogue import SOURCES


def choices_of(kind: Any) -> Iterator[str]:
    """What a field of a type can say, when that is a choice."""
    if get_origin(kind) is Literal:
        yield from get_args(kind)
    for part in get_args(kind):
        yield from choices_of(part)


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize("code", SOURCES)
def test_what_a_source_says_can_be_read(code: str, locale: str):
    words, kinds = catalogue(locale), get_type_hints(SOURCES[code].answer)
    said = {(name.name, choice) for name in fields(SOURCES[code].answer) for choice in choices_of(kinds[name.name])}
    assert {(name, choice) for name, choice in said if choice not in words["source_choice"].get(name, {})} == set()
    assert code in words["enum"]["DataSourceCode"]
