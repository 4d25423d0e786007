"""Deciding again what was decided about some subjects, with the version and the policy values that count now."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from axle.decisioning.domain.evaluation import Evaluation
from axle.decisioning.live import StrategyUnusable
from axle.decisioning.models import DecisionRecord
from axle.decisioning.policy_live import pointer_in_force, resolver_in_force
from axle.decisioning.selectors import version_in_force
from axle.decisioning.services.cases_again import Again, again_with, cases_streamed


@dataclass(frozen=True)
class DecidedAgain:
    """A kept decision beside the answer to the same facts now; ``now`` is None where the version cannot decide by
    them. ``basis`` names version and calibration: equal ones answer the same."""

    subject_id: int
    record: DecisionRecord
    now: Evaluation | None
    basis: str


def subjects_again(subject_type: str, subject_ids: Collection[int], *, on: date) -> Iterator[DecidedAgain]:
    """The last decision about each subject and the answer of today, a chunk of records at a time."""
    rows = DecisionRecord.objects.filter(subject_type=subject_type, subject_id__in=subject_ids)
    latest = rows.order_by("subject_id", "-pk").distinct("subject_id")
    resolver, pointer = resolver_in_force(on), pointer_in_force()
    versions: dict[str, Again | None] = {}
    for record in cases_streamed(latest):
        code = record.strategy_code
        if code not in versions:
            versions[code] = _again(code, on)
        again = versions[code]
        basis = f"{again.version_id if again else 0}/{pointer.calibration_id if pointer else 0}"
        inputs = again.told(record) if again else None
        if again is None or inputs is None:
            yield DecidedAgain(record.subject_id, record, None, basis)
            continue
        policy = again.policy_found(inputs, resolver)
        now = again.decided(record, policy) or again.decide(record, inputs, policy)
        yield DecidedAgain(record.subject_id, record, now, basis)


def _again(code: str, on: date) -> Again | None:
    version = version_in_force(code, on)
    try:
        return again_with(version, on) if version else None
    except StrategyUnusable:
        return None
