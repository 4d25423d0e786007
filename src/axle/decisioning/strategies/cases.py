"""The golden cases of a strategy folder: those that are written down, and those that follow from its tables.

Every scenario gets a case that belongs to it; every signal gets a case, like that of its scenario, that it just fires
on, one for each of its choices, and one right at its limit that it leaves alone.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from axle.decisioning.domain.canonical import rate_text
from axle.decisioning.domain.policy import Resolver, place_of, values_parse
from axle.decisioning.domain.scenarios import ScenarioTree
from axle.decisioning.strategies.signals import Row
from axle.decisioning.strategies.tables import changes_read, document_read, has_table, policy_read, table_read

Case = dict[str, Any]
_REVIEW, _RULE_OF_REVIEW = "is_review_required", "F34"
_STEP = {"integer": Decimal(1), "money": Decimal(1), "rate": Decimal("0.0001")}
_OUTCOMES = {"knock_out": "decline", "refer": "refer"}


def cases_read(strategy: str) -> list[Case]:
    """Every golden case as JSON data; one ``like`` another names it and tells what differs."""
    base = document_read(strategy, "base_case")
    rows = table_read(strategy, "cases")
    written = [_written(row, base if number == 0 else {}, rows[0]["name"]) for number, row in enumerate(rows)]
    return [*written, *_Generated(strategy, rows[0]["name"]).cases()] if has_table(strategy, "signals") else written


def _written(row: Row, base: Case, like: str) -> Case:
    case = {
        "name": row["name"],
        "inputs": base | changes_read(row["changes"]),
        "outcome": row["outcome"],
        "rules": row["rules"].split(),
        "faults": row["faults"].split(),
        "results": changes_read(row["results"]),
    }
    return case if base else case | {"like": like}


class _Generated:
    """Cases that follow from scenarios and signals."""

    def __init__(self, strategy: str, like: str) -> None:
        self._like = like
        self._base = document_read(strategy, "base_case")
        self._fields = {row["name"]: row for row in table_read(strategy, "inputs")}
        self._scenarios = table_read(strategy, "scenarios")
        self._signals = table_read(strategy, "signals")
        policy = policy_read(strategy)
        self._tree = ScenarioTree.model_validate({"scenarios": policy["scenarios"]})
        self._resolver = Resolver(values_parse(policy["values"]))

    def cases(self) -> Iterator[Case]:
        for row in self._scenarios:
            if not row["is_group"]:
                changes = changes_read(row["case"])
                yield self._case(_scenario_name(row), self._like, changes, row["code"], "", {"scenario": row["code"]})
        for row in self._signals:
            yield from self._signal_cases(row)

    def _signal_cases(self, row: Row) -> Iterator[Case]:
        code = self._representative(row["scenario"])
        like = next((_scenario_name(one) for one in self._scenarios if one["code"] == code), self._like)
        for value in self._fired_by(row, code):
            shown = f" {value}" if row["test"] == "among" else ""
            name = f"{row['code']} {row['name_zh']}{shown}"
            yield self._case(name, like, {row["field"]: value}, code, row["code"], {})
        if row["test"] in ("over", "under", "at_least"):
            value = self._number(row, code, row["limit"], 0 if row["test"] != "at_least" else -1)
            if value is not None:
                yield self._case(f"{row['code']} 临界", like, {row["field"]: value}, code, self._milder(row), {})

    def _case(self, name: str, like: str, inputs: Case, scenario: str, rule: str, results: Case) -> Case:
        """A case that fires on a rule, or on none but the review that its scenario asks for."""
        rules = [_RULE_OF_REVIEW] if self._policy(scenario)[_REVIEW] else []
        severities = {row["code"]: row["severity"] for row in self._signals}
        rules += [rule] if rule else []
        outcome = "refer" if any(severities.get(code, "refer") == "refer" for code in rules) else "approve"
        if rule and severities[rule] == "knock_out":
            outcome = "decline"
        return {"name": name, "like": like, "inputs": inputs, "outcome": outcome, "rules": rules, "results": results}

    def _milder(self, row: Row) -> str:
        """The rule of the same signal and business that ends where this one begins."""
        same = ((one["field"], one["scenario"], one["upto"]) for one in self._signals)
        wanted = (row["field"], row["scenario"], row["limit"])
        return next((one["code"] for one, key in zip(self._signals, same, strict=True) if key == wanted), "")

    def _fired_by(self, row: Row, scenario: str) -> list[Any]:
        match row["test"]:
            case "is":
                return [True]
            case "is_not":
                return [False]
            case "among":
                return list(row["limit"].split(","))
        return [self._number(row, scenario, row["limit"], {"over": 1, "under": -1, "at_least": 0}[row["test"]])]

    def _number(self, row: Row, scenario: str, limit: str, steps: int) -> Any:
        """The limit, or so many steps beside it; None when the field cannot hold that."""
        field = self._fields[row["field"]]
        value = Decimal(str(self._policy(scenario)[limit])) + steps * _STEP[field["type"]]
        if not Decimal(field["minimum"]) <= value <= Decimal(field["maximum"]):
            return None
        return rate_text(value) if field["type"] == "rate" else int(value)

    def _policy(self, scenario: str) -> Mapping[str, Any]:
        path = self._tree.paths[scenario] if scenario else self._tree.path(self._base)
        return self._resolver.resolve(place_of(self._base, path))

    def _representative(self, scenario: str) -> str:
        """A scenario that cases can have at or below another; nothing stands for that of the base case."""
        if not scenario:
            return ""
        below = (code for code, path in self._tree.paths.items() if scenario in path)
        return (
            scenario
            if not self._tree.by_code[scenario].is_group
            else next(code for code in below if not self._tree.by_code[code].is_group)
        )


def _scenario_name(row: Row) -> str:
    return f"场景 {row['zh']}"
