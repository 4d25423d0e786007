"""The decision graph of a strategy folder: a straight line of readable nodes in the editor's own format.

request -> facts -> segment -> entry rules -> scorecard -> score -> grade -> limits -> limit rules ->
verdict -> outcome
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from axle.decisioning.strategies.signals import Row
from axle.decisioning.strategies.tables import FOLDER, document_read, has_table, rule_rows, table_read
from axle.scoring.public import ScoreScale

Node = dict[str, Any]
_RULE_OUTPUTS = ("code", "severity", "actual", "limit")
_STEP = 320


def graph_build(strategy: str) -> dict[str, Any]:
    """The graph of a strategy folder, as the engine and the editor read it."""
    chain = [
        _terminal("request", "申请", "inputNode"),
        _expressions("facts", "事实", _lines(table_read(strategy, "facts"))),
        *_segment(strategy),
        _rules("entry_rules", "准入规则", "entry_hits", rule_rows(strategy), "entry"),
        _scorecard(strategy),
        _expressions("score", "评分", [("score", "sum(map(points, #.points))")]),
        _lookup("grade", "定价与额度", table_read(strategy, "grades"), _grade_outputs(strategy)),
        _expressions("limits", "额度", _lines(table_read(strategy, "limits"))),
        _rules("limit_rules", "额度规则", "limit_hits", rule_rows(strategy), "limit"),
        _expressions("verdict", "汇总", _VERDICT),
        _lookup("outcome", "结论", table_read(strategy, "outcomes"), ("outcome",)),
        _terminal("response", "结果", "outputNode"),
    ]
    for place, node in enumerate(chain):
        node["position"] = {"x": 80 + place * _STEP, "y": 160}
    arrows = [_arrow(chain[place]["id"], node["id"]) for place, node in enumerate(chain[1:])]
    return {"contentType": "application/vnd.gorules.decision", "nodes": chain, "edges": arrows}


def graph_text(strategy: str) -> str:
    """The text of ``graph.json``."""
    return json.dumps(graph_build(strategy), ensure_ascii=False, indent=1) + "\n"


def graph_write(strategy: str) -> None:
    """Write ``graph.json`` after a table changed."""
    (FOLDER / strategy / "graph.json").write_text(graph_text(strategy), encoding="utf-8")


_VERDICT = [
    ("hits", "flatMap([entry_hits, limit_hits], #)"),
    ("knock_outs", "count($.hits, #.severity == 'knock_out')"),
    ("refers", "count($.hits, #.severity == 'refer')"),
]


def _segment(strategy: str) -> list[Node]:
    """A strategy without scenarios tells its segments by a table."""
    if not has_table(strategy, "segments"):
        return []
    return [_lookup("segment", "客群", table_read(strategy, "segments"), ("segment",))]


def _lines(rows: Sequence[Row]) -> list[tuple[str, str]]:
    return [(row["key"], row["value"]) for row in rows]


def _grade_outputs(strategy: str) -> tuple[str, ...]:
    return tuple(key for key in table_read(strategy, "grades")[0] if key != "score")


def _terminal(node_id: str, name: str, kind: str) -> Node:
    return {"id": node_id, "name": name, "type": kind, "content": {"schema": ""}}


def _arrow(source: str, target: str) -> dict[str, str]:
    return {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}


def _expressions(node_id: str, name: str, lines: Sequence[tuple[str, str]]) -> Node:
    expressions = [{"id": f"{node_id}-{key}", "key": key, "value": value} for key, value in lines]
    content = {"expressions": expressions, "passThrough": True, "executionMode": "single"}
    return {"id": node_id, "name": name, "type": "expressionNode", "content": content}


def _lookup(node_id: str, name: str, rows: Sequence[Row], outputs: Sequence[str]) -> Node:
    """A first-match table whose other columns are conditions on the fields that they are named after."""
    inputs = [_column(key, key) for key in rows[0] if key not in outputs]
    lines = [_line(node_id, number, row) for number, row in enumerate(rows, start=1)]
    return _table(node_id, name, "first", "", inputs, [_column(key, key) for key in outputs], lines)


def _rules(node_id: str, name: str, path: str, rows: Sequence[Row], stage: str) -> Node:
    """A collecting table: one row per rule, a whole condition in one column; where rules belong to scenarios, another
    column says to which."""
    lines = [
        _line(node_id, number, _rule_cells(row), f"{row['code']} {row['name_zh']}")
        for number, row in enumerate((row for row in rows if row["stage"] == stage), start=1)
    ]
    conditions = [{"id": "condition", "name": "条件"}]
    if any(row.get("scenario") for row in rows):
        conditions.insert(0, {"id": "scenario", "name": "业务场景", "field": "scenario_path"})
    return _table(node_id, name, "collect", path, conditions, [_column(key, key) for key in _RULE_OUTPUTS], lines)


def _rule_cells(row: Row) -> Row:
    texts = {"code": f"'{row['code']}'", "severity": f"'{row['severity']}'"}
    cells = {"condition": row["condition"], **texts, "actual": row["actual"], "limit": row["limit"]}
    return {"scenario": f"contains($, '{row['scenario']}')"} | cells if row.get("scenario") else cells


def _scorecard(strategy: str) -> Node:
    rows = table_read(strategy, "scorecard")
    scale = dict(document_read(strategy, "strategy")["score_scale"])
    alpha = scale.pop("alpha")
    count = len({row["characteristic"] for row in rows})
    lines = [
        _line("scorecard", number, _bin_cells(row, ScoreScale(**scale), alpha, count), row["characteristic"])
        for number, row in enumerate(rows, start=1)
    ]
    outputs = [_column(key, key) for key in ("characteristic", "points", "value")]
    condition = {"id": "condition", "name": "分箱"}
    return _table("scorecard", "评分卡", "collect", "points", [condition], outputs, lines)


def _bin_cells(row: Row, scale: ScoreScale, alpha: float, count: int) -> Row:
    points = scale.points(weight=float(row["weight"]), alpha=alpha, characteristics=count)
    name = row["characteristic"]
    return {"condition": row["condition"], "characteristic": f"'{name}'", "points": str(points), "value": name}


def _column(column_id: str, field: str) -> dict[str, str]:
    return {"id": column_id, "name": field, "field": field}


def _line(node_id: str, number: int, cells: Mapping[str, str], note: str = "") -> Row:
    return {"_id": f"{node_id}-{number}", "_description": note, **cells}


def _table(
    node_id: str,
    name: str,
    hit_policy: str,
    path: str,
    inputs: Sequence[Mapping[str, str]],
    outputs: Sequence[Mapping[str, str]],
    lines: Sequence[Row],
) -> Node:
    content: dict[str, Any] = {"hitPolicy": hit_policy, "passThrough": True, "executionMode": "single"}
    if path:
        content["outputPath"] = path
    content |= {"inputs": inputs, "outputs": outputs, "rules": lines}
    return {"id": node_id, "name": name, "type": "decisionTableNode", "content": content}
