"""What a version changed in the graph, told by node, row and column."""

import pytest

from axle.decisioning.domain.graph_changes import graph_changes
from axle.decisioning.tests.factories import content_of, small_graph


def changed(change):
    graph = small_graph()
    change(graph)
    return [
        (one.kind.value, one.node, one.row, one.column, one.before, one.after)
        for one in graph_changes(small_graph(), graph)
    ]


def rows(graph, node="rules"):
    return content_of(graph, node)["rules"]


def lines(graph):
    return content_of(graph, "counts")["expressions"]


def drawn_elsewhere(graph):
    for node in graph["nodes"]:
        node["position"] = {"x": 500, "y": 500}


CASES = [
    (drawn_elsewhere, []),
    (
        lambda graph: rows(graph)[0].update(when="age < 21"),
        [("cell_changed", "rules", 1, "when", "age < 18", "age < 21")],
    ),
    (lambda graph: rows(graph)[0].update(_description="K01"), []),
    (
        lambda graph: rows(graph, "outcome").insert(1, {"_id": "new", "refers": "> 5", "outcome": "'decline'"}),
        [("row_added", "outcome", 2, "", "", "> 5 · 'decline'")],
    ),
    (
        lambda graph: rows(graph).pop(),
        [("row_removed", "rules", 2, "", "score != null and score < 500 · 'F01' · 'refer' · score · null", "")],
    ),
    (
        lambda graph: rows(graph, "outcome").insert(0, rows(graph, "outcome").pop(1)),
        [("row_moved", "outcome", 1, "", "2", "1")],
    ),
    (
        lambda graph: lines(graph)[2].update(key="most", value="age * 20"),
        [
            ("cell_changed", "counts", 3, "key", "limit", "most"),
            ("cell_changed", "counts", 3, "value", "age * 10", "age * 20"),
        ],
    ),
    (
        lambda graph: content_of(graph, "rules").update(hitPolicy="first"),
        [("setting_changed", "rules", 0, "hitPolicy", "collect", "first")],
    ),
    (
        lambda graph: content_of(graph, "rules")["inputs"].append({"id": "kind", "name": "类别", "field": "kind"}),
        [("column_added", "rules", 0, "类别", "", "")],
    ),
    (
        lambda graph: graph["nodes"][1].update(name="准入"),
        [("node_renamed", "准入", 0, "", "rules", "准入")],
    ),
    (
        lambda graph: (graph["nodes"].pop(1), graph["edges"].__delitem__(slice(0, 2))),
        [("node_removed", "rules", 0, "", "", "")],
    ),
    (
        lambda graph: graph["edges"].append({"id": "x", "sourceId": "rules", "targetId": "outcome"}),
        [("arrow_added", "rules", 0, "outcome", "", "")],
    ),
    (
        lambda graph: graph["nodes"].append({"id": "way", "name": "分流", "type": "switchNode", "content": {}}),
        [("node_added", "分流", 0, "", "", "")],
    ),
]


@pytest.mark.parametrize(("change", "expected"), CASES)
def test_a_change_is_told_by_node_row_and_column(change, expected):
    assert changed(change) == expected


def test_a_change_inside_a_sub_decision_is_told_by_both_names():
    after = small_graph()
    rows(after)[0]["when"] = "age < 21"
    before, after = ({"nodes": [], "edges": [], "parts": {"entry": graph}} for graph in (small_graph(), after))
    (change,) = graph_changes(before, after)
    assert (change.node, change.row, change.after) == ("entry · rules", 1, "age < 21")


def test_a_way_out_of_a_switch_is_a_row():
    def switch(condition):
        way = {"id": "a", "condition": condition}
        return {
            "nodes": [{"id": "s", "name": "分流", "type": "switchNode", "content": {"statements": [way]}}],
            "edges": [],
        }

    (change,) = graph_changes(switch("age > 20"), switch("age > 30"))
    assert (change.kind, change.node, change.row, change.column) == ("cell_changed", "分流", 1, "condition")
    assert graph_changes({}, {}) == ()
