"""What other contexts call on decisioning."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from axle.decisioning import explanation, live, selectors
from axle.decisioning.domain.contract import InputContract
from axle.decisioning.domain.fields import Words
from axle.decisioning.domain.golden import GoldenCase, cases_whole
from axle.decisioning.domain.named_checks import CheckStatus
from axle.decisioning.explanation import FAULT_REASON, Reason
from axle.decisioning.jobs import decide_in_shadow
from axle.decisioning.models import DecisionRecord, DecisionRule, Strategy
from axle.decisioning.named_checks import CheckFound, checks_found
from axle.decisioning.permissions import DECISION_VIEW
from axle.decisioning.services import decision_make as making
from axle.decisioning.services.decision_make import CaseScope, decision_make
from axle.decisioning.services.decision_replay import ReplayReport, decision_replay
from axle.decisioning.services.market_feed_take import ObservedPrice, market_feed_take
from axle.decisioning.services.strategy_load import strategy_load
from axle.decisioning.services.subjects_again import DecidedAgain, subjects_again
from axle.decisioning.services.trial_assign import Assignment, trial_assign
from axle.platform.public import Actor, Subject, name_shown, read_once

__all__ = [
    "DECISION_VIEW",
    "FAULT_REASON",
    "Assignment",
    "CaseScope",
    "CheckFound",
    "CheckStatus",
    "DecidedAgain",
    "DecisionDraft",
    "DecisionView",
    "GoldenCase",
    "ObservedPrice",
    "Reason",
    "ReplayReport",
    "Words",
    "contract_of",
    "decide",
    "decision_replay",
    "decisions_draft",
    "decisions_keep",
    "decisions_of",
    "golden_cases",
    "input_contract",
    "market_feed_take",
    "outcome_of",
    "rule_names",
    "strategy_is_active",
    "strategy_load",
    "strategy_names",
    "subjects_again",
    "trial_assign",
]


@dataclass(frozen=True)
class DecisionView:
    """A decision. ``results`` are in stored form: money in fen, rates as decimal text."""

    record_id: int
    record_no: str
    outcome: Literal["approve", "refer", "decline"]
    reasons: tuple[Reason, ...]
    score: int | None
    results: Mapping[str, Any]
    strategy: str
    strategy_name: str
    strategy_version_no: int | None
    decided_on: date
    record: DecisionRecord = field(repr=False)

    @property
    def conditions(self) -> tuple[str, ...]:
        """What the rules that applied demand before money leaves, each once."""
        return tuple(dict.fromkeys(reason.demands for reason in self.reasons if reason.demands))

    @property
    def inputs(self) -> Mapping[str, Any]:
        """What the strategy was told, in stored form."""
        told: Mapping[str, Any] = self.record.inputs
        return told

    @property
    def policy(self) -> Mapping[str, Any]:
        """The policy values that counted for the case, in stored form."""
        values: Mapping[str, Any] = self.record.policy.get("values", {})
        return values

    @property
    def check_statuses(self) -> Mapping[str, str]:
        """What was found of each named check, by its code."""
        statuses: Mapping[str, str] = self.record.checks
        return statuses

    @property
    def checks(self) -> tuple[CheckFound, ...]:
        """The named checks of the decision, in words and with their evidence."""
        return checks_found(self.record)


def decide(
    *,
    strategy: str,
    subject: Subject,
    inputs: Mapping[str, Any],
    on: date,
    scope: CaseScope | None = None,
    assigned: Assignment | None = None,
) -> DecisionView:
    """Decide a case with the strategy version in force on a date, and record the decision.

    ``assigned`` is what ``trial_assign`` says for the printed number of the case: by it a challenger may get the case,
    and a shadow answer beside.

    ``inputs`` must carry every field of the version's input contract; null only where the contract says
    what null means. Anything wrong (inputs, engine, version, time) ends in ``refer`` with a reason that
    names the fault.
    Money: integers of fen; rates: Decimal or decimal text.
    """
    assigned = assigned or Assignment(selectors.version_in_force(strategy, on))
    record = decision_make(
        strategy=strategy, subject=subject, inputs=inputs, on=on, scope=scope or CaseScope(), assigned=assigned
    )
    if assigned.shadow:
        decide_in_shadow.defer(trial_id=assigned.shadow.pk, record_id=record.pk)
    return _view(record)


@dataclass(frozen=True)
class DecisionDraft:
    """A decision on a case that does not exist yet; it counts once ``decisions_keep`` has it on record."""

    outcome: Literal["approve", "refer", "decline"]
    reasons: tuple[Reason, ...]
    score: int | None
    record: DecisionRecord = field(repr=False)


def outcome_of(assigned: Assignment, inputs: Mapping[str, Any], *, on: date) -> str:
    """What the version that a case is assigned to would answer today; nothing is kept of it."""
    version = assigned.version
    basis = read_once(("basis", version and version.pk, on), lambda: making.basis_of(version, on))
    return making.evaluation_of(assigned.version, inputs, basis).outcome


def decisions_draft(*, strategy: str, cases: Sequence[Mapping[str, Any]], on: date) -> list[DecisionDraft]:
    """Decide many cases as ``decide`` does, before the rows exist that they will be about. Nothing is stored."""
    version = selectors.version_in_force(strategy, on)
    return [_draft(record) for record in making.decisions_draft(strategy, version, cases, on=on)]


def decisions_keep(
    drafts: Sequence[DecisionDraft], subjects: Sequence[Subject], *, scope: CaseScope
) -> list[DecisionView]:
    """Record drafted decisions, each about its subject, set-based and all or none."""
    records = making.decisions_keep([draft.record for draft in drafts], subjects, scope=scope)
    return [_view(record) for record in records]


def _draft(record: DecisionRecord) -> DecisionDraft:
    outcome: Any = record.outcome
    return DecisionDraft(outcome, explanation.reasons_of(record), record.score, record)


def decisions_of(actor: Actor, subject: Subject) -> list[DecisionView]:
    """The decisions on a subject within the actor's scope, latest first."""
    return [_view(record) for record in selectors.decisions_of(actor, subject)]


def input_contract(strategy: str, *, on: date) -> InputContract | None:
    """The input contract of the version in force; None when there is none."""
    return contract_of(Assignment(selectors.version_in_force(strategy, on)))


def contract_of(assigned: Assignment) -> InputContract | None:
    """The input contract of the version that a case is assigned to; None when there is none."""
    return live.live_strategy(assigned.version).contract if assigned.version else None


def golden_cases(strategy: str, *, on: date) -> list[GoldenCase]:
    """The golden cases of the version in force with all their inputs; none when there is no version."""
    version = selectors.version_in_force(strategy, on)
    return cases_whole([GoldenCase.model_validate(case) for case in version.content.cases]) if version else []


def strategy_is_active(strategy: str, *, on: date) -> bool:
    """Whether some version answers for the strategy on a date."""
    return selectors.version_in_force(strategy, on) is not None


def strategy_names() -> dict[str, Words]:
    """Every strategy's name in both languages, by code."""
    rows = Strategy.objects.order_by("code").values_list("code", "name_zh", "name_en")
    return {code: Words(zh=zh, en=en) for code, zh, en in rows}


def rule_names(codes: Iterable[str]) -> dict[tuple[str, str], Words]:
    """What some rules are called in the latest version that has them, by strategy and rule."""
    rows = DecisionRule.objects.filter(code__in=set(codes)).order_by("version_id")
    told = rows.values_list("version__strategy__code", "code", "name_zh", "name_en")
    return {(strategy, code): Words(zh=zh, en=en) for strategy, code, zh, en in told}


def _view(record: DecisionRecord) -> DecisionView:
    outcome: Any = record.outcome
    return DecisionView(
        record_id=record.pk,
        record_no=record.record_no,
        outcome=outcome,
        reasons=explanation.reasons_of(record),
        score=record.score,
        results=record.result["results"],
        strategy=record.strategy_code,
        strategy_name=name_shown(record.version.strategy) if record.version else record.strategy_code,
        strategy_version_no=record.version.version_no if record.version else None,
        decided_on=record.business_on,
        record=record,
    )
