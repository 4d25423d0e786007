"""The standard strategy with a scorecard in place of its own score tables, for measuring the stage "score"."""

from itertools import pairwise
from typing import Any

from axle.decisioning.domain.compiler import compile_graph
from axle.decisioning.domain.contract import contract_parse
from axle.decisioning.domain.engine import ZenEvaluator
from axle.decisioning.domain.evaluation import LiveStrategy
from axle.decisioning.domain.policy import Resolver
from axle.decisioning.domain.score_stage import Scorer, Told
from axle.decisioning.live import policy_parse, rules_parse
from axle.decisioning.models import StrategyContent
from axle.scoring.domain.card import Card, card_parse
from axle.scoring.public import ScorecardInForce

_TABLES = ("scorecard", "score")
_WORDS = {"zh": "评分项", "en": "Characteristic"}
_NUMBERS: dict[str, tuple[str, tuple[float, ...]]] = {
    "bureau_score": ("bureau_score", (600, 660, 720, 780)),
    "dsr": ("(monthly_debt_fen + instalment_fen) / monthly_income_fen", (0.2, 0.35, 0.5)),
    "ltv": ("loan_amount_fen / vehicle_price_fen", (0.5, 0.7, 0.85, 1)),
    "employment_months": ("employment_months", (6, 24, 60)),
    "phone_tenure_months": ("phone_tenure_months", (12, 36)),
    "hard_queries_3m": ("bureau_hard_queries_3m", (1, 3, 6)),
    "overdue_months_24m": ("bureau_overdue_months_24m", (1, 3)),
    "term_months": ("term_months", (25, 37, 49)),
}
_CATEGORIES = {"vehicle_kind": ("new",), "residence_kind": ("owned", "mortgaged", "family")}


def scored_strategy(content: StrategyContent) -> LiveStrategy:
    """The strategy of a version, its score tables left out and a scorecard read instead."""
    contract = contract_parse({**content.contract, "characteristics": [], "scorecard": _stage()})
    rules, graph = rules_parse(content.rules), _without_tables(content.graph)
    scenarios, values = policy_parse(content.policy)
    compiled, findings = compile_graph(graph, contract, rules, scenarios)
    if compiled is None:
        raise RuntimeError(str(findings[0]))
    by_code = {rule.code: rule for rule in rules}
    return LiveStrategy(contract, by_code, compiled, ZenEvaluator(graph), scenarios, Resolver(values))


def scorer() -> Scorer:
    """A points table of ten characteristics; which points it gives does not matter to the time."""
    table = ScorecardInForce("bench", 0, 1, _card())

    def score(case: Told) -> dict[str, Any]:
        return table.score(case).stored()

    return score


def _without_tables(graph: dict[str, Any]) -> dict[str, Any]:
    """The graph with the arrow into the first of the tables led to what the last one leads to."""
    first, last = _TABLES
    source = next(edge["sourceId"] for edge in graph["edges"] if edge["targetId"] == first)
    target = next(edge["targetId"] for edge in graph["edges"] if edge["sourceId"] == last)
    edges = [edge for edge in graph["edges"] if not {edge["sourceId"], edge["targetId"]} & set(_TABLES)]
    edges.append({"id": "past-score", "type": "edge", "sourceId": source, "targetId": target})
    return {**graph, "nodes": [node for node in graph["nodes"] if node["id"] not in _TABLES], "edges": edges}


def _stage() -> dict[str, Any]:
    told = {name: value for name, (value, _) in _NUMBERS.items()} | {name: name for name in _CATEGORIES}
    needs = [{"name": name, "words": _WORDS, "value": value, "missing": "bin"} for name, value in told.items()]
    return {"code": "bench", "needs": needs}


def _card() -> Card:
    numbers = [_characteristic(name, "number", _spans(cuts)) for name, (_, cuts) in _NUMBERS.items()]
    categories = [_characteristic(name, "category", _groups(values)) for name, values in _CATEGORIES.items()]
    scale = {"pdo": 20.0, "base_score": 600.0, "base_odds": 50.0, "intercept": 0.0}
    return card_parse({**scale, "characteristics": numbers + categories})


def _characteristic(name: str, kind: str, bins: list[dict[str, Any]]) -> dict[str, Any]:
    counted = [{**one, "good": 1, "bad": 1, "weight": 0.0, "points": 60 + place} for place, one in enumerate(bins)]
    about = {"name": name, "zh": name, "en": name, "reason_code": "R09", "coefficient": 1.0, "information": 0.1}
    return {**about, "kind": kind, "bins": counted}


def _spans(cuts: tuple[float, ...]) -> list[dict[str, Any]]:
    spans = pairwise([None, *cuts, None])
    return [{"lower": low, "upper": high} for low, high in spans] + [{"is_missing": True}]


def _groups(values: tuple[str, ...]) -> list[dict[str, Any]]:
    return [*({"values": [value]} for value in values), {"is_other": True}, {"is_missing": True}]
