"""Ask the data sources about a submitted application, the cheap ones first or all at once, and then decide.

Before each stage the strategy is asked whether the best of answers could still help: a case that is declined anyway is
declined without asking, so that nothing is paid for it and no mark is left with the credit bureau. What the strategy is
told beside the answers is gathered once, before the first stage.
"""

from time import monotonic

from axle.decisioning.public import outcome_of
from axle.origination.domain.lifecycle import SUBMITTED
from axle.origination.models import Application
from axle.origination.parameters import SOURCES_IN_STAGES, SOURCES_WITHIN_MS
from axle.origination.services.application_decide import application_decide_on
from axle.origination.services.application_lock import application_take
from axle.origination.services.decision_facts import CaseGround, assigned_of, case_ground, case_told, decision_facts
from axle.origination.services.review_start import application_subject
from axle.origination.services.source_facts import particulars_of
from axle.platform.public import acting, business_date, parameter_value, readings_kept, system_actor
from axle.sources.public import (
    CallsOut,
    CaseScope,
    OpenEnquiry,
    Stage,
    calls_write,
    enquiry_finish,
    enquiry_open,
    longest_seconds,
)
from axle.vehicle.public import vehicle_get


def sources_ask(*, application_id: int) -> None:
    """Ask what is to be asked in this round, and decide. Running again asks what an earlier run left open.

    Outside of a transaction: the calls are on record before they leave.
    """
    with readings_kept():
        asking = _Asking(application_id)
        asking.stages_ask()
        asking.decide()


class _Asking:
    """One round of questions about a case."""

    def __init__(self, application_id: int) -> None:
        self._application_id = application_id
        self._begun_at = monotonic()
        self._enquiry: OpenEnquiry | None = None
        self._ground: CaseGround | None = None
        self._out: CallsOut | None = None
        self._is_stopped = False

    def stages_ask(self) -> None:
        """Ask stage after stage, until nothing is left to ask or nothing could help any more.

        A stage waits for the one before as long as there will be time enough for its own sources; what is still out
        then is awaited beside it, and counts as good as can be when it is asked whether the stage could help.
        """
        for stages in [[stage] for stage in Stage] if parameter_value(SOURCES_IN_STAGES.code) else [list(Stage)]:
            if self._out is not None:
                self._out.hear(until=self._begun_at + _within_seconds() - longest_seconds(stages))
            if not self._stage_ask(stages):
                break
        if self._out is not None:
            self._out.hear()

    def _stage_ask(self, stages: list[Stage]) -> bool:
        """Let the questions of a stage leave; False where nothing more is to be asked."""
        with acting(system_actor("decision"), "sources_ask"):
            application = application_take(self._application_id)
            if application.state != SUBMITTED:
                return False
            enquiry, ground = self._begun(application)
            if _is_declined(application, enquiry, ground):
                enquiry_finish(enquiry, stopped_before=stages[0])
                self._is_stopped = True
                return False
            leaving = calls_write(enquiry, stages)
        self._out = self._out or CallsOut(enquiry)
        self._out.leave(leaving)
        return True

    def decide(self) -> None:
        """Decide on what is known now, unless somebody has done something else with the case meanwhile."""
        enquiry, ground = self._enquiry, self._ground
        if enquiry is None or ground is None:
            return
        with acting(system_actor("decision"), "application_decide"):
            application = application_take(self._application_id)
            if application.state != SUBMITTED:
                enquiry_finish(enquiry)
                return
            waiting = enquiry.waiting if self._is_stopped else ()
            application_decide_on(application, ground, enquiry.answers, waiting=waiting)

    def _begun(self, application: Application) -> tuple[OpenEnquiry, CaseGround]:
        if self._enquiry is None or self._ground is None:
            vehicle = vehicle_get(application.vehicle_id or 0)
            self._ground = case_ground(application, vehicle)
            self._enquiry = enquiry_open(
                subject=application_subject(application),
                subject_no=application.application_no,
                round=application.round,
                case=particulars_of(application, vehicle, self._ground.captured),
                asked_by=application.created_by_name,
                scope=CaseScope(
                    legal_entity_id=application.legal_entity_id,
                    department_id=application.department_id,
                    owner_id=application.owner_id,
                    dealer_id=application.dealer_id,
                ),
            )
        return self._enquiry, self._ground


def _within_seconds() -> float:
    return float(parameter_value(SOURCES_WITHIN_MS.code)) / 1000


def _is_declined(application: Application, enquiry: OpenEnquiry, ground: CaseGround) -> bool:
    """Whether the strategy declines already, whatever the sources that are still to be asked may say."""
    if not enquiry.waiting:
        return False
    facts, on = decision_facts(application, ground, enquiry.heard, waiting=enquiry.waiting), business_date()
    assigned = assigned_of(facts, on)
    return outcome_of(assigned, case_told(facts, assigned), on=on) == "decline"
