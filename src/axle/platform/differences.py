"""What differs between two JSON documents, place by place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_NAMES = ("code", "id", "name", "kind")


@dataclass(frozen=True)
class Difference:
    """One place: the keys that lead to it, and what stands there; None where one document has nothing."""

    path: tuple[str, ...]
    before: Any
    after: Any


def differences(before: Any, after: Any, path: tuple[str, ...] = ()) -> Iterator[Difference]:
    """Every place that differs. Lists of named things are compared by name, other lists of things by position;
    a list of plain values counts as one value."""
    if before == after:
        return
    if not (_has_parts(before) and _has_parts(after)):
        yield Difference(path, before, after)
        return
    one, other = _parts(before), _parts(after)
    for key in dict.fromkeys([*one, *other]):
        yield from differences(one.get(key), other.get(key), (*path, key))


def _has_parts(value: Any) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and all(isinstance(item, Mapping) for item in value))


def _parts(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    return dict(zip(_item_names(value), value, strict=True))


def _item_names(items: list[Mapping[str, Any]]) -> list[str]:
    """A key that names every item once, else the position from 1."""
    for key in _NAMES:
        names = [str(item.get(key, "")) for item in items]
        if all(names) and len(set(names)) == len(names):
            return names
    return [str(position) for position in range(1, len(items) + 1)]
