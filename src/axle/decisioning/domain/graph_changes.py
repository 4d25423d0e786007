"""What differs between two decision graphs, as people tell it: by node, row and column, not by place in a document.

Nodes, columns and rows are the same when their ids are, whatever they are called and wherever they stand; where a node
is drawn says nothing. Lines of an expression node and ways out of a switch are rows too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, TypeAlias

Json: TypeAlias = Mapping[str, Any]

_SETTINGS = {
    "hitPolicy": "hitPolicy",
    "passThrough": "passThrough",
    "outputPath": "outputPath",
    "inputField": "inputField",
    "executionMode": "executionMode",
    "part": "key",
}
_NOT_CELLS = ("_id", "_description")


class ChangeKind(StrEnum):
    """What happened."""

    NODE_ADDED = "node_added"
    NODE_REMOVED = "node_removed"
    NODE_RENAMED = "node_renamed"
    ARROW_ADDED = "arrow_added"
    ARROW_REMOVED = "arrow_removed"
    SETTING_CHANGED = "setting_changed"
    COLUMN_ADDED = "column_added"
    COLUMN_REMOVED = "column_removed"
    COLUMN_CHANGED = "column_changed"
    ROW_ADDED = "row_added"
    ROW_REMOVED = "row_removed"
    ROW_MOVED = "row_moved"
    CELL_CHANGED = "cell_changed"


@dataclass(frozen=True)
class GraphChange:
    """One change. ``node`` is its name; ``row`` counts from 1 where the row now stands, or stood before it was removed;
    ``row_name`` is what it is called; ``column`` names a column, setting or the other end of an arrow."""

    kind: ChangeKind
    node: str
    row: int = 0
    row_name: str = ""
    column: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class _Row:
    """A row of a table, a line of an expression node or a way out of a switch."""

    id: str
    name: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class _Part:
    """A node as it is compared."""

    id: str
    name: str
    settings: Mapping[str, str]
    columns: Mapping[str, str]
    rows: Sequence[_Row]


def graph_changes(before: Json, after: Json) -> tuple[GraphChange, ...]:
    """Every change, node by node; of a node that came or went nothing inside it. Graphs may be unfinished."""
    old, new = _parts(before), _parts(after)
    return (
        *(GraphChange(ChangeKind.NODE_REMOVED, part.name) for key, part in old.items() if key not in new),
        *(
            change
            for key, part in new.items()
            for change in (_inside(old[key], part) if key in old else [GraphChange(ChangeKind.NODE_ADDED, part.name)])
        ),
        *_arrows(before, after, old, new),
    )


def _inside(old: _Part, new: _Part) -> Iterator[GraphChange]:
    if old.name != new.name:
        yield GraphChange(ChangeKind.NODE_RENAMED, new.name, before=old.name, after=new.name)
    for key in _SETTINGS:
        if old.settings[key] != new.settings[key]:
            yield GraphChange(
                ChangeKind.SETTING_CHANGED, new.name, column=key, before=old.settings[key], after=new.settings[key]
            )
    yield from _columns(old, new)
    yield from _rows(old, new)


def _columns(old: _Part, new: _Part) -> Iterator[GraphChange]:
    for key, told in old.columns.items():
        if key not in new.columns:
            yield GraphChange(ChangeKind.COLUMN_REMOVED, new.name, column=told)
        elif new.columns[key] != told:
            yield GraphChange(ChangeKind.COLUMN_CHANGED, new.name, column=told, before=told, after=new.columns[key])
    for key, told in new.columns.items():
        if key not in old.columns:
            yield GraphChange(ChangeKind.COLUMN_ADDED, new.name, column=told)


def _rows(old: _Part, new: _Part) -> Iterator[GraphChange]:
    was = {row.id: (number, row) for number, row in enumerate(old.rows, start=1)}
    now = {row.id for row in new.rows}
    for number, row in was.values():
        if row.id not in now:
            yield GraphChange(ChangeKind.ROW_REMOVED, new.name, number, row.name, before=_told(row))
    moved = _moved([row.id for row in old.rows if row.id in now], [row.id for row in new.rows if row.id in was])
    for number, row in enumerate(new.rows, start=1):
        if row.id not in was:
            yield GraphChange(ChangeKind.ROW_ADDED, new.name, number, row.name, after=_told(row))
            continue
        stood, earlier = was[row.id]
        if row.id in moved:
            yield GraphChange(ChangeKind.ROW_MOVED, new.name, number, row.name, before=str(stood), after=str(number))
        yield from _cells(new, number, earlier, row)


def _cells(part: _Part, number: int, old: _Row, new: _Row) -> Iterator[GraphChange]:
    for key in dict.fromkeys([*part.columns, *old.cells, *new.cells]):
        before, after = old.cells.get(key, ""), new.cells.get(key, "")
        if before != after:
            column = part.columns.get(key, key)
            yield GraphChange(ChangeKind.CELL_CHANGED, part.name, number, new.name, column, before, after)


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The fewest rows of which all others kept their order."""
    kept = SequenceMatcher(a=old, b=new, autojunk=False).get_matching_blocks()
    return set(new) - {new[place] for block in kept for place in range(block.b, block.b + block.size)}


def _arrows(before: Json, after: Json, old: Mapping[str, _Part], new: Mapping[str, _Part]) -> Iterator[GraphChange]:
    was, now = _ends(before), _ends(after)
    for kind, arrows, nodes in ((ChangeKind.ARROW_REMOVED, was - now, old), (ChangeKind.ARROW_ADDED, now - was, new)):
        for source, target, _ in sorted(arrows):
            if source in old and source in new and target in old and target in new:
                yield GraphChange(kind, nodes[source].name, column=nodes[target].name)


def _ends(graph: Json) -> set[tuple[str, str, str]]:
    own = [("", graph), *((f"{key}/", inner) for key, inner in (graph.get("parts") or {}).items())]
    return {
        (f"{inside}{edge.get('sourceId')}", f"{inside}{edge.get('targetId')}", str(edge.get("sourceHandle") or ""))
        for inside, drawn in own
        for edge in drawn.get("edges") or ()
    }


def _parts(graph: Json) -> dict[str, _Part]:
    """Every node by its id; those of sub-decisions too."""
    found = {part.id: part for part in map(_part, graph.get("nodes") or ())}
    for key, inner in (graph.get("parts") or {}).items():
        for part in map(_part, inner.get("nodes") or ()):
            found[f"{key}/{part.id}"] = replace(part, name=f"{key} · {part.name}")
    return found


def _part(node: Json) -> _Part:
    content = node.get("content") or {}
    columns = [*(content.get("inputs") or ()), *(content.get("outputs") or ())]
    return _Part(
        id=str(node.get("id")),
        name=str(node.get("name") or node.get("id")),
        settings={name: _setting(content.get(key)) for name, key in _SETTINGS.items()},
        columns={str(one.get("id")): str(one.get("name") or one.get("field") or one.get("id")) for one in columns},
        rows=[*map(_table_row, content.get("rules") or ()), *_lines(content), *_ways(content)],
    )


def _setting(value: object) -> str:
    return "" if value in (None, False) else str(value)


def _table_row(row: Json) -> _Row:
    cells = {key: str(value) for key, value in row.items() if key not in _NOT_CELLS and value not in (None, "")}
    return _Row(str(row.get("_id") or sorted(cells.items())), str(row.get("_description") or ""), cells)


def _lines(content: Json) -> Iterator[_Row]:
    for line in content.get("expressions") or ():
        key, value = str(line.get("key") or ""), str(line.get("value") or "")
        yield _Row(str(line.get("id") or key), key, {"key": key, "value": value})


def _ways(content: Json) -> Iterator[_Row]:
    for way in content.get("statements") or ():
        yield _Row(str(way.get("id")), "", {"condition": str(way.get("condition") or "")})


def _told(row: _Row) -> str:
    return " · ".join(row.cells.values())
