"""Reads of decisioning, each with its scope."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db.models import Count, QuerySet

from axle.decisioning import permissions
from axle.decisioning.models import (
    BackTest,
    BackTestMove,
    DecisionRecord,
    DecisionRule,
    MarketFeed,
    MarketPrice,
    PolicyCalibration,
    PolicyChange,
    PolicyFormula,
    PolicyInForce,
    PolicyParameter,
    Strategy,
    StrategyState,
    StrategyTrial,
    StrategyVersion,
    TrialKind,
)
from axle.platform.errors import NotFound
from axle.platform.public import Actor, Compiled, Subject
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
        decisions_visible(actor)
        .select_related("version__content", "version__strategy", "calibration", "trial")
        .filter(pk=record_id)
        .first()
    )
    if record is None:
        raise NotFound(what="decision_record")
    return record


def decisions_of(actor: Actor, subject: Subject) -> Sequence[DecisionRecord]:
    """The decisions on one subject, latest first."""
    found = decisions_visible(actor).filter(subject_type=subject.type, subject_id=subject.id)
    return list(found.select_related("version__content", "version__strategy", "calibration", "trial").order_by("-pk"))


def version_get(version_id: int) -> StrategyVersion:
    """A version with its content. Errors: NotFound."""
    return VERSIONS.get(version_id)


def version_in_force(strategy: str, on: date) -> StrategyVersion | None:
    """The version that answers for a strategy on a date, or None."""
    return _IN_FORCE.first(on, strategy)


_IN_FORCE = Compiled(
    lambda on, strategy: (
        VERSIONS.in_force(on)
        .filter(strategy__code=strategy)
        .select_related("strategy")
        .order_by("-effective_from", "-pk")[:1]
    )
)


def trials_running(strategy: str) -> list[StrategyTrial]:
    """The trials of a strategy that run now, with their versions: at most one of each kind."""
    return _RUNNING.rows(strategy)


_RUNNING = Compiled(
    lambda strategy: (
        StrategyTrial.objects.filter(strategy__code=strategy, ended_at=None)
        .select_related("version__strategy")
        .order_by("pk")
    )
)


def strategy_trials(actor: Actor) -> QuerySet[StrategyTrial]:
    """Trials belong to the institution, as strategies do."""
    return StrategyTrial.objects.all()


def trial_get(actor: Actor, trial_id: int) -> StrategyTrial:
    """One trial. Errors: NotFound."""
    trial = strategy_trials(actor).select_related("version", "strategy").filter(pk=trial_id).first()
    if trial is None:
        raise NotFound(what="strategy_trial")
    return trial


def trial_outcomes(trial: StrategyTrial) -> list[tuple[str, str, int]]:
    """How the cases of a trial came out: side or what was answered, outcome, count.

    A challenger is told by side (``challenger``, ``champion``), a shadow by what was answered beside it.
    """
    if trial.kind == TrialKind.SHADOW:
        pairs = trial.shadows.values_list("record__outcome", "outcome").annotate(cases=Count("pk"))
        return sorted(pairs)
    counted = trial.decisions.values_list("version_id", "outcome").annotate(cases=Count("pk"))
    sides: Counter[tuple[str, str]] = Counter()
    for version_id, outcome, cases in counted:
        sides["challenger" if version_id == trial.version_id else "champion", outcome] += cases
    return sorted((side, outcome, cases) for (side, outcome), cases in sides.items())


def backtests(actor: Actor) -> QuerySet[BackTest]:
    """Back-tests are about all of the institution's decisions."""
    return BackTest.objects.all()


def backtest_get(actor: Actor, backtest_id: int) -> BackTest:
    """One back-test. Errors: NotFound."""
    found = backtests(actor).select_related("version", "strategy", "calibration").filter(pk=backtest_id).first()
    if found is None:
        raise NotFound(what="backtest")
    return found


def backtest_moves(actor: Actor) -> QuerySet[BackTestMove]:
    """The cases that back-tests would answer otherwise, of those within the actor's scope."""
    scope = actor.scope(permissions.DECISION_VIEW)
    return scope.filter(
        BackTestMove.objects.all(),
        department="record__department_id",
        owner="record__owner_id",
        channel="record__dealer_id",
    )


def policy_parameters(actor: Actor) -> QuerySet[PolicyParameter]:
    """Policy parameters belong to the institution, as everything of a policy does."""
    return PolicyParameter.objects.all()


def policy_values(actor: Actor) -> QuerySet[PolicyInForce]:
    """The values that count now."""
    return PolicyInForce.objects.all()


def policy_changes(actor: Actor) -> QuerySet[PolicyChange]:
    """What calibrations changed, or would."""
    return PolicyChange.objects.all()


def policy_calibrations(actor: Actor) -> QuerySet[PolicyCalibration]:
    """Calibrations of every state."""
    return PolicyCalibration.objects.all()


def calibration_get(actor: Actor, calibration_id: int) -> PolicyCalibration:
    """One calibration. Errors: NotFound."""
    calibration = policy_calibrations(actor).select_related("base").filter(pk=calibration_id).first()
    if calibration is None:
        raise NotFound(what="policy_calibration")
    return calibration


def policy_formulas(actor: Actor) -> QuerySet[PolicyFormula]:
    """The formulas by which prices move policy values."""
    return PolicyFormula.objects.all()


def market_feeds(actor: Actor) -> QuerySet[MarketFeed]:
    """The days of which prices are known."""
    return MarketFeed.objects.all()


def market_prices(actor: Actor) -> QuerySet[MarketPrice]:
    """Every price."""
    return MarketPrice.objects.all()
