"""Evaluating a recorded case again with the versions that it was decided with."""

from dataclasses import dataclass

from axle.decisioning.domain.canonical import canonical_bytes
from axle.decisioning.domain.policy_block import PolicyBlock
from axle.decisioning.domain.score_stage import ScoreBlock
from axle.decisioning.domain.traces import trace_unpacked
from axle.decisioning.models import DecisionRecord
from axle.decisioning.parameters import DEADLINE_MS
from axle.decisioning.services.decision_make import Basis, evaluation_of, record_hash
from axle.platform.errors import NotFound
from axle.platform.public import parameter_value


@dataclass(frozen=True)
class ReplayReport:
    """Whether the stored record is intact and the same inputs give the same bytes again, with what each node made."""

    record_id: int
    is_same: bool
    is_intact: bool
    stored: bytes
    replayed: bytes


def decision_replay(record_id: int) -> ReplayReport:
    """Decide a recorded case once more, with the policy values and the score kept with it, and compare.

    Nothing is stored. Errors: NotFound.
    A case that was referred for a fault of the moment (a time-out, no active version) or for inputs that were
    refused and not kept is not expected to give the same bytes.
    """
    record = DecisionRecord.objects.select_related("version").filter(pk=record_id).first()
    if record is None:
        raise NotFound(what="decision_record")
    basis = Basis(
        deadline_seconds=parameter_value(DEADLINE_MS, on=record.business_on) / 1000,
        policy=PolicyBlock.read(record.policy),
        score=ScoreBlock.read(record.score_given),
    )
    evaluation = evaluation_of(record.version, record.inputs, basis)
    again, stored = canonical_bytes(evaluation.stored()), canonical_bytes(record.result)
    made, _ = trace_unpacked(bytes(record.trace))
    is_same = stored == again and canonical_bytes(made) == canonical_bytes(evaluation.made)
    is_intact = record_hash(record) == record.content_hash
    return ReplayReport(record_id, is_same and is_intact, is_intact, stored, again)
