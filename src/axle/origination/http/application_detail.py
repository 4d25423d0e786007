"""Reading one application."""

from decimal import Decimal
from typing import Any

from axle.channel.public import dealer_names
from axle.decisioning.public import DECISION_VIEW, CheckFound, DecisionView, Words, decisions_of
from axle.kernel.errors import AxleError
from axle.kernel.rounding import round_rate
from axle.origination import permissions as may
from axle.origination.domain.form import ApplicationForm
from axle.origination.domain.lifecycle import DRAFT, RETURNED, ContractState, DisbursementState
from axle.origination.domain.possible import APPLICATION_COMMANDS
from axle.origination.http import application_views as views
from axle.origination.http.base import api
from axle.origination.http.form_masking import form_masked
from axle.origination.models import Application, ConditionDefinition, Disbursement
from axle.origination.selectors import applications_visible
from axle.origination.services.decision_facts import channel_of
from axle.origination.services.documents_gather import captured_of, differences, missing_kinds
from axle.origination.services.offer_make import documents_needed, offer_make
from axle.origination.services.review_ask import review_is_askable
from axle.origination.services.review_start import application_subject
from axle.party.public import customer_get
from axle.platform.errors import NotFound
from axle.platform.public import Actor, available_commands, business_date, current_locale, name_shown
from axle.product.public import product_version_get
from axle.vehicle.public import VehicleView, vehicle_get
from axle.workflow.public import ActionableTask, TimelineItem, tasks_actionable, timeline


@api.query("application_get", "/applications/{application_id}", permission=may.APPLICATION_VIEW)
def application_get(actor: Actor, application_id: int) -> views.ApplicationDetail:
    """An application with everything that its reviewers need."""
    return application_detail(actor, application_visible(actor, application_id))


def application_visible(actor: Actor, application_id: int) -> Application:
    """An application in the actor's sight. Errors: NotFound."""
    application = applications_visible(actor).filter(pk=application_id).first()
    if application is None:
        raise NotFound(what="application")
    return application


# Submitting decides: the operation shows reasons, which a dealer may not read, as it shows them to reviewers.
api.history("application", "/applications", permission=DECISION_VIEW, find=application_visible)


def application_detail(actor: Actor, application: Application) -> views.ApplicationDetail:
    """The page of an application for its reader."""
    subject = application_subject(application)
    vehicle = vehicle_get(application.vehicle_id) if application.vehicle_id else None
    tasks = tasks_actionable(actor, subject)
    return views.ApplicationDetail(
        **_columns(application),
        dealer_name=_dealer_name(application),
        form=_form(actor, application),
        customer=_customer(application),
        vehicle=_vehicle(vehicle) if vehicle else None,
        offer=_offer(application, vehicle) if vehicle else None,
        conditions_asked=_conditions_asked(application),
        decisions=[_decision(decision) for decision in decisions_of(actor, subject)],
        documents=_captured(application),
        missing_documents=_missing(application, vehicle),
        differences=_differences(application),
        tasks=[_task(task) for task in tasks],
        timeline=[_item(item) for item in timeline(subject)],
        rounds=_rounds(application),
        contracts=_contracts(application),
        disbursements=_disbursements(application),
        actions=_actions(actor, application, tasks),
    )


_COLUMNS = (
    "version", "application_no", "state", "decision", "score", "documents_asked", "round", "applicant_name",
    "vehicle_title", "amount", "down_payment", "vehicle_price", "monthly_income", "periods", "method", "annual_rate",
    "approved_amount", "approved_periods", "approved_until", "review_asked_on",
    "review_reason", "dealer_id", "created_by_name", "created_at", "submitted_at", "decided_at",
    "process_id",
)  # fmt: skip


def _columns(application: Application) -> dict[str, Any]:
    return {"id": application.pk, "intake_source": application.source} | {
        name: getattr(application, name) for name in _COLUMNS
    }


def _conditions_asked(application: Application) -> list[str]:
    """What the decision demands before money leaves, in words; by its code where nobody defines it."""
    if not application.conditions_asked:
        return []
    title = "title_en" if current_locale.get() == "en-US" else "title"
    known = dict(ConditionDefinition.objects.filter(code__in=application.conditions_asked).values_list("code", title))
    return [known.get(code, code) for code in application.conditions_asked]


def _dealer_name(application: Application) -> str:
    dealer_id = application.dealer_id
    return dealer_names({dealer_id}).get(dealer_id, "") if dealer_id else ""


def _form(actor: Actor, application: Application) -> ApplicationForm:
    """In full for whoever may go on typing, masked for everybody else."""
    form = ApplicationForm.model_validate(application.form)
    is_open = application.state in (DRAFT, RETURNED)
    return form if is_open and actor.may(may.APPLICATION_EDIT) else form_masked(form)


def _customer(application: Application) -> views.ApplicantOut | None:
    if application.customer_id is None:
        return None
    customer = customer_get(application.customer_id)
    return views.ApplicantOut(
        customer_id=customer.id,
        customer_no=customer.customer_no,
        name=customer.name,
        id_no_masked=customer.id_no_masked,
        phone_masked=customer.phone_masked,
        gender=customer.gender,
        age=customer.age,
    )


def _vehicle(vehicle: VehicleView) -> views.ApplicationVehicleOut:
    return views.ApplicationVehicleOut(
        vehicle_id=vehicle.id,
        vehicle_name=vehicle.title,
        vin=vehicle.vin,
        is_new=vehicle.is_new,
        price=vehicle.price,
        guide_price=vehicle.trim.guide_price,
        lending_value=vehicle.lending_value,
        appraisal=views.ApplicationAppraisalOut(**vars(vehicle.appraisal)) if vehicle.appraisal else None,
    )


def _offer(application: Application, vehicle: VehicleView) -> views.ApplicationOfferOut | None:
    """What the product says today; nothing when it does not offer the loan any more."""
    form = ApplicationForm.model_validate(application.form)
    try:
        offer = offer_make(form.loan, vehicle, channel=channel_of(application), start_on=business_date())
    except AxleError:
        return None
    quote, version = offer.quote, offer.version
    return views.ApplicationOfferOut(
        product_name=name_shown(version),
        product_version=version.version,
        instalment=offer.instalment,
        interest_total=quote.interest_total,
        total=quote.total,
        irr_annual=quote.irr.simple,
        apr=quote.apr.simple,
        ltv=round_rate(Decimal(quote.principal) / vehicle.lending_value, 4),
    )


def _decision(decision: DecisionView) -> views.ApplicationDecisionOut:
    is_english = current_locale.get() == "en-US"
    return views.ApplicationDecisionOut(
        record_id=decision.record_id,
        record_no=decision.record_no,
        outcome=decision.outcome,
        score=decision.score,
        strategy_name=decision.strategy_name,
        strategy_version_no=decision.strategy_version_no,
        decided_on=decision.decided_on,
        reasons=[
            views.DecisionReasonOut(
                code=reason.code,
                severity=reason.severity,
                text=reason.text_en if is_english else reason.text_zh,
            )
            for reason in decision.reasons
        ],
        checks=[_check(found, is_english=is_english) for found in decision.checks],
        results=dict(decision.results),
    )


def _check(found: CheckFound, *, is_english: bool) -> views.NamedCheckOut:
    def said(words: Words) -> str:
        return words.en if is_english else words.zh

    return views.NamedCheckOut(
        code=found.code,
        check_name=said(found.name),
        check_status=found.status,
        rule_severity=found.severity,
        is_cross=found.is_cross,
        says=said(found.says),
        evidence=[
            views.CheckEvidenceOut(name=fact.name, label=said(fact.label), value=said(fact.value))
            for fact in found.evidence
        ],
    )


def _captured(application: Application) -> list[views.ApplicationDocumentOut]:
    return [
        views.ApplicationDocumentOut(
            document_id=document.document_id,
            kind=document.kind,
            file_id=document.file_id,
            ocr_state=document.ocr_state,
            confidence=document.confidence,
            doubtful=list(document.doubtful),
        )
        for document in captured_of(application)
    ]


def _missing(application: Application, vehicle: VehicleView | None) -> list[str]:
    """Kinds that must come before the next submission."""
    form = ApplicationForm.model_validate(application.form)
    is_new = vehicle.is_new if vehicle else form.vehicle.kind != "used"
    version_id = application.product_version_id or form.loan.product_version_id
    try:
        version = product_version_get(version_id) if version_id else None
    except NotFound:
        version = None
    needed = documents_needed(version, node="intake", is_new=is_new) if version else []
    return missing_kinds(application, [*needed, *application.documents_asked])


def _differences(application: Application) -> list[views.FormDifferenceOut]:
    return [
        views.FormDifferenceOut(
            kind=found.kind,
            path=found.path,
            form_value=found.difference.form_value,
            recognised_value=found.difference.recognised_value,
            severity=found.difference.severity,
        )
        for found in differences(application)
    ]


def _task(found: ActionableTask) -> views.ReviewTaskOut:
    task = found.task
    return views.ReviewTaskOut(
        task_id=task.task_id,
        node=task.node,
        node_name=task.name,
        state=task.state,
        assignee_name=task.assignee_name,
        actions=list(task.actions),
        due_at=task.due_at,
        is_overdue=task.is_overdue,
        version=task.version,
        may_claim=found.may_claim,
        may_complete=found.may_complete,
    )


def _item(item: TimelineItem) -> views.ReviewStepOut:
    return views.ReviewStepOut(
        at=item.at,
        actor_name=item.actor_name,
        role=item.role,
        node=item.node,
        name=item.name,
        state=item.step,
        action=item.action,
        opinion=item.opinion,
        documents=list(item.documents),
    )


def _rounds(application: Application) -> list[views.ApplicationRoundOut]:
    rows = application.rounds.order_by("round").values("round", "submitted_at", "submitted_by_name")
    return [views.ApplicationRoundOut(**row) for row in rows]


def _contracts(application: Application) -> list[views.ContractLinkOut]:
    rows = application.contracts.order_by("pk").values_list("pk", "contract_no", "state")
    return [views.ContractLinkOut(contract_id=pk, contract_no=no, state=ContractState(state)) for pk, no, state in rows]


def _disbursements(application: Application) -> list[views.DisbursementLinkOut]:
    rows = Disbursement.objects.filter(contract__application=application).order_by("pk")
    return [
        views.DisbursementLinkOut(disbursement_id=pk, disbursement_no=no, state=DisbursementState(state))
        for pk, no, state in rows.values_list("pk", "disbursement_no", "state")
    ]


def _actions(actor: Actor, application: Application, tasks: list[ActionableTask]) -> list[str]:
    possible = list(APPLICATION_COMMANDS.get(application.state, ()))
    if "application_review_ask" in possible and not review_is_askable(application):
        possible.remove("application_review_ask")
    possible += ["task_claim"] if any(task.may_claim for task in tasks) else []
    possible += ["task_complete", "task_release"] if any(task.may_complete for task in tasks) else []
    return available_commands(actor, *possible)
