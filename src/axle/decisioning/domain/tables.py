"""The publishing check of one decision table: every cell, the shape of its rows, its default row."""

from collections.abc import Mapping
from dataclasses import replace

from axle.decisioning.domain.findings import Findings, Place
from axle.decisioning.domain.flow_types import ANY, Kind, Scope, Type, TypeFault, unified
from axle.decisioning.domain.graph import Column, Table
from axle.decisioning.domain.inference import Surroundings, infer
from axle.decisioning.domain.syntax import SyntaxFault, parse_expression

SHOWN_ONLY = ("actual", "limit", "value")
"""Output keys that are only shown to people and may differ in type from row to row."""
_ROW_NOTES = ("_id", "_description")


def table_types(name: str, table: Table, scope: Scope, findings: Findings) -> Mapping[str, Type]:
    """What the table hands on, after every cell was checked into ``findings``."""
    _columns_check(name, table, findings)
    for number, row in enumerate(table.rules, start=1):
        _row_check(Place(name, number), table, row, scope, findings)
    if table.hit_policy == "first":
        _default_check(name, table, findings)
    made = {column.field: _column_type(name, table, column, scope, findings) for column in table.outputs}
    return _shaped(table, made)


def _shaped(table: Table, made: Mapping[str, Type]) -> Mapping[str, Type]:
    record = Type(Kind.RECORD, fields=made)
    result = Type(Kind.LIST, item=record) if table.hit_policy == "collect" else record
    if table.output_path:
        return {table.output_path: result}
    return made if table.hit_policy == "first" else {}


def _columns_check(name: str, table: Table, findings: Findings) -> None:
    ids = [column.id for column in (*table.inputs, *table.outputs)]
    keys = [column.field for column in table.outputs]
    if len(set(ids)) != len(ids) or len(set(keys)) != len(keys) or "" in keys:
        findings.add("table_columns", Place(name), "two columns have the same id or key, or an output has no key")
    if table.hit_policy == "collect" and not table.output_path:
        findings.add("table_columns", Place(name), "a collecting table needs an output path")


def _row_check(place: Place, table: Table, row: Mapping[str, str], scope: Scope, findings: Findings) -> None:
    known = {column.id for column in (*table.inputs, *table.outputs)}
    for stray in sorted(set(row) - known - set(_ROW_NOTES)):
        findings.add("cell_without_column", place, stray[:40])
    for column in table.inputs:
        _condition_check(replace(place, column=column.name or column.field), column, row, scope, findings)


def _condition_check(place: Place, column: Column, row: Mapping[str, str], scope: Scope, findings: Findings) -> None:
    text = row.get(column.id, "")
    if _is_any(text):
        return
    if not column.field:
        findings.condition(text, Surroundings(scope), place)
    elif subject := _subject(column, scope, place, findings):
        findings.condition(text, Surroundings(scope, subject=subject), place)


def _subject(column: Column, scope: Scope, place: Place, findings: Findings) -> Type | None:
    """The type of a condition column's value; null matches only ``null``, so cells may read it as present."""
    try:
        found = infer(parse_expression(column.field), Surroundings(scope))
    except (SyntaxFault, TypeFault) as fault:
        findings.add("column_unknown", place, str(fault))
        return None
    return replace(found, is_nullable=False)


def _column_type(name: str, table: Table, column: Column, scope: Scope, findings: Findings) -> Type:
    """The type that fits the column's cells in all rows; a column with an unreadable cell counts as null."""
    total: Type | None = None
    for number, row in enumerate(table.rules, start=1):
        place = Place(name, number, column.field)
        found = _output_type(row.get(column.id, ""), scope, place, findings)
        total = _together(total, found, place, findings)
    if column.field in SHOWN_ONLY:
        return ANY
    return total or Type(Kind.NULL, is_nullable=True)


def _output_type(text: str, scope: Scope, place: Place, findings: Findings) -> Type | None:
    if _is_any(text):
        findings.add("output_empty", place, "write null when nothing is meant")
        return None
    return findings.expression(text, Surroundings(scope), place)


def _together(total: Type | None, found: Type | None, place: Place, findings: Findings) -> Type | None:
    if total is None or found is None or place.column in SHOWN_ONLY:
        return total or found
    try:
        return unified(total, found)
    except TypeFault as fault:
        findings.add("cell_wrong_type", place, str(fault))
        return total


def _default_check(name: str, table: Table, findings: Findings) -> None:
    """The last row, and only it, must match everything."""
    conditions = [tuple(row.get(column.id, "").strip() for column in table.inputs) for row in table.rules]
    if any(conditions[-1]):
        findings.add("default_row_missing", Place(name, len(conditions)), "the last row must match everything")
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(conditions, start=1):
        if row in seen or (not any(row) and number < len(conditions)):
            findings.add("row_unreachable", Place(name, number), "an earlier row takes its cases")
        seen.add(row)


def _is_any(text: str) -> bool:
    return not text.strip()
