"""Reading a strategy folder's tables into a contract, a rule catalogue, scenarios and policy values."""

import csv
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from axle.decisioning.strategies.signals import Row, signal_rule

FOLDER = Path(__file__).parent


@lru_cache(maxsize=128)
def _text(strategy: str, name: str) -> str:
    return (FOLDER / strategy / name).read_text(encoding="utf-8")


def table_read(strategy: str, name: str) -> list[Row]:
    """The rows of ``<strategy>/<name>.csv``, header as keys."""
    return list(csv.DictReader(_text(strategy, f"{name}.csv").splitlines()))


def document_read(strategy: str, name: str) -> Any:
    """``<strategy>/<name>.json``."""
    return json.loads(_text(strategy, f"{name}.json"))


def contract_read(strategy: str) -> dict[str, Any]:
    """The input and result contract as JSON data."""
    about = document_read(strategy, "strategy")
    choices = _choices(table_read(strategy, "choices"))
    choices["scenario"] = {row["code"]: _words(row) for row in _rows(strategy, "scenarios") if not row["is_group"]}
    characteristics = dict.fromkeys(row["characteristic"] for row in table_read(strategy, "scorecard"))
    return {
        "version": about["contract_version"],
        "subject": about["subject"],
        "inputs": [_field(row, choices) for row in table_read(strategy, "inputs")],
        "policy": [_field(row, {}) for row in _rows(strategy, "policy")],
        "results": [_field(row, choices) for row in table_read(strategy, "results")],
        "characteristics": list(characteristics),
    }


def rules_read(strategy: str) -> list[dict[str, Any]]:
    """The rule catalogue as JSON data."""
    demands = {row["code"]: row["demands"] for row in _rows(strategy, "demands")}
    return [
        _rule(row) | ({"demands": demands[row["code"]]} if row["code"] in demands else {})
        for row in rule_rows(strategy)
    ]


def rule_rows(strategy: str) -> list[Row]:
    """Every rule with its condition: those of ``rules``, and those that ``signals`` tells by field, test and limit."""
    if not has_table(strategy, "signals"):
        return table_read(strategy, "rules")
    fields = {row["name"]: row for row in table_read(strategy, "inputs")}
    signals = [signal_rule(row, fields[row["field"]]) for row in table_read(strategy, "signals")]
    return [*table_read(strategy, "rules"), *signals]


def policy_read(strategy: str) -> dict[str, Any]:
    """The scenarios, and the policy values that ship with a strategy, as JSON data."""
    scenarios = [_scenario(row) for row in _rows(strategy, "scenarios")]
    kinds = {row["name"]: row["type"] for row in _rows(strategy, "policy")}
    values = [_value(row, kinds[row["parameter"]]) for row in _rows(strategy, "policy_values")]
    return {"scenarios": scenarios, "values": values} if scenarios or values else {}


def formulas_read(strategy: str) -> list[Row]:
    """The formulas that ship with a strategy."""
    return _rows(strategy, "formulas")


def changes_read(text: str) -> dict[str, Any]:
    """``name=value; name=value`` with values as JSON."""
    changes = [change.partition("=") for change in text.split(";") if change.strip()]
    return {name.strip(): json.loads(value) for name, _, value in changes}


def has_table(strategy: str, name: str) -> bool:
    """Whether a strategy tells this."""
    return (FOLDER / strategy / f"{name}.csv").exists()


def _rows(strategy: str, name: str) -> list[Row]:
    return table_read(strategy, name) if has_table(strategy, name) else []


def _words(row: Row) -> dict[str, str]:
    return {"zh": row["zh"], "en": row["en"]}


def _scenario(row: Row) -> dict[str, Any]:
    scenario: dict[str, Any] = {"code": row["code"], "name": _words(row), "is_group": row["is_group"] == "1"}
    if row["parent"]:
        scenario["parent"] = row["parent"]
    conditions = [part.partition("=") for part in row["when"].split("&") if part]
    return scenario | {"when": {name: _accepted(accepted) for name, _, accepted in conditions}}


def _accepted(text: str) -> Any:
    if ".." in text:
        low, _, high = text.partition("..")
        return {"minimum": int(low) if low else None, "maximum": int(high) if high else None}
    return [{"true": True, "false": False}.get(part, part) for part in text.split(",")]


def _value(row: Row, kind: str) -> dict[str, Any]:
    value: Any = row["value"]
    if kind in ("integer", "money"):
        value = int(value)
    elif kind == "bool":
        value = value == "true"
    return {"parameter": row["parameter"], "value": value} | ({"scenario": row["scenario"]} if row["scenario"] else {})


def _choices(rows: Sequence[Row]) -> dict[str, dict[str, dict[str, str]]]:
    choices: dict[str, dict[str, dict[str, str]]] = {}
    for row in rows:
        choices.setdefault(row["field"], {})[row["value"]] = {"zh": row["zh"], "en": row["en"]}
    return choices


def _field(row: Row, choices: dict[str, dict[str, dict[str, str]]]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": row["name"], "type": row["type"], "words": _words(row)}
    for key in ("unit", "minimum", "maximum", "pattern", "missing", "missing_when"):
        if row.get(key):
            field[key] = row[key]
    if row["type"] == "text":
        field["max_length"] = 60
    if row["type"] == "enum":
        field["choices"] = choices[row["name"]]
    if row["type"] == "list":
        item = {"name": row["name"], "type": "enum", "words": _words(row), "choices": choices[row["name"]]}
        field |= {"items": item, "max_items": len(choices[row["name"]])}
    return field


def _rule(row: Row) -> dict[str, Any]:
    rule: dict[str, Any] = {key: row[key] for key in ("code", "severity", "reason", "owner", "unit", "field")}
    rule |= {key: row[key] for key in ("check", "scenario") if row.get(key)}
    rule["name"] = {"zh": row["name_zh"], "en": row["name_en"]}
    rule["explanation"] = {"zh": row["zh"], "en": row["en"]}
    return rule
