"""Reactions to other contexts' events; wired in ``axle.config.wiring``, all in the same transaction."""

from axle.decisioning.events import CalibrationActivated, StrategyActivated
from axle.documents.events import DocumentRecognised
from axle.origination.jobs import look_at_offers_again
from axle.origination.services.application_lock import application_take
from axle.origination.services.application_ready import application_decide_if_ready
from axle.origination.services.device_session_keep import LETTER, device_forget
from axle.origination.services.disbursement_settle import disbursement_fail, disbursement_succeed
from axle.origination.services.offers_look_again import offers_exist
from axle.origination.services.review_follow import review_end, review_step
from axle.payments.events import PayoutFailed, PayoutSucceeded
from axle.platform.public import system_actor
from axle.sources.events import ConsentWithdrawn
from axle.sources.public import Purpose
from axle.workflow.events import ProcessCompleted, TaskCompleted

APPLICATION, DISBURSEMENT = "application", "disbursement"


def on_document_recognised(event: DocumentRecognised) -> None:
    """The last document of a submitted application was read: decide."""
    if event.subject.type == APPLICATION:
        application = application_take(event.subject.id)
        application_decide_if_ready(application, actor=system_actor("decision"))


def on_policy_changed(event: CalibrationActivated | StrategyActivated) -> None:
    """Other values or another version count: approvals that are not paid out are looked at again."""
    if offers_exist():
        look_at_offers_again.defer()


def on_task_completed(event: TaskCompleted) -> None:
    """A reviewer acted."""
    if event.subject.type == APPLICATION:
        review_step(application_id=event.subject.id, node=event.node, action=event.action, documents=event.documents)


def on_process_completed(event: ProcessCompleted) -> None:
    """A review ended."""
    if event.subject.type == APPLICATION:
        review_end(application_id=event.subject.id, outcome=event.outcome)


def on_consent_withdrawn(event: ConsentWithdrawn) -> None:
    """Nobody may use the applicant's device any more."""
    if event.purpose == Purpose.DEVICE_DATA and event.subject.type in (APPLICATION, LETTER):
        device_forget(event.subject)


def on_payout_succeeded(event: PayoutSucceeded) -> None:
    """The bank paid a disbursement."""
    if event.ref.type == DISBURSEMENT:
        disbursement_succeed(
            disbursement_id=event.ref.id,
            payout_no=event.order_no,
            value_on=event.value_on,
            bank_serial=event.bank_serial,
            bank_account_id=event.bank_account_id,
        )


def on_payout_failed(event: PayoutFailed) -> None:
    """The bank refused a disbursement."""
    if event.ref.type == DISBURSEMENT:
        disbursement_fail(disbursement_id=event.ref.id, code=event.code, message=event.message)
