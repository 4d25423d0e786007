"""Reading a strategy folder's tables into a contract, a rule catalogue and golden cases."""

import csv
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
Row = dict[str, str]


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
    characteristics = dict.fromkeys(row["characteristic"] for row in table_read(strategy, "scorecard"))
    return {
        "version": about["contract_version"],
        "subject": about["subject"],
        "inputs": [_field(row, choices) for row in table_read(strategy, "inputs")],
        "results": [_field(row, choices) for row in table_read(strategy, "results")],
        "characteristics": list(characteristics),
    }


def rules_read(strategy: str) -> list[dict[str, Any]]:
    """The rule catalogue as JSON data."""
    return [_rule(row) for row in table_read(strategy, "rules")]


def cases_read(strategy: str) -> list[dict[str, Any]]:
    """Golden cases: the base case with each row's changes (``name=value; name=value``, values as JSON)."""
    base = document_read(strategy, "base_case")
    return [_case(row, base) for row in table_read(strategy, "cases")]


def _choices(rows: Sequence[Row]) -> dict[str, dict[str, dict[str, str]]]:
    choices: dict[str, dict[str, dict[str, str]]] = {}
    for row in rows:
        choices.setdefault(row["field"], {})[row["value"]] = {"zh": row["zh"], "en": row["en"]}
    return choices


def _field(row: Row, choices: dict[str, dict[str, dict[str, str]]]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": row["name"], "type": row["type"], "words": {"zh": row["zh"], "en": row["en"]}}
    for key in ("unit", "minimum", "maximum", "pattern", "missing", "missing_when"):
        if row[key]:
            field[key] = row[key]
    if row["type"] == "text":
        field["max_length"] = 60
    if row["type"] == "enum":
        field["choices"] = choices[row["name"]]
    return field


def _rule(row: Row) -> dict[str, Any]:
    rule: dict[str, Any] = {key: row[key] for key in ("code", "severity", "reason", "owner", "unit", "field")}
    rule["name"] = {"zh": row["name_zh"], "en": row["name_en"]}
    rule["explanation"] = {"zh": row["zh"], "en": row["en"]}
    return rule


def _case(row: Row, base: dict[str, Any]) -> dict[str, Any]:
    changes = [change.partition("=") for change in row["changes"].split(";") if change.strip()]
    inputs = base | {name.strip(): json.loads(value) for name, _, value in changes}
    results = [fact.partition("=") for fact in row["results"].split(";") if fact.strip()]
    return {
        "name": row["name"],
        "inputs": inputs,
        "outcome": row["outcome"],
        "rules": row["rules"].split(),
        "faults": row["faults"].split(),
        "results": {name.strip(): json.loads(value) for name, _, value in results},
    }
