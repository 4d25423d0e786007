"""Put a version of a posting rule into force."""

from datetime import date

from django.utils import timezone

from axle.accounting.domain.rules import RuleBody, rule_try
from axle.accounting.errors import RuleDateTaken, RuleVersionNotDraft
from axle.accounting.models import PostingRule, RuleState
from axle.accounting.selectors.rule_checks import rule_companies, rule_require
from axle.accounting.selectors.rules import rates_for, rule_body
from axle.platform.errors import NotFound
from axle.platform.public import Actor, track


def posting_rule_activate(*, actor: Actor, rule_id: int, effective_from: date) -> PostingRule:
    """Activate a draft from a date on, after it has balanced on each of its sample events.

    Errors: RuleVersionNotDraft, RuleDateTaken, RuleDoesNotBalance, SampleMissing, AmountUnknown,
    AmountNegative, AccountUnknown, AccountNotPostable, CashItemMissing.
    """
    rule = PostingRule.objects.select_for_update().filter(pk=rule_id).first()
    if rule is None:
        raise NotFound(field="rule_id", what="posting_rule")
    if rule.state != RuleState.DRAFT:
        raise RuleVersionNotDraft(version=rule.version)
    _refuse_taken_date(rule, effective_from)
    _try_out(rule, rule_body(rule), effective_from)
    track(rule)
    rule.state, rule.effective_from = RuleState.ACTIVE, effective_from
    rule.activated_by, rule.activated_at = actor.name, timezone.now()
    rule.save()
    return rule


def _refuse_taken_date(rule: PostingRule, effective_from: date) -> None:
    active = PostingRule.objects.filter(kind=rule.kind, legal_entity_id=rule.legal_entity_id, state=RuleState.ACTIVE)
    latest = active.order_by("-effective_from").first()
    if latest and latest.effective_from and latest.effective_from >= effective_from:
        raise RuleDateTaken(field="effective_from", on=latest.effective_from.isoformat())


def _try_out(rule: PostingRule, body: RuleBody, on: date) -> None:
    rule_require(body, legal_entity_id=rule.legal_entity_id, on=on)
    for company in rule_companies(rule.legal_entity_id):
        rule_try(body, rates_for(body.rates, on=on, legal_entity_id=company))
