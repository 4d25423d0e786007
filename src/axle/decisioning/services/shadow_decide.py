"""What a shadow would have answered beside a decision; kept, and acted on by nobody."""

from axle.decisioning.domain.policy import Resolver
from axle.decisioning.live import StrategyUnusable
from axle.decisioning.models import DecisionRecord, ShadowDecision, StrategyTrial
from axle.decisioning.policy_live import PolicyUnusable, values_of
from axle.decisioning.services.cases_again import again_with


def shadow_decide(*, trial_id: int, record_id: int) -> None:
    """Decide a recorded case with the version of a trial and the calibration of the record; once, however often it is
    called. A version or calibration that may not decide leaves nothing: nobody waits for a shadow.
    """
    trial = StrategyTrial.objects.select_related("version").get(pk=trial_id)
    record = DecisionRecord.objects.get(pk=record_id)
    try:
        again = again_with(trial.version, record.business_on)
        others = Resolver(values_of(record.calibration_id), on=record.business_on)
    except (StrategyUnusable, PolicyUnusable):
        return
    inputs = again.inputs(record)
    answer = again.decide(record, inputs, again.policy_kept(record, inputs, others))
    ShadowDecision.objects.get_or_create(
        trial=trial,
        record=record,
        defaults={
            "outcome": answer.outcome,
            "score": answer.score,
            "rule_codes": [hit.code for hit in answer.hits],
            "fault_codes": [fault.code.value for fault in answer.faults],
            "policy": answer.policy.stored(),
            "score_given": answer.given.stored(),
            "result": answer.stored(),
        },
    )
