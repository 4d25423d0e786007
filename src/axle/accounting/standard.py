"""The standard chart and posting rules, as the data files hold them.

``chart.csv`` is the one place that writes down the code of an account with a part to play (``role``): the posting
rules, the controls and the comparison with the bank name the part.
"""

import csv
import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from axle.accounting.domain.rules import RuleBody
from axle.accounting.domain.statements import StatementBody
from axle.ledger.public import AccountDraft

_DATA = files("axle.accounting") / "data"


def account_of(role: str) -> str:
    """The code of the standard account that plays a part: bank, principal, suspense … Errors: KeyError."""
    return _roles()[role]


def chart_drafts() -> Iterator[AccountDraft]:
    """The standard chart of accounts (``chart.csv``)."""
    for row in _chart():
        yield AccountDraft(**{name: value for name, value in row.items() if name != "role"})


def rule_bodies() -> dict[str, RuleBody]:
    """The standard posting rules by event kind (``posting_rules.json``), parts replaced by their accounts."""
    stored = json.loads((_DATA / "posting_rules.json").read_text(encoding="utf-8"))
    return {kind: RuleBody.model_validate(_with_codes(body)) for kind, body in stored.items()}


def statement_bodies() -> dict[str, tuple[str, str, StatementBody]]:
    """The standard statements by code (``statements.json``): their names in Chinese and English, and their rows."""
    stored = json.loads((_DATA / "statements.json").read_text(encoding="utf-8"))
    return {
        code: (body.pop("name_zh"), body.pop("name_en"), StatementBody.model_validate(body))
        for code, body in stored.items()
    }


def _with_codes(body: dict[str, Any]) -> dict[str, Any]:
    lines = [line | {"account": _roles().get(line["account"], line["account"])} for line in body["lines"]]
    return body | {"lines": lines}


@cache
def _roles() -> dict[str, str]:
    return {row["role"]: row["code"] for row in _chart() if row["role"]}


@cache
def _chart() -> tuple[dict[str, str], ...]:
    with (_DATA / "chart.csv").open(encoding="utf-8") as rows:
        return tuple(csv.DictReader(rows))
