"""Sub-decisions: the same answer as drawn in one graph, and what is refused."""

import pytest

from axle.decisioning.domain.compiler import compile_graph
from axle.decisioning.domain.engine import ZenEvaluator
from axle.decisioning.domain.evaluation import LiveStrategy, evaluate
from axle.decisioning.domain.graph import GraphRefused
from axle.decisioning.domain.parts import graph_inlined
from axle.decisioning.tests.factories import content_of, small_graph, small_live, small_parts

CASES = [
    {"age": 30, "score": 700, "kind": "new"},
    {"age": 17, "score": 400, "kind": "new"},
    {"age": 30, "score": 499, "kind": "used"},
]


def arrow(source, target):
    return {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}


def call(name, key):
    return {"id": name, "name": name, "type": "decisionNode", "content": {"key": key}}


def with_part():
    """The small graph whose rules and counts are a sub-decision."""
    graph = small_graph()
    request, rules, counts, outcome, response = graph["nodes"]
    part = {
        "nodes": [request, rules, counts, response],
        "edges": [arrow("request", "rules"), arrow("rules", "counts"), arrow("counts", "response")],
    }
    edges = [arrow("request", "checks"), arrow("checks", "outcome"), arrow("outcome", "response")]
    return {"nodes": [request, call("checks", "entry"), outcome, response], "edges": edges, "parts": {"entry": part}}


def live(graph):
    contract, rules = small_parts()
    compiled, findings = compile_graph(graph, contract, rules)
    assert compiled is not None, findings
    return LiveStrategy(contract, {rule.code: rule for rule in rules}, compiled, ZenEvaluator(graph))


def test_a_sub_decision_answers_as_if_it_were_drawn_in_its_place():
    strategy = live(graph_inlined(with_part()))
    for case in CASES:
        found, drawn = (evaluate(one, case, deadline_seconds=10) for one in (strategy, small_live()))
        assert found.stored() == drawn.stored()
        assert found.made["checks/rules"] == drawn.made["rules"]


def test_a_finding_inside_is_told_by_both_names():
    graph = with_part()
    content_of(graph["parts"]["entry"], "rules")["rules"][0]["when"] = "age < '18'"
    _, findings = compile_graph(graph_inlined(graph), *small_parts())
    assert [(one.code, one.node, one.row) for one in findings] == [("cell_wrong_type", "checks · rules", 1)]


def test_a_part_may_call_another():
    graph = with_part()
    inner = graph["parts"]["entry"]
    graph["parts"]["outer"] = {
        "nodes": [inner["nodes"][0], call("again", "entry"), inner["nodes"][-1]],
        "edges": [arrow("request", "again"), arrow("again", "response")],
    }
    content_of(graph, "checks")["key"] = "outer"
    assert evaluate(live(graph_inlined(graph)), CASES[1], deadline_seconds=10).outcome == "decline"


def test_a_graph_without_parts_stays_as_it_is():
    graph = small_graph()
    assert graph_inlined(graph) is graph


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda graph: graph.pop("parts"), "there is no sub-decision entry"),
        (lambda graph: graph["parts"].update(entry=5), "not a graph"),
        (lambda graph: graph["edges"].pop(0), "nothing leads to checks"),
        (lambda graph: graph["edges"].pop(1), "checks leads nowhere"),
        (lambda graph: graph["parts"]["entry"]["nodes"].append(5), "not a graph"),
        (lambda graph: graph["parts"]["entry"]["nodes"].pop(0), "checks: exactly one request and one response node"),
        (
            lambda graph: graph["parts"]["entry"]["nodes"].append(call("me", "entry")),
            "the sub-decision entry calls itself",
        ),
    ],
)
def test_a_sub_decision_that_cannot_be_placed_is_refused(change, reason):
    graph = with_part()
    change(graph)
    with pytest.raises(GraphRefused, match=reason):
        graph_inlined(graph)


def test_parts_that_multiply_are_refused():
    graph = with_part()
    for level in range(8):
        nodes = graph["parts"][f"part{level - 1}" if level else "entry"]["nodes"]
        calls = [call(f"call{place}", f"part{level - 1}" if level else "entry") for place in range(3)]
        edges = [
            arrow("request", "call0"),
            arrow("call0", "call1"),
            arrow("call1", "call2"),
            arrow("call2", "response"),
        ]
        graph["parts"][f"part{level}"] = {"nodes": [nodes[0], *calls, nodes[-1]], "edges": edges}
    content_of(graph, "checks")["key"] = "part7"
    with pytest.raises(GraphRefused, match="more than 200 nodes"):
        graph_inlined(graph)
