"""Decisions in plain words: tried, read, replayed."""

from collections.abc import Sequence
from typing import Any

from axle.decisioning import explanation, permissions, selectors
from axle.decisioning.domain.fields import Words
from axle.decisioning.domain.plain_words import Sentence
from axle.decisioning.explanation import Fact
from axle.decisioning.http.base import api
from axle.decisioning.http.schemas import (
    DecisionAnswer,
    DecisionDetail,
    DecisionTryIn,
    FactOut,
    ReasonOut,
    ReplayOut,
    RuleSeverity,
    ScoreGivenOut,
    ScorePartOut,
)
from axle.decisioning.models import DecisionRecord
from axle.decisioning.services.decision_make import decisions_draft
from axle.decisioning.services.decision_replay import decision_replay
from axle.decisioning.trace_shown import trace_of
from axle.platform.public import Actor, Ctx, Subject, current_locale, name_shown


def _spoken(words: Words | Sentence) -> str:
    return words.zh if current_locale.get() == "zh-CN" else words.en


def _facts(facts: Sequence[Fact]) -> list[FactOut]:
    return [FactOut(name=fact.name, label=_spoken(fact.label), value=_spoken(fact.value)) for fact in facts]


def _reasons(record: DecisionRecord) -> list[ReasonOut]:
    is_zh = current_locale.get() == "zh-CN"
    return [
        ReasonOut(
            code=reason.code,
            rule_severity=RuleSeverity(reason.severity),
            reason_code=reason.reason_code,
            text=reason.text_zh if is_zh else reason.text_en,
            external=reason.external_zh if is_zh else reason.external_en,
        )
        for reason in explanation.reasons_of(record)
    ]


def _answer(record: DecisionRecord) -> dict[str, Any]:
    scenario = explanation.scenario_of(record)
    return {
        "outcome": record.outcome,
        "score": record.score,
        "reasons": _reasons(record),
        "contributions": [_spoken(line) for line in explanation.contributions_of(record)],
        "score_given": _score_given(record),
        "results": _facts(explanation.results_of(record)),
        "inputs": _facts(explanation.inputs_of(record)),
        "scenario_name": _spoken(scenario) if scenario else None,
        "policy": _facts(explanation.policy_of(record)),
        "trace": trace_of(record),
    }


def _score_given(record: DecisionRecord) -> ScoreGivenOut | None:
    told = explanation.score_told(record)
    if told is None:
        return None
    return ScoreGivenOut(
        scorecard=told.scorecard,
        scorecard_version_no=told.version_no,
        points=told.points,
        default_rate=told.default_rate,
        parts=[
            ScorePartOut(
                name=part.name,
                label=_spoken(part.label),
                value=_spoken(part.value),
                points=part.points,
                lost_points=part.lost,
            )
            for part in told.parts
        ],
        reason_codes=list(told.reason_codes),
    )


def _detail(record: DecisionRecord) -> DecisionDetail:
    return DecisionDetail(
        id=record.pk,
        record_no=record.record_no,
        strategy=record.strategy_code,
        strategy_name=name_shown(record.version.strategy) if record.version else record.strategy_code,
        strategy_version_id=record.version_id,
        strategy_version_no=record.version.version_no if record.version else None,
        contract_version=record.contract_version,
        calibration_no=record.calibration.calibration_no if record.calibration else None,
        trial_no=record.trial.trial_no if record.trial else None,
        subject_type=record.subject_type,
        subject_id=record.subject_id,
        business_on=record.business_on,
        decided_at=record.decided_at,
        duration_us=record.duration_us,
        content_hash=record.content_hash,
        actions=[],
        **_answer(record),
    )


@api.command("decision_try", permission=permissions.DECISION_TRY, subject="strategy_version")
def _decision_try(ctx: Ctx, data: DecisionTryIn) -> DecisionAnswer:
    version = selectors.version_get(data.strategy_version_id)
    (record,) = decisions_draft(version.strategy.code, version, [data.inputs], on=ctx.business_on)
    return DecisionAnswer(**_answer(record))


@api.query("decision_get", "/decisions/{record_id}", permission=permissions.DECISION_VIEW)
def _decision_get(actor: Actor, record_id: int) -> DecisionDetail:
    return _detail(selectors.decision_get(actor, record_id))


@api.query("decisions_of_subject", "/decisions", permission=permissions.DECISION_VIEW)
def _decisions_of(actor: Actor, subject_type: str, subject_id: int) -> list[DecisionDetail]:
    return [_detail(record) for record in selectors.decisions_of(actor, Subject(subject_type, subject_id))]


@api.query("decision_replay_get", "/decisions/{record_id}/replay", permission=permissions.DECISION_VIEW)
def _replay_get(actor: Actor, record_id: int) -> ReplayOut:
    report = decision_replay(selectors.decision_get(actor, record_id).pk)
    return ReplayOut(
        is_same=report.is_same,
        is_record_intact=report.is_intact,
        stored=report.stored.decode(),
        replayed=report.replayed.decode(),
    )
