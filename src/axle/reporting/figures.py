"""What a board shows: cards and charts."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """One figure; ``kind`` is count, money (fen) or rate, ``to`` the page behind it."""

    key: str
    kind: str
    value: int | float
    to: str | None = None


@dataclass(frozen=True)
class Series:
    """Values of one series, one per label; money in yuan for drawing. None is a gap."""

    key: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Figure:
    """A chart: bar, line (its series lie on each other), trend (they do not), pie or funnel.

    ``unit`` says how values are read: as numbers or as shares; ``enum`` names the words of the labels, if they are
    codes.
    """

    key: str
    kind: str
    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = "number"
    enum: str = ""
