"""The publishing compiler: everything that must hold before a strategy version may decide a case.

The engine fails open, so nothing is left to it: each cell and expression is parsed, typed against the input
contract and compiled; rule codes and severities are those of the catalogue; the outcome comes from one
table whose last row refers the case to a person. Golden cases are run by ``golden``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from axle.decisioning.domain.contract import OUTCOME, InputContract
from axle.decisioning.domain.findings import Finding, Findings, Place
from axle.decisioning.domain.flow_types import ANY, NUMBER, TEXT, Kind, Scope, Type, field_type, fits
from axle.decisioning.domain.graph import (
    EXPRESSIONS,
    OUTPUT,
    TABLE,
    Expressions,
    Graph,
    GraphNode,
    GraphRefused,
    Switch,
    Table,
    graph_parse,
)
from axle.decisioning.domain.inference import Surroundings
from axle.decisioning.domain.rules import Rule
from axle.decisioning.domain.scenarios import ScenarioTree
from axle.decisioning.domain.scopes import Flow, handed_on, merged
from axle.decisioning.domain.score_stage import SCORE, SCORED_KINDS
from axle.decisioning.domain.tables import table_types
from axle.decisioning.domain.verdicts import verdict_check

_HIT = Type(Kind.RECORD, fields={"code": TEXT, "severity": TEXT, "actual": ANY, "limit": ANY})
_POINT = Type(Kind.RECORD, fields={"characteristic": TEXT, "points": NUMBER, "value": ANY})


@dataclass(frozen=True)
class Compiled:
    """A graph that passed, and the types each node makes (checked again on every run). ``is_told_whole`` says that the
    response alone tells what each node made, so that the engine need not be asked for a trace."""

    graph: Graph
    made: Mapping[str, Scope]
    is_told_whole: bool = False

    @cached_property
    def makers(self) -> Mapping[str, Scope]:
        """What each node makes by itself: nothing, but for tables and expressions."""
        makes = (TABLE, EXPRESSIONS)
        return {node.id: self.made[node.id] if node.type in makes else {} for node in self.graph.nodes}


def compile_graph(
    data: Any, contract: InputContract, rules: Sequence[Rule], scenarios: ScenarioTree | None = None
) -> tuple[Compiled | None, tuple[Finding, ...]]:
    """Compile a normalised graph. Nothing is compiled when there is any finding."""
    findings = Findings()
    try:
        graph = graph_parse(data)
        order = graph.ordered()
    except GraphRefused as refusal:
        return None, (Finding("graph_refused", "", str(refusal)),)
    told: dict[str, Type] = {field.name: field_type(field) for field in contract.inputs}
    tree = scenarios or ScenarioTree()
    read = {**told, **_found_for_a_case(contract, tree)}
    made = _Walk(graph, read, findings).run(order)
    _null_conditions_check(contract, told, findings)
    _score_check(graph, contract, told, made, findings)
    _scenarios_check(contract, rules, tree, findings)
    _results_check(graph, contract, made, findings)
    verdict_check(graph, contract, rules, findings)
    found = tuple(findings.found)
    return (None, found) if found else (Compiled(graph, made, _is_told_whole(graph, read, made)), ())


def _is_told_whole(graph: Graph, read: Scope, made: Mapping[str, Scope]) -> bool:
    """Whether every node runs and passes on what it read, under names that nothing else has; and whether it would be
    missed, if it did not."""
    names = list(read)
    for node in graph.nodes:
        if isinstance(node.content, Switch):
            return False
        if isinstance(node.content, Table | Expressions):
            if not node.content.passes_through or all(one.is_nullable for one in made[node.id].values()):
                return False
            names += made[node.id]
    return len(set(names)) == len(names)


def _found_for_a_case(contract: InputContract, tree: ScenarioTree) -> Scope:
    """What an expression may read beside the inputs."""
    found: dict[str, Type] = {}
    if contract.policy:
        found["policy"] = Type(Kind.RECORD, fields={field.name: field_type(field) for field in contract.policy})
    if tree.scenarios:
        found["scenario"] = Type(Kind.TEXT, choices=frozenset(scenario.code for scenario in tree.ordered))
        found["scenario_path"] = Type(Kind.LIST, item=Type(Kind.TEXT, choices=frozenset(tree.by_code)))
    if contract.scorecard:
        found[SCORE] = NUMBER
    return found


class _Walk:
    """Visits nodes in running order, carrying what each hands on."""

    def __init__(self, graph: Graph, inputs: Scope, findings: Findings) -> None:
        self._graph = graph
        self._inputs = inputs
        self._findings = findings
        self._flows: dict[tuple[str, str], Flow] = {}
        self._made: dict[str, Scope] = {}

    def run(self, order: Sequence[GraphNode]) -> Mapping[str, Scope]:
        for node in order:
            self._visit(node)
        return self._made

    def _visit(self, node: GraphNode) -> None:
        arrows = self._graph.incoming[node.id]
        incoming = (
            merged([self._flows[(edge.source, edge.handle)] for edge in arrows]) if arrows else Flow(self._inputs)
        )
        content = node.content
        if isinstance(content, Switch):
            self._switch(node, content, incoming)
        elif isinstance(content, Table):
            made = table_types(node.name, content, incoming.scope, self._findings)
            self._hand_on(node, handed_on(incoming, made, content.passes_through), made)
        elif isinstance(content, Expressions):
            made = self._expressions(node, content, incoming.scope)
            self._hand_on(node, handed_on(incoming, made, content.passes_through), made)
        else:
            self._hand_on(node, incoming, incoming.scope if node.type == OUTPUT else {})

    def _hand_on(self, node: GraphNode, flow: Flow, made: Scope) -> None:
        self._made[node.id] = made
        for edge in self._graph.edges:
            if edge.source == node.id:
                self._flows[(node.id, edge.handle)] = flow

    def _switch(self, node: GraphNode, switch: Switch, incoming: Flow) -> None:
        self._hand_on(node, replace(incoming, is_conditional=True), {})
        if [way.is_default for way in switch.statements] != [False] * (len(switch.statements) - 1) + [True]:
            self._findings.add("default_row_missing", Place(node.name), "the last way out must be the default")
        for number, way in enumerate(switch.statements, start=1):
            if not way.is_default:
                self._findings.condition(way.condition, Surroundings(incoming.scope), Place(node.name, number))

    def _expressions(self, node: GraphNode, content: Expressions, scope: Scope) -> Scope:
        made: dict[str, Type] = {}
        for number, line in enumerate(content.expressions, start=1):
            around = Surroundings(scope, subject=Type(Kind.RECORD, fields=dict(made)))
            place = Place(node.name, number, line.key)
            found = self._findings.expression(line.value, around, place)
            if line.key in made or line.key == OUTCOME.name:
                self._findings.add("key_not_allowed", place, "the key is taken or reserved for the outcome table")
            made[line.key] = found or Type(Kind.NULL, is_nullable=True)
        return made


def _null_conditions_check(contract: InputContract, scope: Scope, findings: Findings) -> None:
    for field in contract.inputs:
        if field.missing_when:
            findings.condition(field.missing_when, Surroundings(scope), Place("contract", column=field.name))


def _score_check(
    graph: Graph, contract: InputContract, told: Scope, made: Mapping[str, Scope], findings: Findings
) -> None:
    """What a scorecard is told follows from the inputs, and nothing in the graph makes another score."""
    if contract.scorecard is None:
        return
    for need in contract.scorecard.needs:
        place = Place("scorecard", column=need.name)
        found = findings.expression(need.value, Surroundings(told), place)
        if found and found.kind not in SCORED_KINDS:
            findings.add("cell_wrong_type", place, f"a number, a text or yes and no is wanted, {found.kind} found")
    for node in graph.nodes:
        if node.type != OUTPUT and SCORE in made[node.id]:
            findings.add("key_not_allowed", Place(node.name, column=SCORE), "the score comes from the scorecard")


def _scenarios_check(contract: InputContract, rules: Sequence[Rule], tree: ScenarioTree, findings: Findings) -> None:
    for code, problem in tree.problems(contract.inputs):
        findings.add("scenario_unreachable", Place("scenarios", column=code), problem)
    for rule in rules:
        if rule.scenario and rule.scenario not in tree.by_code:
            findings.add("scenario_unknown", Place("catalogue", column=rule.code), rule.scenario)


def _results_check(graph: Graph, contract: InputContract, made: Mapping[str, Scope], findings: Findings) -> None:
    """The response must carry every declared result in its type."""
    response = next(node for node in graph.nodes if node.type == OUTPUT)
    scope = made[response.id]
    for name, wanted in _wanted(contract).items():
        found = scope.get(name)
        place = Place(response.name, column=name)
        if found is None:
            findings.add("result_missing", place, "no node makes this result")
        elif not fits(found, wanted):
            findings.add("result_wrong_type", place, f"{wanted} wanted, {found} made")


def _wanted(contract: InputContract) -> dict[str, Type]:
    wanted = {"outcome": field_type(OUTCOME), "hits": Type(Kind.LIST, item=_HIT)}
    if contract.characteristics:
        wanted |= {"score": NUMBER, "points": Type(Kind.LIST, item=_POINT)}
    return wanted | {field.name: field_type(field) for field in contract.results}
