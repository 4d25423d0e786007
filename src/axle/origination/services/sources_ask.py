"""Ask the data sources about a submitted application, the cheap ones first or all at once, and then decide.

Before each stage the strategy is asked whether the best of answers could still help: a case that is declined anyway is
declined without asking, so that nothing is paid for it and no mark is left with the credit bureau.
"""

from axle.decisioning.public import decisions_draft
from axle.origination.domain.lifecycle import SUBMITTED
from axle.origination.models import Application
from axle.origination.parameters import SOURCES_IN_STAGES
from axle.origination.services.application_decide import application_decide
from axle.origination.services.application_lock import application_take
from axle.origination.services.decision_facts import case_told, decision_facts, sources_waiting
from axle.origination.services.review_start import application_subject
from axle.origination.services.source_facts import particulars_of
from axle.platform.public import acting, business_date, parameter_value, readings_kept, system_actor
from axle.sources.public import (
    CaseScope,
    Stage,
    enquiry_ask,
    enquiry_begin,
    enquiry_finish,
)
from axle.vehicle.public import vehicle_get


def sources_ask(*, application_id: int) -> None:
    """Ask what is to be asked in this round, and decide. Running again asks what an earlier run left open.

    Outside of a transaction: the calls are on record before they leave.
    """
    with readings_kept():
        _stages_ask(application_id)
        with acting(system_actor("decision"), "application_decide"):
            application_decide(application_id=application_id)


def _stages_ask(application_id: int) -> None:
    enquiry_id = None
    for stages in [[stage] for stage in Stage] if parameter_value(SOURCES_IN_STAGES.code) else [list(Stage)]:
        enquiry_id = _enquiry_for(application_id, stages[0])
        if enquiry_id is None:
            return
        enquiry_ask(enquiry_id, stages)
    if enquiry_id is not None:
        enquiry_finish(enquiry_id)


def _enquiry_for(application_id: int, stage: Stage) -> int | None:
    """The enquiry that the stage belongs to; None when there is nothing to ask any more."""
    with acting(system_actor("decision"), "sources_ask"):
        application = application_take(application_id)
        if application.state != SUBMITTED:
            return None
        enquiry_id = enquiry_begin(
            subject=application_subject(application),
            subject_no=application.application_no,
            round=application.round,
            case=particulars_of(application, vehicle_get(application.vehicle_id or 0)),
            asked_by=application.created_by_name,
            scope=CaseScope(
                legal_entity_id=application.legal_entity_id,
                department_id=application.department_id,
                owner_id=application.owner_id,
                dealer_id=application.dealer_id,
            ),
        )
        if _is_declined(application):
            enquiry_finish(enquiry_id, stopped_before=stage)
            return None
        return enquiry_id


def _is_declined(application: Application) -> bool:
    """Whether the strategy declines already, whatever the sources that are still to be asked may say."""
    facts = decision_facts(application, waiting=sources_waiting(application))
    (draft,) = decisions_draft(
        strategy=facts.strategy, cases=[case_told(facts)], on=business_date(), case_no=facts.case_no
    )
    return draft.outcome == "decline"
