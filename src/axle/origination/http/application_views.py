"""What the application's page shows, section by section."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from axle.decisioning.public import CheckStatus
from axle.kernel.types import RateStr, Yuan
from axle.origination.domain.form import ApplicationForm
from axle.origination.domain.lifecycle import ApplicationState, ContractState, DisbursementState
from axle.platform.http import ActorName


class ApplicantOut(BaseModel):
    """The applicant, masked."""

    customer_id: int
    customer_no: str
    name: str
    id_no_masked: str
    phone_masked: str
    gender: str
    age: int


class ApplicationAppraisalOut(BaseModel):
    """What an appraiser found the car to be worth."""

    value: Yuan
    condition: str
    note: str
    appraised_on: date
    appraiser_name: ActorName


class ApplicationVehicleOut(BaseModel):
    """The car."""

    vehicle_id: int
    vehicle_name: str
    vin: str
    is_new: bool
    price: Yuan
    guide_price: Yuan
    lending_value: Yuan
    appraisal: ApplicationAppraisalOut | None


class ApplicationOfferOut(BaseModel):
    """The loan as the product prices it today; ``ltv`` is the amount over the lending value."""

    product_name: str
    product_version: int
    instalment: Yuan
    interest_total: Yuan
    total: Yuan
    irr_annual: RateStr
    apr: RateStr
    ltv: RateStr


class DecisionReasonOut(BaseModel):
    """Why a case was not simply approved."""

    code: str
    severity: str
    text: str


class CheckEvidenceOut(BaseModel):
    """One thing that a check looked at, as people read it."""

    name: str
    label: str
    value: str


class NamedCheckOut(BaseModel):
    """What a decision says of a named check."""

    code: str
    check_name: str
    check_status: CheckStatus
    rule_severity: str
    is_cross: bool
    says: str
    evidence: list[CheckEvidenceOut]


class ApplicationDecisionOut(BaseModel):
    """One answer of the strategy."""

    record_id: int
    record_no: str
    outcome: str
    score: int | None
    strategy_name: str
    strategy_version_no: int | None
    decided_on: date
    reasons: list[DecisionReasonOut]
    checks: list[NamedCheckOut]
    results: dict[str, Any]


class ApplicationDocumentOut(BaseModel):
    """One captured document."""

    document_id: int
    kind: str
    file_id: int
    ocr_state: str
    confidence: float | None
    doubtful: list[str]


class FormDifferenceOut(BaseModel):
    """A document that says otherwise than the form; severity ``fill`` means that the form is empty there."""

    kind: str
    path: str
    form_value: str
    recognised_value: str
    severity: str


class ReviewTaskOut(BaseModel):
    """A review task that the reader can act on."""

    task_id: int
    node: str
    node_name: str
    state: str
    assignee_name: str
    actions: list[str]
    due_at: datetime
    is_overdue: bool
    version: int
    may_claim: bool
    may_complete: bool


class ReviewStepOut(BaseModel):
    """One step of the review."""

    at: datetime
    actor_name: ActorName
    role: str
    node: str
    name: str
    state: str
    action: str
    opinion: str
    documents: list[str]


class ApplicationRoundOut(BaseModel):
    """One submission."""

    round: int
    submitted_at: datetime
    submitted_by_name: ActorName


class ContractLinkOut(BaseModel):
    """A contract of the application."""

    contract_id: int
    contract_no: str
    state: ContractState


class DisbursementLinkOut(BaseModel):
    """The disbursement of the application's contract."""

    disbursement_id: int
    disbursement_no: str
    state: DisbursementState


class ApplicationDetail(BaseModel):
    """Everything about an application that its reader may know. ``actions`` are the commands possible now."""

    id: int
    version: int
    application_no: str
    intake_source: str
    state: ApplicationState
    decision: str
    score: int | None
    documents_asked: list[str]
    round: int
    applicant_name: str
    vehicle_title: str
    amount: Yuan | None
    down_payment: Yuan | None
    vehicle_price: Yuan | None
    monthly_income: Yuan | None
    periods: int | None
    method: str
    annual_rate: RateStr | None
    approved_amount: Yuan | None
    approved_periods: int | None
    conditions_asked: list[str]
    review_asked_on: date | None
    review_reason: str
    approved_until: date | None
    dealer_id: int | None
    dealer_name: str
    created_by_name: ActorName
    created_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    process_id: int | None
    form: ApplicationForm
    customer: ApplicantOut | None
    vehicle: ApplicationVehicleOut | None
    offer: ApplicationOfferOut | None
    decisions: list[ApplicationDecisionOut]
    documents: list[ApplicationDocumentOut]
    missing_documents: list[str]
    differences: list[FormDifferenceOut]
    tasks: list[ReviewTaskOut]
    timeline: list[ReviewStepOut]
    rounds: list[ApplicationRoundOut]
    contracts: list[ContractLinkOut]
    disbursements: list[DisbursementLinkOut]
    actions: list[str]
