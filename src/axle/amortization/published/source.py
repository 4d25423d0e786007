"""What a source of published figures is, and what running one gives."""

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any, NamedTuple


class Outcome(NamedTuple):
    """One case: what was published and what the engine finds. ``why`` explains a difference that stands."""

    case: str
    published: str
    found: str
    is_match: bool
    why: str = ""


class Source(NamedTuple):
    """A publication. ``to`` says how closely figures must agree; ``run`` gives every case."""

    name: str
    origin: str
    figures: str
    to: str
    run: Callable[[], list[Outcome]]


def figures(name: str) -> Any:
    """The published figures of a file below ``data``."""
    return json.loads(files("axle.amortization.published").joinpath(f"data/{name}.json").read_text(encoding="utf-8"))


def percent(rate: float) -> str:
    """A rate in percent with two decimals, as regulations publish it."""
    return f"{rate * 100:.2f}"


def outcome(case: str, published: object, found: object, why: str = "") -> Outcome:
    """A case whose figures must be equal as text."""
    return Outcome(case, str(published), str(found), str(published) == str(found), why)
