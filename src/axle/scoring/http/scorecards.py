"""Scorecard versions: read, signed, put into force, gone back to; a case scored."""

from typing import Any

from axle.platform.http import VersionRoutes, version_fields, version_origin
from axle.platform.public import Actor, Ctx, available_commands, current_locale, file_read, name_shown, text
from axle.scoring import permissions, selectors
from axle.scoring.development import challenger
from axle.scoring.domain.card import Card, CaseUnscorable, Contribution
from axle.scoring.http.base import api
from axle.scoring.http.schemas import (
    ContributionOut,
    OpinionOut,
    ScorecardSignatureOut,
    ScorecardVersionDetail,
    ScorecardVersionOut,
    ScorecardVersionRestoreIn,
    ScorecardVersionSignIn,
    ScoreOut,
    ScoreReasonOut,
    ScoreTryIn,
)
from axle.scoring.live import input_invalid, live_card
from axle.scoring.models import ScorecardState, ScorecardVersion
from axle.scoring.services.scorecard_version_activate import (
    scorecard_version_activate,
    scorecard_version_restore,
    scorecard_version_retire,
)
from axle.scoring.services.scorecard_version_sign import scorecard_version_sign

_ACTIONS: dict[str, tuple[str, ...]] = {
    ScorecardState.DRAFT: ("scorecard_version_sign", "score_try"),
    ScorecardState.SIGNED: ("scorecard_version_activate", "score_try"),
    ScorecardState.ACTIVE: ("scorecard_version_retire", "score_try"),
    ScorecardState.RETIRED: ("scorecard_version_restore", "score_try"),
}


def _version_out(actor: Actor, version: ScorecardVersion) -> ScorecardVersionOut:
    actions = available_commands(actor, *_ACTIONS[version.state])
    return ScorecardVersionOut(
        **version_fields(version, actions),
        scorecard=version.scorecard.code,
        scorecard_name=name_shown(version.scorecard),
        state=ScorecardState(version.state),
        auc=str(version.auc),
        ks=str(version.ks),
        challenger_auc=None if version.challenger_auc is None else str(version.challenger_auc),
    )


def _compared(version: ScorecardVersion) -> dict[str, Any]:
    """Bins by characteristic, so that a comparison names what moved."""
    card: dict[str, Any] = version.content.card
    return {one["name"]: one for one in card["characteristics"]}


VersionRoutes(
    api=api,
    kind=selectors.VERSIONS,
    view=permissions.SCORECARD_VIEW,
    manage=permissions.SCORECARD_ACTIVATE,
    output=ScorecardVersionOut,
    present=_version_out,
    content=_compared,
    activate=scorecard_version_activate,
    retire=scorecard_version_retire,
).offer()
api.history(
    "scorecard_version",
    "/scorecard-versions",
    permission=permissions.SCORECARD_VIEW,
    find=lambda actor, version_id: selectors.version_get(version_id),
)


@api.command("scorecard_version_sign", permission=permissions.SCORECARD_SIGN, subject="scorecard_version")
def _sign(ctx: Ctx, data: ScorecardVersionSignIn) -> ScorecardVersionOut:
    version = scorecard_version_sign(actor=ctx.actor, version_id=data.scorecard_version_id, opinion=data.opinion)
    return _version_out(ctx.actor, version)


@api.command("scorecard_version_restore", permission=permissions.SCORECARD_ACTIVATE, subject="scorecard_version")
def _restore(ctx: Ctx, data: ScorecardVersionRestoreIn) -> ScorecardVersionOut:
    version = scorecard_version_restore(
        actor=ctx.actor,
        version_id=data.scorecard_version_id,
        effective_from=data.effective_from,
        business_on=ctx.business_on,
    )
    return _version_out(ctx.actor, version)


@api.query("scorecard_version_get", "/scorecard-versions/{version_id}", permission=permissions.SCORECARD_VIEW)
def _version_get(actor: Actor, version_id: int) -> ScorecardVersionDetail:
    version = selectors.version_get(version_id)
    content = version.content
    return ScorecardVersionDetail(
        **_version_out(actor, version).model_dump(),
        **version_origin(version, selectors.VERSIONS.previous(version)),
        content_hash=version.content_hash,
        signatures=[
            ScorecardSignatureOut(signed_by=one.signed_by, signed_at=one.signed_at, opinion=one.opinion)
            for one in version.signatures.order_by("pk")
        ],
        card=content.card,
        report=content.report,
    )


@api.command("score_try", permission=permissions.SCORE_TRY, subject="scorecard_version")
def _score_try(ctx: Ctx, data: ScoreTryIn) -> ScoreOut:
    version = selectors.version_get(data.scorecard_version_id)
    card = live_card(version)
    try:
        scored, opinion = card.score(data.inputs), _opinion(version, data.inputs)
    except CaseUnscorable as fault:
        raise input_invalid(fault, field="inputs") from fault
    return ScoreOut(
        points=scored.points,
        default_rate=str(scored.default_rate),
        contributions=_contributions(card, scored.contributions),
        reasons=_reasons(scored.reason_codes()),
        challenger=opinion,
    )


def _contributions(card: Card, parts: tuple[Contribution, ...]) -> list[ContributionOut]:
    is_zh = current_locale.get() == "zh-CN"
    return [
        ContributionOut(
            name=one.name,
            label=one.zh if is_zh else one.en,
            value=part.value,
            points=part.points,
            lost_points=part.lost,
        )
        for one, part in zip(card.characteristics, parts, strict=True)
    ]


def _reasons(codes: tuple[str, ...]) -> list[ScoreReasonOut]:
    return [ScoreReasonOut(code=code, text=text("enum", f"ReasonCode/{code}")) for code in codes]


def _opinion(version: ScorecardVersion, case: dict[str, Any]) -> OpinionOut | None:
    content = version.content
    if content.challenger_id is None or not challenger.is_available():
        return None
    _, model = file_read(content.challenger_id)
    found = challenger.opinion(model, case)
    return OpinionOut(
        default_rate=f"{found.default_rate:.6f}",
        contributions=dict(found.contributions),
        reasons=_reasons(found.reason_codes),
    )
