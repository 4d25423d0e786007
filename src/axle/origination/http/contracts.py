"""Contracts: make, send, void, read."""

from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.http import HttpResponse
from pydantic import BaseModel, Field

from axle.documents.public import document_content, document_get
from axle.kernel.types import RateStr, Yuan
from axle.origination import permissions as may
from axle.origination.domain.lifecycle import ContractState
from axle.origination.domain.possible import CONTRACT_COMMANDS
from axle.origination.http.applications import ApplicationIn
from axle.origination.http.base import api
from axle.origination.models import Contract
from axle.origination.selectors import contracts_visible
from axle.origination.services.contract_create import contract_create
from axle.origination.services.contract_void import contract_void
from axle.origination.services.signing_send import contract_send_for_signing
from axle.platform.errors import NotFound
from axle.platform.http import ActorName, file_answer
from axle.platform.public import PDF, Actor, Ctx, Input, available_commands, name_shown
from axle.product.public import product_version_get


class ContractIn(Input):
    """A contract as the person saw it."""

    contract_id: int
    version: int


class ContractVoidIn(ContractIn):
    """Why the contract is voided."""

    reason: str = Field(min_length=1, max_length=500)


class ContractOut(BaseModel):
    """A contract after a write."""

    contract_id: int
    contract_no: str
    state: ContractState
    version: int


class SigningSentOut(BaseModel):
    """The invitation that was sent."""

    contract_id: int
    expires_at: datetime


class ContractInstalmentOut(BaseModel):
    """One row of the disclosed plan."""

    no: int
    due_on: date
    principal: Yuan
    interest: Yuan
    fee: Yuan
    total: Yuan
    balance: Yuan


class ContractSigningOut(BaseModel):
    """One invitation to sign, with its evidence once signed."""

    state: str
    sent_at: datetime
    expires_at: datetime
    link_opened_at: datetime | None
    signed_at: datetime | None
    evidence: dict[str, Any]


class ContractDetail(BaseModel):
    """A contract with its plan and its signatures. ``actions`` are the commands possible now."""

    id: int
    version: int
    contract_no: str
    state: ContractState
    application_id: int
    application_no: str
    applicant_name: str
    customer_id: int
    vehicle_id: int
    vin: str
    vehicle_title: str
    product_name: str
    vehicle_price: Yuan
    down_payment: Yuan
    principal: Yuan
    annual_rate: RateStr
    annual_cost_rate: RateStr
    periods: int
    method: str
    due_day: int
    planned_start_on: date
    first_due_on: date
    instalment: Yuan
    total_interest: Yuan
    total_due: Yuan
    document_id: int | None
    document_no: str
    document_sha256: str
    signed_sha256: str
    created_by_name: ActorName
    created_at: datetime
    signed_at: datetime | None
    voided_at: datetime | None
    void_reason: str
    schedule: list[ContractInstalmentOut]
    signings: list[ContractSigningOut]
    disbursement_id: int | None
    actions: list[str]


@api.command("contract_create", permission=may.CONTRACT_MANAGE, subject="contract")
def contract_create_command(ctx: Ctx, data: ApplicationIn) -> ContractOut:
    """Make the contract of an approved application."""
    return _out(contract_create(actor=ctx.actor, application_id=data.application_id, version=data.version))


@api.command("contract_send_for_signing", permission=may.CONTRACT_MANAGE, subject="contract")
def contract_send_for_signing_command(ctx: Ctx, data: ContractIn) -> SigningSentOut:
    """Text the customer a link to sign; earlier links stop working."""
    session = contract_send_for_signing(actor=ctx.actor, contract_id=data.contract_id, version=data.version)
    return SigningSentOut(contract_id=data.contract_id, expires_at=session.expires_at)


@api.command("contract_void", permission=may.CONTRACT_MANAGE, subject="contract")
def contract_void_command(ctx: Ctx, data: ContractVoidIn) -> ContractOut:
    """Void a contract so that another can be made."""
    contract = contract_void(actor=ctx.actor, contract_id=data.contract_id, reason=data.reason, version=data.version)
    return _out(contract)


@api.query("contract_get", "/contracts/{contract_id}", permission=may.CONTRACT_VIEW)
def contract_get(actor: Actor, contract_id: int) -> ContractDetail:
    """A contract with plan, signatures and what can be done."""
    return _detail(actor, contract_visible(actor, contract_id))


@api.query("contract_file", "/contracts/{contract_id}/file", permission=None)
def contract_file(actor: Actor, contract_id: int) -> HttpResponse:
    """The contract's PDF, for staff in scope and for the borrower who signs it."""
    contract = contract_visible(actor, contract_id)
    if contract.document_id is None:
        raise NotFound(what="document")
    content, name = document_content(contract.document_id), f"{contract.contract_no}.pdf"
    return file_answer(content, content_type=PDF, name=name, is_download=False)


def contract_visible(actor: Actor, contract_id: int) -> Contract:
    """A contract in the actor's sight. Errors: NotFound."""
    contract = contracts_visible(actor).select_related("application").filter(pk=contract_id).first()
    if contract is None:
        raise NotFound(what="contract")
    return contract


api.history("contract", "/contracts", permission=may.CONTRACT_VIEW, find=contract_visible)


def _out(contract: Contract) -> ContractOut:
    return ContractOut(
        contract_id=contract.pk,
        contract_no=contract.contract_no,
        state=ContractState(contract.state),
        version=contract.version,
    )


_COLUMNS = (
    "version", "contract_no", "state", "application_id", "customer_id", "vehicle_id", "vin",
    "vehicle_price", "down_payment", "principal", "annual_rate", "annual_cost_rate", "periods", "method", "due_day",
    "planned_start_on", "first_due_on", "instalment", "total_interest", "total_due", "document_id",
    "document_sha256", "signed_sha256", "created_by_name", "created_at", "signed_at", "voided_at", "void_reason",
)  # fmt: skip
_SIGNING = ("state", "sent_at", "expires_at", "signed_at", "evidence")


def _detail(actor: Actor, contract: Contract) -> ContractDetail:
    columns: dict[str, Any] = {name: getattr(contract, name) for name in _COLUMNS}
    disbursement = contract.disbursements.exclude(state="cancelled").values_list("pk", flat=True).first()
    return ContractDetail(
        id=contract.pk,
        **columns,
        application_no=contract.application.application_no,
        applicant_name=contract.application.applicant_name,
        vehicle_title=contract.application.vehicle_title,
        product_name=name_shown(product_version_get(contract.product_version_id)),
        document_no=document_get(contract.document_id).document_no if contract.document_id else "",
        schedule=[ContractInstalmentOut(**row) for row in contract.schedule],
        signings=_signings(contract),
        disbursement_id=disbursement,
        actions=available_commands(actor, *CONTRACT_COMMANDS.get(contract.state, ())),
    )


def _signings(contract: Contract) -> list[ContractSigningOut]:
    rows = contract.sessions.order_by("pk").values(*_SIGNING, link_opened_at=F("opened_at"))
    return [ContractSigningOut(**row) for row in rows]
