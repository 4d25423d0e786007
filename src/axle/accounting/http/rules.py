"""Posting rules: draft, try on samples, activate."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from axle.accounting import permissions
from axle.accounting.domain.rules import RuleBody, RuleText
from axle.accounting.errors import SecondPersonNeeded
from axle.accounting.http.api import api
from axle.accounting.http.rule_trials import SampleOut, samples_tried
from axle.accounting.models import PostingRule, RuleState
from axle.accounting.selectors.rules import rule_before, rule_body
from axle.accounting.services.posting_rule_activate import posting_rule_activate
from axle.accounting.services.posting_rule_create import posting_rule_create
from axle.platform.errors import NotFound
from axle.platform.http import ActorName
from axle.platform.public import Actor, Ctx, Input, available_commands, differences


class PostingRuleCreateIn(Input):
    """A new version of the rule of an event kind, as a draft; without an entity it is the common rule."""

    kind: str = Field(pattern=r"^[a-z][a-z0-9_]{2,47}$")
    legal_entity_id: int | None = None
    rule: RuleText


class PostingRuleActivateIn(Input):
    """Put a draft into force from a date on."""

    rule_id: int
    effective_from: date


class PostingRuleStateOut(BaseModel):
    """A version after a change."""

    rule_id: int
    kind: str
    version: int
    state: RuleState
    effective_from: date | None


class RuleChangeOut(BaseModel):
    """One place in which a version differs from the one in force: the keys that lead to it, and what stands there."""

    place: str
    before: str
    after: str


class PostingRuleOut(PostingRuleStateOut):
    """A version with its body, and its samples tried at today's tax rates."""

    legal_entity_id: int | None
    rule: RuleBody
    samples: list[SampleOut]
    changes: list[RuleChangeOut]
    against_version: int | None
    made_by: ActorName
    activated_by: ActorName
    actions: list[str]


@api.command("posting_rule_create", permission=permissions.POSTING_RULE_MANAGE, subject="postingrule")
def posting_rule_create_command(ctx: Ctx, data: PostingRuleCreateIn) -> PostingRuleStateOut:
    rule = posting_rule_create(actor=ctx.actor, kind=data.kind, body=data.rule, legal_entity_id=data.legal_entity_id)
    return _state_out(rule)


@api.command("posting_rule_activate", permission=permissions.POSTING_RULE_MANAGE, subject="postingrule")
def posting_rule_activate_command(ctx: Ctx, data: PostingRuleActivateIn) -> PostingRuleStateOut:
    """Somebody other than its maker puts a version into force, or reviews that it is."""
    made_by_actor = PostingRule.objects.filter(pk=data.rule_id, made_by=ctx.actor.name).exists()
    if made_by_actor and ctx.checker is None:
        raise SecondPersonNeeded(command="posting_rule_activate")
    rule = posting_rule_activate(actor=ctx.actor, rule_id=data.rule_id, effective_from=data.effective_from)
    return _state_out(rule)


@api.query("posting_rule_get", "/posting-rules/{rule_id}", permission=permissions.POSTING_RULE_VIEW)
def posting_rule_get(actor: Actor, rule_id: int) -> PostingRuleOut:
    """A version with its samples tried out."""
    reached = actor.scope(permissions.POSTING_RULE_VIEW).filter(PostingRule.objects.all(), department=None, owner=None)
    rule = reached.filter(pk=rule_id).first()
    if rule is None:
        raise NotFound(what="posting_rule")
    is_draft, body = rule.state == RuleState.DRAFT, rule_body(rule)
    other = rule_before(rule)
    return PostingRuleOut(
        **_state_out(rule).model_dump(),
        legal_entity_id=rule.legal_entity_id,
        rule=body,
        samples=samples_tried(body, rule.legal_entity_id),
        changes=_changes(rule_body(other), body) if other else [],
        against_version=other.version if other else None,
        made_by=rule.made_by,
        activated_by=rule.activated_by,
        actions=available_commands(actor, "posting_rule_create", *(["posting_rule_activate"] if is_draft else [])),
    )


def _changes(before: RuleBody, after: RuleBody) -> list[RuleChangeOut]:
    return [
        RuleChangeOut(place=".".join(found.path), before=_told(found.before), after=_told(found.after))
        for found in differences(before.model_dump(mode="json"), after.model_dump(mode="json"))
    ]


def _told(value: Any) -> str:
    return "" if value is None else str(value)


def _state_out(rule: PostingRule) -> PostingRuleStateOut:
    return PostingRuleStateOut(
        rule_id=rule.pk,
        kind=rule.kind,
        version=rule.version,
        state=RuleState(rule.state),
        effective_from=rule.effective_from,
    )
