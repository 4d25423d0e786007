"""Set an institution's books up: chart of accounts and posting rules from the data files."""

from datetime import date

from axle.accounting.models import PostingRule, Statement
from axle.accounting.services.posting_rule_activate import posting_rule_activate
from axle.accounting.services.posting_rule_create import posting_rule_create
from axle.accounting.services.statement_version_draft import statement_version_activate, statement_version_draft
from axle.accounting.standard import chart_drafts, rule_bodies, statement_bodies
from axle.ledger.public import chart_load
from axle.platform.public import Actor, created


def books_prepare(*, actor: Actor, effective_from: date) -> tuple[int, int]:
    """Load the shared chart and activate the standard posting rules and statements from a date; what is there stays.

    Gives the numbers of accounts and rules added. Legal entities must exist already: a rule is tried on each.
    """
    accounts = chart_load(chart_drafts())
    _statements_load(actor, effective_from)
    return accounts, _rules_load(actor, effective_from)


def _statements_load(actor: Actor, effective_from: date) -> None:
    known = set(Statement.objects.values_list("code", flat=True))
    for code, (name_zh, name_en, body) in statement_bodies().items():
        if code not in known:
            created(Statement.objects.create(code=code, name_zh=name_zh, name_en=name_en))
            version = statement_version_draft(actor=actor, code=code, body=body)
            dates = {"effective_from": effective_from, "business_on": effective_from}
            statement_version_activate(actor=actor, version_id=version.pk, **dates)


def _rules_load(actor: Actor, effective_from: date) -> int:
    known = set(PostingRule.objects.filter(legal_entity=None).values_list("kind", flat=True))
    missing = {kind: body for kind, body in rule_bodies().items() if kind not in known}
    for kind, body in missing.items():
        rule = posting_rule_create(actor=actor, kind=kind, body=body)
        posting_rule_activate(actor=actor, rule_id=rule.pk, effective_from=effective_from)
    return len(missing)
