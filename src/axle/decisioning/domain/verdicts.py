"""Where outcomes, rule codes and points come from: one outcome table that ends in refer, and codes that are
known."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from axle.decisioning.domain.contract import OUTCOME, InputContract
from axle.decisioning.domain.findings import Findings, Place
from axle.decisioning.domain.graph import Graph, GraphNode, Table
from axle.decisioning.domain.rules import Rule
from axle.decisioning.domain.syntax import SyntaxFault, parse_expression
from axle.decisioning.domain.syntax_tree import Literal


def verdict_check(graph: Graph, contract: InputContract, rules: Sequence[Rule], findings: Findings) -> None:
    """Note an outcome table without a refer default, and codes or characteristics that nobody declared."""
    _outcome_check(graph, findings)
    _rules_check(graph, rules, findings)
    _points_check(graph, contract, findings)


def _tables(graph: Graph, key: str) -> Iterator[tuple[GraphNode, Table]]:
    for node in graph.nodes:
        if isinstance(node.content, Table) and any(column.field == key for column in node.content.outputs):
            yield node, node.content


def _cells(table: Table, key: str) -> list[str | None]:
    """The literal texts of an output column, row by row; None where the cell is not a literal text."""
    column_id = next(column.id for column in table.outputs if column.field == key)
    return [_literal(row.get(column_id, "")) for row in table.rules]


def _literal(text: str) -> str | None:
    try:
        tree = parse_expression(text)
    except SyntaxFault:
        return None
    return tree.value if isinstance(tree, Literal) and isinstance(tree.value, str) else None


def _outcome_check(graph: Graph, findings: Findings) -> None:
    found = list(_tables(graph, OUTCOME.name))
    if len(found) != 1:
        findings.add("outcome_table", Place(""), "exactly one table gives the outcome")
        return
    node, table = found[0]
    outcomes = _cells(table, OUTCOME.name)
    if table.hit_policy != "first" or table.output_path:
        findings.add("outcome_table", Place(node.name), "the outcome table takes the first matching row")
    if outcomes[-1] != "refer":
        findings.add("default_not_refer", Place(node.name, len(outcomes)), "the last row must give 'refer'")
    for number, outcome in enumerate(outcomes, start=1):
        if outcome not in OUTCOME.choices:
            findings.add("outcome_unknown", Place(node.name, number), "approve, refer or decline as a plain text")


def _rules_check(graph: Graph, rules: Sequence[Rule], findings: Findings) -> None:
    catalogue = {rule.code: rule.severity.value for rule in rules}
    used: Counter[str | None] = Counter()
    for node, table in _tables(graph, "code"):
        has_severity = any(column.field == "severity" for column in table.outputs)
        severities = _cells(table, "severity") if has_severity else [None] * len(table.rules)
        for number, (code, severity) in enumerate(zip(_cells(table, "code"), severities, strict=True), start=1):
            used[code] += 1
            _rule_check(Place(node.name, number), code, severity, catalogue, findings)
    _unused_check(catalogue, used, findings)


def _rule_check(
    place: Place, code: str | None, severity: str | None, catalogue: Mapping[str, str], findings: Findings
) -> None:
    if code is None or code not in catalogue:
        findings.add("rule_unknown", place, str(code))
    elif catalogue[code] != severity:
        findings.add("rule_severity", place, f"{code} {catalogue[code]}")


def _unused_check(catalogue: Mapping[str, str], used: Mapping[str | None, int], findings: Findings) -> None:
    for code in catalogue:
        if used.get(code, 0) != 1:
            findings.add("rule_unused" if code not in used else "rule_repeated", Place("catalogue"), code)


def _points_check(graph: Graph, contract: InputContract, findings: Findings) -> None:
    scored = {name for _, table in _tables(graph, "characteristic") for name in _cells(table, "characteristic")}
    for name in sorted(map(str, scored ^ set(contract.characteristics))):
        findings.add("characteristic_unknown", Place("scorecard"), name)
