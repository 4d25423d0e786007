"""Deciding a case and keeping the record of it."""

import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from axle.decisioning.domain.canonical import canonical_bytes, content_hash
from axle.decisioning.domain.evaluation import Evaluation, evaluate, referred
from axle.decisioning.domain.faults import Fault, FaultCode
from axle.decisioning.domain.inputs_kept import inputs_kept
from axle.decisioning.events import DecisionMade
from axle.decisioning.live import StrategyUnusable, live_strategy
from axle.decisioning.models import DecisionRecord, StrategyVersion
from axle.decisioning.parameters import DEADLINE_MS
from axle.decisioning.selectors import version_in_force
from axle.platform.public import Subject, next_no, parameter_value, publish


@dataclass(frozen=True)
class CaseScope:
    """Whose case it is, for data scope: the ids that the case itself carries."""

    legal_entity_id: int | None = None
    department_id: int | None = None
    owner_id: int | None = None
    dealer_id: int | None = None


def decision_make(
    *, strategy: str, subject: Subject, inputs: Mapping[str, Any], on: date, scope: CaseScope
) -> DecisionRecord:
    """Decide a case with the version in force on a date and record it, in one transaction.

    Never raises for bad inputs or a strategy that cannot answer: the record then says refer and names the
    fault.
    """
    record = record_of(strategy, subject, version_in_force(strategy, on), inputs, on)
    for column, value in vars(scope).items():
        setattr(record, column, value)
    with transaction.atomic():
        record.record_no = next_no("DR", on=on)
        record.save(force_insert=True)
        publish(DecisionMade(record.pk, strategy, subject, record.outcome))
    return record


def evaluation_of(version: StrategyVersion | None, inputs: Mapping[str, Any], deadline_ms: int) -> Evaluation:
    """What a version answers; refer when there is no version or it may not decide."""
    if version is None:
        return referred(Fault(FaultCode.STRATEGY_NOT_ACTIVE, "strategy"))
    try:
        strategy = live_strategy(version)
    except StrategyUnusable as unusable:
        return referred(unusable.fault)
    return evaluate(strategy, inputs, deadline_seconds=deadline_ms / 1000)


def inputs_kept_of(version: StrategyVersion | None, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs as the record keeps them; none when no version says what they mean."""
    if version is None:
        return {}
    try:
        return inputs_kept(live_strategy(version).contract, inputs)
    except StrategyUnusable:
        return {}


def record_hash(record: DecisionRecord) -> str:
    """The hash over what was decided with what: version, inputs and result."""
    return content_hash([record.strategy_code, record.version_id, record.inputs, record.result])


def record_of(
    strategy: str, subject: Subject, version: StrategyVersion | None, inputs: Mapping[str, Any], on: date
) -> DecisionRecord:
    """Decide and give the record, not yet stored."""
    started = time.perf_counter_ns()
    evaluation = evaluation_of(version, inputs, parameter_value(DEADLINE_MS, on=on))
    record = DecisionRecord(
        strategy_code=strategy,
        version=version,
        contract_version=version.contract_version if version else "",
        subject_type=subject.type,
        subject_id=subject.id,
        outcome=evaluation.outcome,
        score=evaluation.score,
        rule_codes=[hit.code for hit in evaluation.hits],
        fault_codes=[fault.code.value for fault in evaluation.faults],
        inputs=inputs_kept_of(version, inputs),
        result=evaluation.stored(),
        trace=zlib.compress(canonical_bytes(evaluation.trace)),
        duration_us=(time.perf_counter_ns() - started) // 1000,
        business_on=on,
    )
    record.content_hash = record_hash(record)
    return record
