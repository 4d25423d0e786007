"""The publishing compiler: each planted fault is found and named, so that it can never reach a case."""

import pytest

from axle.decisioning.domain.compiler import compile_graph
from axle.decisioning.domain.engine import ZenEvaluator
from axle.decisioning.domain.graph import GraphRefused, graph_normalise
from axle.decisioning.domain.rules import Rule
from axle.decisioning.tests.factories import SMALL_RULES, content_of, small_compiled, small_graph, small_parts


def compiled_with(change):
    graph = small_graph()
    change(graph)
    return small_compiled(graph)


def row(graph, number, **cells):
    content_of(graph, "rules")["rules"][number].update(cells)


def outcome_row(graph, number, **cells):
    content_of(graph, "outcome")["rules"][number].update(cells)


def line(graph, number, value):
    content_of(graph, "counts")["expressions"][number]["value"] = value


def node(graph, kind, content=None):
    graph["nodes"][1] |= {"type": kind, "content": content or {}}


def switched(graph):
    """Put a switch behind the request; both ways lead to the rules."""
    ways = [{"id": "young", "condition": "age < 30"}, {"id": "else", "isDefault": True}]
    content = {"hitPolicy": "first", "statements": ways}
    graph["nodes"].insert(1, {"id": "switch", "name": "switch", "type": "switchNode", "content": content})
    graph["edges"][0] |= {"targetId": "switch"}
    for way in ("young", "else"):
        graph["edges"].append({"sourceId": "switch", "targetId": "rules", "sourceHandle": way})
    return graph


def test_the_small_strategy_compiles():
    assert small_compiled()[1] == []
    assert compiled_with(switched)[1] == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda g: row(g, 0, when="age > > 1"), "cell_unreadable"),
        (lambda g: row(g, 0, when="'RE"), "cell_unreadable"),
        (lambda g: row(g, 0, when="age < '18'"), "cell_wrong_type"),
        (lambda g: row(g, 0, when="agee < 18"), "cell_wrong_type"),
        (lambda g: row(g, 0, when="score < 500"), "cell_wrong_type"),
        (lambda g: row(g, 0, when="kind == 'old'"), "cell_wrong_type"),
        (lambda g: row(g, 0, when="age"), "cell_wrong_type"),
        (lambda g: row(g, 0, when="100 / age > 1"), "condition_calculates"),
        (lambda g: row(g, 0, code="K01"), "cell_wrong_type"),
        (lambda g: row(g, 0, code="'K99'"), "rule_unknown"),
        (lambda g: row(g, 0, code="'K0' + '1'"), "rule_unknown"),
        (lambda g: row(g, 0, severity="'refer'"), "rule_severity"),
        (lambda g: row(g, 0, actual=""), "output_empty"),
        (lambda g: row(g, 0, actual="> 5"), "cell_unreadable"),
        (lambda g: row(g, 0, stray="1"), "cell_without_column"),
        (lambda g: row(g, 1, code="'K01'", severity="'knock_out'"), "rule_repeated"),
        (lambda g: content_of(g, "rules")["rules"].pop(), "rule_unused"),
        (lambda g: content_of(g, "rules").pop("outputPath"), "table_columns"),
        (lambda g: content_of(g, "rules").update(passThrough=False), "cell_wrong_type"),
        (lambda g: content_of(g, "rules").update(hitPolicy="first"), "default_row_missing"),
        (lambda g: content_of(g, "rules").update(executionMode="loop"), "graph_refused"),
        (lambda g: line(g, 0, "count(hits, #.severity == 5)"), "cell_wrong_type"),
        (lambda g: line(g, 2, "'x'"), "result_wrong_type"),
        (lambda g: line(g, 2, "score == null ? null : 5"), "result_wrong_type"),
        (lambda g: content_of(g, "counts")["expressions"].pop(2), "result_missing"),
        (lambda g: content_of(g, "counts")["expressions"][1].update(key="knock_outs"), "key_not_allowed"),
        (lambda g: content_of(g, "counts")["expressions"][2].update(key="outcome"), "key_not_allowed"),
        (lambda g: outcome_row(g, 3, outcome="'approve'"), "default_not_refer"),
        (lambda g: outcome_row(g, 3, refers="0"), "default_row_missing"),
        (lambda g: outcome_row(g, 2, outcome="'accept'"), "outcome_unknown"),
        (lambda g: outcome_row(g, 2, outcome="kind"), "outcome_unknown"),
        (lambda g: outcome_row(g, 1, knock_outs="> 0", refers=""), "row_unreachable"),
        (lambda g: outcome_row(g, 0, knock_outs="", refers=""), "row_unreachable"),
        (lambda g: content_of(g, "outcome")["outputs"][0].update(field="verdict"), "outcome_table"),
        (lambda g: content_of(g, "outcome")["inputs"][0].update(field="knock_out"), "column_unknown"),
        (lambda g: node(g, "functionNode", {"source": "x"}), "graph_refused"),
        (lambda g: node(g, "customNode"), "graph_refused"),
        (lambda g: node(g, "decisionNode", {"key": "other"}), "graph_refused"),
        (lambda g: g["edges"].append({"sourceId": "outcome", "targetId": "rules"}), "graph_refused"),
        (lambda g: g["edges"].pop(), "graph_refused"),
        (lambda g: g["edges"].append({"sourceId": "rules", "targetId": "nowhere"}), "graph_refused"),
        (lambda g: g["nodes"].pop(), "graph_refused"),
        (lambda g: g["nodes"].append(dict(g["nodes"][0])), "graph_refused"),
        (lambda g: g.update(nodes=None), "graph_refused"),
        (lambda g: g["nodes"][1].update(content={"rules": 5}), "graph_refused"),
        (lambda g: g["nodes"][1].update(name=None), "graph_refused"),
    ],
)
def test_a_planted_fault_is_found(change, code):
    compiled, codes = compiled_with(change)
    assert compiled is None
    assert code in codes


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda ways: ways[0].update(condition="age < 'x'"), "cell_wrong_type"),
        (lambda ways: ways[0].update(condition="> 5"), "cell_unreadable"),
        (lambda ways: ways[1].update(isDefault=False, condition="age > 3"), "default_row_missing"),
        (lambda ways: ways.append({"id": "third", "isDefault": True}), "graph_refused"),
    ],
)
def test_a_fault_in_a_switch_is_found(change, code):
    graph = switched(small_graph())
    change(content_of(graph, "switch")["statements"])
    assert code in small_compiled(graph)[1]


def test_what_only_one_way_of_a_switch_makes_may_be_null_behind_it():
    graph = switched(small_graph())
    extra = {"passThrough": True, "expressions": [{"key": "bonus", "value": "5"}]}
    graph["nodes"].append({"id": "bonus", "name": "bonus", "type": "expressionNode", "content": extra})
    graph["edges"][-2] |= {"targetId": "bonus"}
    graph["edges"].append({"sourceId": "bonus", "targetId": "rules"})
    row(graph, 0, when="age < 18 and bonus > 1")
    assert "cell_wrong_type" in small_compiled(graph)[1]
    row(graph, 0, when="age < 18 and bonus != null and bonus > 1")
    assert small_compiled(graph)[1] == []


@pytest.mark.parametrize("cells", [{"when": "age < > 18"}, {"severity": "'x' > 1"}, {"when": "age < '18'"}])
def test_what_the_engine_alone_would_drop_in_silence_is_not_published(cells):
    """Left to itself the engine skips the broken row and approves an applicant of 17 years."""
    graph = small_graph()
    row(graph, 0, **cells)
    assert ZenEvaluator(graph)({"age": 17, "score": 700, "kind": "new"}, 5).result["outcome"] == "approve"
    assert small_compiled(graph)[0] is None


def test_the_place_of_a_fault_is_named():
    graph = small_graph()
    row(graph, 1, when="score <")
    finding = compile_graph(graph, *small_parts())[1][0]
    assert (finding.node, finding.row, finding.column) == ("rules", 2, "when")


def test_nulls_that_the_editor_saves_are_removed():
    graph = small_graph()
    row(graph, 0, _description=None)
    assert small_compiled(graph)[1] == ["graph_refused"]
    assert small_compiled(graph_normalise(graph))[1] == []


def test_a_graph_that_nests_without_end_is_refused():
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(GraphRefused):
        graph_normalise({"nodes": deep})


@pytest.mark.parametrize("text", ["{actual.__class__}", "{other}", "{", "{0}"])
def test_an_explanation_holds_only_the_value_and_the_limit(text):
    with pytest.raises(ValueError):  # noqa: PT011
        Rule.model_validate(SMALL_RULES[0] | {"explanation": {"zh": text, "en": "x"}})
