"""Trying one part of a back-test; the worker that finishes the last one adds the parts up."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from axle.decisioning.domain.backtest import Answer, Comparison, added_up, answer_of
from axle.decisioning.domain.policy import Resolver, values_changed
from axle.decisioning.domain.policy_block import PolicyBlock
from axle.decisioning.models import BackTest, BackTestMove, BackTestPart, DecisionRecord
from axle.decisioning.parameters import LOSS_GIVEN_DEFAULT
from axle.decisioning.policy_live import resolver_in_force, values_of
from axle.decisioning.services.backtest_begin import backtest_rows
from axle.decisioning.services.calibration_draft import changes_of
from axle.decisioning.services.cases_again import again_with, cases_streamed
from axle.platform.public import parameter_value, rows_copy


def backtest_run(part_id: int) -> None:
    """Try the cases of a part and keep figures and moves; run again, it does nothing more. Errors: StrategyUnusable."""
    part = BackTestPart.objects.select_related("backtest__version", "backtest__strategy").get(pk=part_id)
    if part.figures is not None:
        return
    tried = _Tried()
    for record, before, after in _answers(part.backtest, part):
        tried.take(part.backtest, record, before, after)
    _keep(part, tried)


@dataclass
class _Tried:
    """Figures of a part, and the cases that would be answered otherwise."""

    comparison: Comparison = field(default_factory=Comparison)
    moves: list[BackTestMove] = field(default_factory=list)

    def take(self, backtest: BackTest, record: DecisionRecord, before: Answer, after: Answer | None) -> None:
        if after is None:
            self.comparison.skip()
            return
        self.comparison.add(before, after)
        if before.outcome != after.outcome:
            self.moves.append(
                BackTestMove(
                    backtest=backtest,
                    record_id=record.pk,
                    before=before.outcome,
                    after=after.outcome,
                    score_before=before.score,
                    score_after=after.score,
                    rules_new=sorted(after.rules - before.rules),
                    rules_gone=sorted(before.rules - after.rules),
                )
            )


def _answers(backtest: BackTest, part: BackTestPart) -> Iterator[tuple[DecisionRecord, Answer, Answer | None]]:
    """Each decision of a part, what was answered, and what would be; None for what cannot be decided again."""
    on = backtest.business_on
    again = again_with(backtest.version, on)
    loss = parameter_value(LOSS_GIVEN_DEFAULT.code, on=on)
    values = _values(backtest)
    for record in cases_streamed(backtest_rows(backtest, part)):
        before = answer_of(record.result, record.score_given, record.inputs, loss_given_default=loss)
        inputs = again.told(record)
        if inputs is None:
            yield record, before, None
            continue
        policy: Resolver | PolicyBlock = (
            values if backtest.calibration_id else again.policy_kept(record, inputs, values)
        )
        answer = again.decide(record, inputs, policy)
        yield record, before, answer_of(answer.stored(), answer.given.stored(), inputs, loss_given_default=loss)


def _values(backtest: BackTest) -> Resolver:
    """The values that count, or those that the calibration would make count."""
    if backtest.calibration is None:
        return resolver_in_force(backtest.business_on)
    standing = values_of(backtest.calibration.base_id)
    return Resolver(values_changed(standing, changes_of(backtest.calibration)), on=backtest.business_on)


@transaction.atomic
def _keep(part: BackTestPart, tried: _Tried) -> None:
    """Parts of one back-test are kept one after the other, so that exactly one sees that it was the last."""
    backtest = BackTest.objects.select_for_update().get(pk=part.backtest_id)
    kept = BackTestPart.objects.filter(pk=part.pk, figures__isnull=True).update(figures=tried.comparison.stored())
    if not kept:
        return
    rows_copy(tried.moves)
    BackTest.objects.filter(pk=backtest.pk).update(done_count=F("done_count") + part.case_count)
    parts = backtest.parts.order_by("pk")
    if not parts.filter(figures__isnull=True).exists():
        backtest.figures = added_up(part.figures or {} for part in parts)
        backtest.ended_at = timezone.now()
        backtest.save(update_fields=["figures", "ended_at"])
