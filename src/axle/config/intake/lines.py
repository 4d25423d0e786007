"""Lines of a file in bounded memory: one that is too long is passed over, not kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import BinaryIO

MAX_LINE_BYTES = 1_000_000
"""The longest line that is read; an application has a few thousand bytes."""


@dataclass(frozen=True)
class Line:
    """A line with its number, from 1. ``content`` is None when it was longer than the limit."""

    no: int
    content: bytes | None


def lines_read(stream: BinaryIO, *, limit: int = MAX_LINE_BYTES) -> Iterator[Line]:
    """Every line with its end; never more than ``limit`` bytes of it are held."""
    for no in count(1):
        content = stream.readline(limit + 1)
        if not content:
            return
        if len(content) > limit:
            _pass_over(stream, content, limit)
            yield Line(no, None)
        else:
            yield Line(no, content)


def _pass_over(stream: BinaryIO, piece: bytes, limit: int) -> None:
    while piece and not piece.endswith(b"\n"):
        piece = stream.readline(limit)
