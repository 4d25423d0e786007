"""Draft a version of a posting rule."""

from axle.accounting.domain.rules import RuleText, rule_agreed
from axle.accounting.models import PostingRule
from axle.accounting.selectors.rule_checks import rule_require
from axle.accounting.selectors.rules import next_version
from axle.platform.public import Actor, business_date, created


def posting_rule_create(*, actor: Actor, kind: str, body: RuleText, legal_entity_id: int | None = None) -> PostingRule:
    """Keep a new draft version; it posts nothing until it is activated.

    Errors: RuleAmountUnknown, RuleAmountUnposted, SummaryPlaceUnknown, and those of ``rule_require``.
    """
    agreed = rule_agreed(body)
    rule_require(agreed, legal_entity_id=legal_entity_id, on=business_date())
    return created(
        PostingRule.objects.create(
            kind=kind,
            legal_entity_id=legal_entity_id,
            version=next_version(kind=kind, legal_entity_id=legal_entity_id),
            body=agreed.model_dump(mode="json"),
            made_by=actor.name,
        )
    )
