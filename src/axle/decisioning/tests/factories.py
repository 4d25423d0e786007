"""A small strategy in code, and the one that ships, for tests."""

import copy
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

from axle.decisioning.domain.compiler import Compiled, compile_graph
from axle.decisioning.domain.contract import InputContract, contract_parse
from axle.decisioning.domain.engine import Answer, ZenEvaluator
from axle.decisioning.domain.evaluation import LiveStrategy
from axle.decisioning.domain.policy import Resolver
from axle.decisioning.domain.rules import Rule
from axle.decisioning.live import policy_parse
from axle.decisioning.strategies.tables import contract_read, document_read, policy_read, rules_read

STANDARD = "auto_loan_standard"


@lru_cache(maxsize=1)
def standard() -> LiveStrategy:
    """The shipped strategy, compiled."""
    contract, rules = standard_contract(), standard_rules()
    graph = document_read(STANDARD, "graph")
    scenarios, values = policy_parse(policy_read(STANDARD))
    compiled, findings = compile_graph(graph, contract, rules, scenarios)
    assert compiled is not None, findings
    by_code = {rule.code: rule for rule in rules}
    return LiveStrategy(contract, by_code, compiled, ZenEvaluator(graph), scenarios, Resolver(values))


def standard_contract() -> InputContract:
    return contract_parse(contract_read(STANDARD))


def standard_rules() -> tuple[Rule, ...]:
    return tuple(Rule.model_validate(rule) for rule in rules_read(STANDARD))


def base_case(**changes: Any) -> dict[str, Any]:
    """A case that the shipped strategy approves, with changes."""
    case: dict[str, Any] = document_read(STANDARD, "base_case")
    return case | changes


def column(name: str) -> dict[str, str]:
    return {"id": name, "name": name, "field": name}


SMALL_CONTRACT: dict[str, Any] = {
    "version": "small.1",
    "subject": "case",
    "inputs": [
        {"name": "age", "type": "integer", "minimum": 0, "maximum": 130, "words": {"zh": "年龄", "en": "Age"}},
        {
            "name": "score",
            "type": "integer",
            "minimum": 0,
            "maximum": 1000,
            "missing": "refer",
            "words": {"zh": "评分", "en": "Score"},
        },
        {
            "name": "kind",
            "type": "enum",
            "choices": {"new": {"zh": "新", "en": "new"}, "used": {"zh": "旧", "en": "used"}},
            "words": {"zh": "类别", "en": "Kind"},
        },
    ],
    "results": [
        {"name": "limit", "type": "money", "minimum": 0, "maximum": 1000000, "words": {"zh": "额度", "en": "Limit"}}
    ],
}
SMALL_RULES: list[dict[str, Any]] = [
    {
        "code": "K01",
        "severity": "knock_out",
        "reason": "R07",
        "owner": "risk",
        "unit": "number",
        "name": {"zh": "未成年", "en": "Under age"},
        "explanation": {"zh": "{actual} 岁，未满 {limit} 岁", "en": "{actual} years old; at least {limit}"},
    },
    {
        "code": "F01",
        "severity": "refer",
        "reason": "R09",
        "owner": "risk",
        "unit": "number",
        "name": {"zh": "低分", "en": "Low score"},
        "explanation": {"zh": "评分 {actual}", "en": "Score {actual}"},
    },
]


def small_graph() -> dict[str, Any]:
    """request -> rules -> counts -> outcome -> response."""
    rules = {
        "hitPolicy": "collect",
        "passThrough": True,
        "outputPath": "hits",
        "inputs": [{"id": "when", "name": "when"}],
        "outputs": [column(key) for key in ("code", "severity", "actual", "limit")],
        "rules": [
            {
                "_id": "1",
                "when": "age < 18",
                "code": "'K01'",
                "severity": "'knock_out'",
                "actual": "age",
                "limit": "18",
            },
            {
                "_id": "2",
                "when": "score != null and score < 500",
                "code": "'F01'",
                "severity": "'refer'",
                "actual": "score",
                "limit": "null",
            },
        ],
    }
    counts = {
        "passThrough": True,
        "expressions": [
            {"id": "a", "key": "knock_outs", "value": "count(hits, #.severity == 'knock_out')"},
            {"id": "b", "key": "refers", "value": "count(hits, #.severity == 'refer')"},
            {"id": "c", "key": "limit", "value": "age * 10"},
            {"id": "d", "key": "share", "value": "1000 / age"},
        ],
    }
    outcome = {
        "hitPolicy": "first",
        "passThrough": True,
        "inputs": [column("knock_outs"), column("refers")],
        "outputs": [column("outcome")],
        "rules": [
            {"_id": "1", "knock_outs": "> 0", "refers": "", "outcome": "'decline'"},
            {"_id": "2", "knock_outs": "", "refers": "> 0", "outcome": "'refer'"},
            {"_id": "3", "knock_outs": "0", "refers": "0", "outcome": "'approve'"},
            {"_id": "4", "knock_outs": "", "refers": "", "outcome": "'refer'"},
        ],
    }
    nodes = [
        ("request", "inputNode", {}),
        ("rules", "decisionTableNode", rules),
        ("counts", "expressionNode", counts),
        ("outcome", "decisionTableNode", outcome),
        ("response", "outputNode", {}),
    ]
    names = [name for name, _, _ in nodes]
    return {
        "nodes": [
            {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}, "content": content}
            for name, kind, content in nodes
        ],
        "edges": [{"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b} for a, b in pairwise(names)],
    }


def small_parts() -> tuple[InputContract, tuple[Rule, ...]]:
    return contract_parse(SMALL_CONTRACT), tuple(Rule.model_validate(rule) for rule in SMALL_RULES)


def small_compiled(graph: dict[str, Any] | None = None) -> tuple[Compiled | None, list[str]]:
    """The small strategy compiled, and the codes of the findings."""
    compiled, findings = compile_graph(graph or small_graph(), *small_parts())
    return compiled, [finding.code for finding in findings]


def small_live(evaluator: Any = None, *, is_traced: bool = False) -> LiveStrategy:
    """The small strategy, with the real engine or another in its place; ``is_traced`` as if its response did not tell
    everything."""
    contract, rules = small_parts()
    compiled, findings = small_compiled()
    assert compiled is not None, findings
    assert compiled.is_told_whole
    compiled = replace(compiled, is_told_whole=not is_traced)
    by_code = {rule.code: rule for rule in rules}
    return LiveStrategy(contract, by_code, compiled, evaluator or ZenEvaluator(small_graph()))


def content_of(graph: dict[str, Any], node: str) -> dict[str, Any]:
    """The content of a graph's node, to be changed in place."""
    return next(part["content"] for part in graph["nodes"] if part["id"] == node)


def answering(change: Any) -> Any:
    """An evaluator that lets the real engine answer and then changes what it said."""

    def evaluate(inputs: Any, deadline_seconds: float, *, is_traced: bool) -> Answer:
        answer = ZenEvaluator(small_graph())(inputs, deadline_seconds, is_traced=is_traced)
        result, trace = copy.deepcopy(answer.result), copy.deepcopy(answer.trace)
        change(result, *([trace] if is_traced else []))
        return Answer(result, trace)

    return evaluate


SMALL_CASES: list[dict[str, Any]] = [
    {"name": "good", "inputs": {"age": 30, "score": 700, "kind": "new"}, "outcome": "approve"},
    {"name": "young", "inputs": {"age": 17, "score": 700, "kind": "new"}, "outcome": "decline", "rules": ["K01"]},
    {"name": "low", "inputs": {"age": 30, "score": 499, "kind": "new"}, "outcome": "refer", "rules": ["F01"]},
]

PRICED: dict[str, Any] = {
    "contract": SMALL_CONTRACT
    | {
        "version": "priced.1",
        "inputs": [
            *SMALL_CONTRACT["inputs"],
            *(
                {
                    "name": name,
                    "type": "text",
                    "pattern": ".{1,60}",
                    "max_length": 60,
                    "words": {"zh": name, "en": name},
                }
                for name in ("region_code", "dealer_grade", "vehicle_series")
            ),
        ],
        "policy": [
            {"name": name, "type": "integer", "minimum": 0, "maximum": 1000, "words": {"zh": zh, "en": name}}
            for name, zh in (("age_least", "最低年龄"), ("score_least", "最低评分"))
        ]
        + [{"name": "ltv_most", "type": "rate", "minimum": 0, "maximum": 1, "words": {"zh": "成数上限", "en": "LTV"}}],
    },
    "rules": SMALL_RULES,
    "policy": {
        "scenarios": [
            {"code": "used_car", "parent": "cars", "name": {"zh": "二手车", "en": "Used"}, "when": {"kind": ["used"]}},
            {"code": "cars", "name": {"zh": "全部", "en": "All"}},
        ],
        "values": [
            {"parameter": "age_least", "value": 18},
            {"parameter": "score_least", "value": 500},
            {"parameter": "score_least", "scenario": "used_car", "value": 550},
            {"parameter": "ltv_most", "value": "0.7"},
        ],
    },
}
"""A strategy that reads policy values and knows two scenarios: contract, rules, scenarios and values."""
PRICED_CASE = {
    "age": 30,
    "score": 700,
    "kind": "new",
    "region_code": "330106",
    "dealer_grade": "A",
    "vehicle_series": "大众/朗逸",
}
PRICED_CASES: list[dict[str, Any]] = [
    {"name": "good", "inputs": PRICED_CASE, "outcome": "approve"},
    {"name": "young", "like": "good", "inputs": {"age": 17}, "outcome": "decline", "rules": ["K01"]},
    {"name": "low", "like": "good", "inputs": {"score": 499}, "outcome": "refer", "rules": ["F01"]},
    {"name": "used", "like": "good", "inputs": {"score": 549, "kind": "used"}, "outcome": "refer", "rules": ["F01"]},
]


def priced_graph() -> dict[str, Any]:
    """The small graph with its limits read from the policy."""
    graph = small_graph()
    young, low = content_of(graph, "rules")["rules"]
    young |= {"when": "age < policy.age_least", "limit": "policy.age_least"}
    low["when"] = "score != null and score < policy.score_least"
    return graph


def priced_content() -> dict[str, Any]:
    """Everything that a version of it consists of."""
    return PRICED | {"graph": priced_graph(), "cases": PRICED_CASES}


SCORED_CONTRACT: dict[str, Any] = SMALL_CONTRACT | {
    "version": "scored.1",
    "inputs": [
        *(part for part in SMALL_CONTRACT["inputs"] if part["name"] != "score"),
        {
            "name": "income_fen",
            "type": "money",
            "unit": "fen",
            "minimum": 0,
            "maximum": 10**9,
            "missing": "not_applicable",
            "missing_when": "kind == 'used'",
            "words": {"zh": "月收入", "en": "Income"},
        },
    ],
    "scorecard": {
        "code": "small_card",
        "needs": [
            {"name": "youth", "words": {"zh": "年轻程度", "en": "Youth"}, "value": "100 / age", "unit": "percent"},
            {
                "name": "income",
                "words": {"zh": "月收入（元）", "en": "Income (CNY)"},
                "value": "income_fen == null ? null : income_fen / 100",
                "unit": "yuan",
                "missing": "bin",
            },
            {"name": "kind", "words": {"zh": "新旧", "en": "New or used"}, "value": "kind"},
        ],
    },
}
"""The small strategy with its score from a scorecard of three characteristics."""
SCORED_CASE = {"age": 40, "kind": "new", "income_fen": 900_000}
SCORED_CASES: list[dict[str, Any]] = [
    {"name": "good", "inputs": SCORED_CASE, "score": 620, "outcome": "approve", "results": {"score": 620}},
    {"name": "young", "like": "good", "inputs": {"age": 17}, "outcome": "decline", "rules": ["K01"]},
    {"name": "low", "like": "good", "inputs": {}, "score": 499, "outcome": "refer", "rules": ["F01"]},
]


def scored_graph() -> dict[str, Any]:
    """The small graph; its score is never null."""
    graph = small_graph()
    content_of(graph, "rules")["rules"][1]["when"] = "score < 500"
    return graph


def scored_live() -> LiveStrategy:
    """The strategy that reads a scorecard, compiled."""
    contract, rules = contract_parse(SCORED_CONTRACT), small_parts()[1]
    compiled, findings = compile_graph(scored_graph(), contract, rules)
    assert compiled is not None, findings
    return LiveStrategy(contract, {rule.code: rule for rule in rules}, compiled, ZenEvaluator(scored_graph()))
