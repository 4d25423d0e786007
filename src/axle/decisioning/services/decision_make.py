"""Deciding cases and keeping the records of it: one at a time or many together, by the same steps."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from axle.decisioning.domain.canonical import canonical_bytes, content_hash_of
from axle.decisioning.domain.evaluation import Evaluation, evaluate, referred
from axle.decisioning.domain.faults import Fault, FaultCode
from axle.decisioning.domain.inputs_kept import inputs_kept
from axle.decisioning.domain.policy import Resolver
from axle.decisioning.domain.policy_block import PolicyBlock
from axle.decisioning.domain.score_stage import ScoreBlock, Scorer
from axle.decisioning.domain.traces import trace_packed
from axle.decisioning.events import DecisionMade
from axle.decisioning.live import StrategyUnusable, live_strategy
from axle.decisioning.models import DecisionRecord, StrategyVersion
from axle.decisioning.named_checks import checks_of_evaluation
from axle.decisioning.parameters import DEADLINE_MS
from axle.decisioning.policy_live import PolicyUnusable, resolver_in_force
from axle.decisioning.score_live import scorer_in_force
from axle.decisioning.services.trial_assign import Assignment
from axle.platform.public import Subject, next_nos, parameter_value, publish

_BATCH = 500


@dataclass(frozen=True)
class CaseScope:
    """Whose case it is, for data scope: the ids that the case itself carries."""

    legal_entity_id: int | None = None
    department_id: int | None = None
    owner_id: int | None = None
    dealer_id: int | None = None


def decision_make(
    *, strategy: str, subject: Subject, inputs: Mapping[str, Any], on: date, scope: CaseScope, assigned: Assignment
) -> DecisionRecord:
    """Decide a case with the version that it is assigned to and record it, in one transaction.

    Never raises for bad inputs or a strategy that cannot answer: the record then says refer and names the
    fault.
    """
    drafts = decisions_draft(strategy, assigned.version, [inputs], on=on)
    if assigned.challenger:
        drafts[0].trial = assigned.challenger
        drafts[0].content_hash = record_hash(drafts[0])
    return decisions_keep(drafts, [subject], scope=scope)[0]


def decisions_draft(
    strategy: str, version: StrategyVersion | None, cases: Sequence[Mapping[str, Any]], *, on: date
) -> list[DecisionRecord]:
    """Decide cases with a version and what counts; nothing is stored and no subject is named yet."""
    basis = basis_of(version, on)
    return [record_drafted(strategy, version, inputs, on, basis) for inputs in cases]


@dataclass(frozen=True)
class Basis:
    """What counts for every case that a version decides at one moment, or was found for one case before: how long it
    may take, the policy values, the scorecard."""

    deadline_seconds: float
    policy: Resolver | PolicyBlock | Fault
    score: Scorer | ScoreBlock | None = None


def basis_of(version: StrategyVersion | None, on: date) -> Basis:
    """What counts for a version on a date."""
    return Basis(parameter_value(DEADLINE_MS, on=on) / 1000, _policy_that_counts(on), _score_that_counts(version, on))


def _score_that_counts(version: StrategyVersion | None, on: date) -> Scorer | ScoreBlock | None:
    try:
        return scorer_in_force(live_strategy(version), on) if version else None
    except StrategyUnusable:
        return None


def _policy_that_counts(on: date) -> Resolver | Fault:
    """The policy values of a date, or the fault that forbids deciding with them."""
    try:
        return resolver_in_force(on)
    except PolicyUnusable as unusable:
        return Fault(FaultCode.CALIBRATION_CHANGED, "policy", str(unusable))


def decisions_keep(
    drafts: Sequence[DecisionRecord], subjects: Sequence[Subject], *, scope: CaseScope
) -> list[DecisionRecord]:
    """Record drafted decisions, each about its subject, in one transaction and set-based."""
    if not drafts:
        return []
    with transaction.atomic(savepoint=False):
        numbers = next_nos("DR", on=drafts[0].business_on, count=len(drafts))
        for record, subject, number in zip(drafts, subjects, numbers, strict=True):
            record.record_no, record.subject_type, record.subject_id = number, subject.type, subject.id
            for column, value in vars(scope).items():
                setattr(record, column, value)
        kept = DecisionRecord.objects.bulk_create(drafts, batch_size=_BATCH)
        for record, subject in zip(kept, subjects, strict=True):
            publish(DecisionMade(record.pk, record.strategy_code, subject, record.outcome))
    return kept


def evaluation_of(version: StrategyVersion | None, inputs: Mapping[str, Any], basis: Basis) -> Evaluation:
    """What a version answers; refer when there is no version, or it or its policy values may not decide."""
    if version is None:
        return referred(Fault(FaultCode.STRATEGY_NOT_ACTIVE, "strategy"))
    try:
        strategy = live_strategy(version)
    except StrategyUnusable as unusable:
        return referred(unusable.fault)
    policy = basis.policy
    if isinstance(policy, Fault):
        if strategy.contract.policy:
            return referred(policy)
        policy = PolicyBlock()
    return evaluate(strategy, inputs, deadline_seconds=basis.deadline_seconds, policy=policy, score=basis.score)


def inputs_kept_of(version: StrategyVersion | None, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs as the record keeps them; none when no version says what they mean."""
    if version is None:
        return {}
    try:
        return inputs_kept(live_strategy(version).contract, inputs)
    except StrategyUnusable:
        return {}


def record_hash(record: DecisionRecord, policy: bytes | None = None) -> str:
    """The hash over what was decided with what: version, inputs, result, and policy, score and trial where there are
    any; ``policy`` are the canonical bytes of the record's policy where they are known."""
    parts = [canonical_bytes(part) for part in (record.strategy_code, record.version_id, record.inputs, record.result)]
    if record.policy:
        parts += [policy or canonical_bytes(record.policy), canonical_bytes(record.calibration_id)]
    if record.score_given:
        parts.append(canonical_bytes(record.score_given))
    if record.trial_id:
        parts.append(canonical_bytes({"trial": record.trial_id}))
    return content_hash_of(parts)


def record_drafted(
    strategy: str,
    version: StrategyVersion | None,
    inputs: Mapping[str, Any],
    on: date,
    basis: Basis,
) -> DecisionRecord:
    """One case decided by what counts, as its record will be."""
    started = time.perf_counter_ns()
    evaluation = evaluation_of(version, inputs, basis)
    record = DecisionRecord(
        strategy_code=strategy,
        version=version,
        contract_version=version.contract_version if version else "",
        outcome=evaluation.outcome,
        score=evaluation.score,
        rule_codes=[hit.code for hit in evaluation.hits],
        fault_codes=[fault.code.value for fault in evaluation.faults],
        inputs=evaluation.inputs or inputs_kept_of(version, inputs),
        policy=evaluation.policy.stored(),
        calibration_id=evaluation.calibration_id,
        score_given=evaluation.given.stored(),
        result=evaluation.stored(),
        trace=trace_packed(evaluation.made),
        duration_us=(time.perf_counter_ns() - started) // 1000,
        business_on=on,
    )
    record.checks = checks_of_evaluation(version, record.inputs, evaluation)
    record.content_hash = record_hash(record, evaluation.policy.stored_bytes)
    return record
