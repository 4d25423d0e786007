"""Draft a version of a posting rule."""

from axle.accounting.domain.rules import RuleBody
from axle.accounting.models import PostingRule
from axle.accounting.selectors.rules import next_version
from axle.platform.public import Actor, created


def posting_rule_create(*, actor: Actor, kind: str, body: RuleBody, legal_entity_id: int | None = None) -> PostingRule:
    """Keep a new draft version; it posts nothing until it is activated."""
    return created(
        PostingRule.objects.create(
            kind=kind,
            legal_entity_id=legal_entity_id,
            version=next_version(kind=kind, legal_entity_id=legal_entity_id),
            body=body.model_dump(mode="json"),
            made_by=actor.name,
        )
    )
