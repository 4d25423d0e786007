"""Give an installation its first books."""

from datetime import date

from axle.accounting.domain.rules import RuleBody
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
    for code in statements_missing():
        statement_add(actor=actor, code=code, effective_from=effective_from)
    missing = rules_missing()
    for kind, body in missing.items():
        rule_add(actor=actor, kind=kind, body=body, effective_from=effective_from)
    return accounts, len(missing)


def statements_missing() -> list[str]:
    """The standard statements that are not there."""
    known = set(Statement.objects.values_list("code", flat=True))
    return [code for code in statement_bodies() if code not in known]


def statement_add(*, actor: Actor, code: str, effective_from: date) -> None:
    """Add a standard statement. Errors: those of its activation."""
    name_zh, name_en, body = statement_bodies()[code]
    created(Statement.objects.create(code=code, name_zh=name_zh, name_en=name_en))
    version = statement_version_draft(actor=actor, code=code, body=body)
    dates = {"effective_from": effective_from, "business_on": effective_from}
    statement_version_activate(actor=actor, version_id=version.pk, **dates)


def rules_missing() -> dict[str, RuleBody]:
    """The standard rules of kinds that have no common one."""
    known = set(PostingRule.objects.filter(legal_entity=None).values_list("kind", flat=True))
    return {kind: body for kind, body in rule_bodies().items() if kind not in known}


def rule_add(*, actor: Actor, kind: str, body: RuleBody, effective_from: date) -> PostingRule:
    """Add a standard rule. Errors: those of its activation."""
    rule = posting_rule_create(actor=actor, kind=kind, body=body)
    return posting_rule_activate(actor=actor, rule_id=rule.pk, effective_from=effective_from)
