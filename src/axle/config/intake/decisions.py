"""Deciding many cases of a book before the applications exist that the decisions are about."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from axle.decisioning.public import CaseScope, DecisionView, decide
from axle.platform.public import Ctx, Subject


def decisions_foreseen(ctx: Ctx, strategy: str, inputs: Sequence[Mapping[str, Any]]) -> list[DecisionView]:
    """What the strategy answers to each case; nothing is kept, because the state of an application follows from it."""
    with transaction.atomic():
        views = [_decide(ctx, strategy, case, Subject("intake_row", number)) for number, case in enumerate(inputs, 1)]
        transaction.set_rollback(True)
    return views


def decisions_record(
    ctx: Ctx,
    strategy: str,
    inputs: Sequence[Mapping[str, Any]],
    *,
    application_ids: Sequence[int],
    scope: CaseScope,
) -> None:
    """Decide each case once more, now on record with its application: the same inputs give the same answer."""
    for case, application_id in zip(inputs, application_ids, strict=True):
        _decide(ctx, strategy, case, Subject("application", application_id), scope)


def _decide(
    ctx: Ctx, strategy: str, case: Mapping[str, Any], subject: Subject, scope: CaseScope | None = None
) -> DecisionView:
    return decide(strategy=strategy, subject=subject, inputs=case, on=ctx.business_on, scope=scope)
