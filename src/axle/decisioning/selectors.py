"""Reads of decisioning, each with its scope."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from axle.decisioning import permissions
from axle.decisioning.models import DecisionRecord, DecisionRule, Strategy, StrategyState, StrategyVersion
from axle.platform.errors import NotFound
from axle.platform.public import Actor, Subject
from axle.platform.versions import Versioned

VERSIONS = Versioned(StrategyVersion, owner="strategy", what="strategy_version", ready=StrategyState.COMPILED)


def strategies(actor: Actor) -> QuerySet[Strategy]:
    """Strategies belong to the institution: whoever may view them sees all."""
    return Strategy.objects.all()


def strategy_versions(actor: Actor) -> QuerySet[StrategyVersion]:
    """Versions of all strategies."""
    return StrategyVersion.objects.all()


def decision_rules(actor: Actor) -> QuerySet[DecisionRule]:
    """Rules of every version."""
    return DecisionRule.objects.all()


def decisions_visible(actor: Actor) -> QuerySet[DecisionRecord]:
    """Decisions on cases within the actor's data scope."""
    scope = actor.scope(permissions.DECISION_VIEW)
    return scope.filter(DecisionRecord.objects.all(), channel="dealer_id")


def decision_get(actor: Actor, record_id: int) -> DecisionRecord:
    """One decision. Errors: NotFound, also when it is out of scope."""
    record = (
        decisions_visible(actor).select_related("version__content", "version__strategy").filter(pk=record_id).first()
    )
    if record is None:
        raise NotFound(what="decision_record")
    return record


def decisions_of(actor: Actor, subject: Subject) -> Sequence[DecisionRecord]:
    """The decisions on one subject, latest first."""
    found = decisions_visible(actor).filter(subject_type=subject.type, subject_id=subject.id)
    return list(found.select_related("version__content", "version__strategy").order_by("-pk"))


def version_get(version_id: int) -> StrategyVersion:
    """A version with its content. Errors: NotFound."""
    return VERSIONS.get(version_id)


def version_in_force(strategy: str, on: date) -> StrategyVersion | None:
    """The version that answers for a strategy on a date, or None."""
    return VERSIONS.in_force(on).filter(strategy__code=strategy).order_by("-effective_from", "-pk").first()
