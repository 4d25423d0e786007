"""Set an institution's books up: chart of accounts and posting rules from the data files."""

from datetime import date

from axle.accounting.models import PostingRule
from axle.accounting.services.posting_rule_activate import posting_rule_activate
from axle.accounting.services.posting_rule_create import posting_rule_create
from axle.accounting.standard import chart_drafts, rule_bodies
from axle.ledger.public import chart_load
from axle.platform.public import Actor


def books_prepare(*, actor: Actor, effective_from: date) -> tuple[int, int]:
    """Load the shared chart and activate the standard posting rules from a date; what is there stays.

    Gives the numbers of accounts and rules added. Legal entities must exist already: a rule is tried on each.
    """
    return chart_load(chart_drafts()), _rules_load(actor, effective_from)


def _rules_load(actor: Actor, effective_from: date) -> int:
    known = set(PostingRule.objects.filter(legal_entity=None).values_list("kind", flat=True))
    missing = {kind: body for kind, body in rule_bodies().items() if kind not in known}
    for kind, body in missing.items():
        rule = posting_rule_create(actor=actor, kind=kind, body=body)
        posting_rule_activate(actor=actor, rule_id=rule.pk, effective_from=effective_from)
    return len(missing)
