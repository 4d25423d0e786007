"""Set an institution's books up: chart of accounts and posting rules from the data files."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

from axle.accounting.domain.rules import RuleBody
from axle.accounting.models import PostingRule
from axle.accounting.services.posting_rule_activate import posting_rule_activate
from axle.accounting.services.posting_rule_create import posting_rule_create
from axle.ledger.public import AccountDraft, chart_load
from axle.platform.public import Actor

_DATA = files("axle.accounting") / "data"


def books_prepare(*, actor: Actor, effective_from: date) -> tuple[int, int]:
    """Load the shared chart and activate the standard posting rules from a date; what is there stays.

    Gives the numbers of accounts and rules added. Legal entities must exist already: a rule is tried on each.
    """
    return chart_load(chart_drafts()), _rules_load(actor, effective_from)


def chart_drafts() -> Iterator[AccountDraft]:
    """The chart of accounts of the data file (``chart.csv``)."""
    with (_DATA / "chart.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            yield AccountDraft(**row)


def rule_bodies() -> dict[str, RuleBody]:
    """The standard posting rules of the data file, by event kind (``posting_rules.json``)."""
    stored = json.loads((_DATA / "posting_rules.json").read_text(encoding="utf-8"))
    return {kind: RuleBody.model_validate(body) for kind, body in stored.items()}


def _rules_load(actor: Actor, effective_from: date) -> int:
    known = set(PostingRule.objects.filter(legal_entity=None).values_list("kind", flat=True))
    missing = {kind: body for kind, body in rule_bodies().items() if kind not in known}
    for kind, body in missing.items():
        rule = posting_rule_create(actor=actor, kind=kind, body=body)
        posting_rule_activate(actor=actor, rule_id=rule.pk, effective_from=effective_from)
    return len(missing)
