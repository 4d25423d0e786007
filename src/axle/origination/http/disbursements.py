"""Disbursements: check, register, review, read."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from pydantic import BaseModel, Field

from axle.kernel.types import ApiPath, Yuan
from axle.origination import permissions as may
from axle.origination.domain.lifecycle import DisbursementState
from axle.origination.domain.possible import DISBURSEMENT_COMMANDS
from axle.origination.http.base import api
from axle.origination.models import Disbursement, DisbursementCondition
from axle.origination.selectors import disbursements_visible
from axle.origination.services.conditions_settle import condition_confirm, disbursement_check
from axle.origination.services.disbursement_register import (
    disbursement_approve,
    disbursement_register,
    disbursement_reject,
)
from axle.payments.public import payouts_of
from axle.platform.errors import NotFound
from axle.platform.http import ActorName, evidence_answer
from axle.platform.public import Actor, Ctx, Input, Subject, available_commands, current_locale, mask, text


class DisbursementIn(Input):
    """A disbursement as the person saw it."""

    disbursement_id: int
    version: int


class DisbursementIdIn(Input):
    disbursement_id: int


class ConditionConfirmIn(DisbursementIdIn):
    """A person's word on a manual condition; ``file_id`` is the document behind it."""

    code: str = Field(max_length=40)
    is_met: bool
    note: str = Field("", max_length=500)
    file_id: int | None = None


class DisbursementApproveIn(DisbursementIn):
    """The checker keys the last four digits of the payee's account anew."""

    account_tail: str = Field(min_length=4, max_length=4, pattern=r"^\d{4}$")
    opinion: str = Field("", max_length=500)


class DisbursementRejectIn(DisbursementIn):
    """Why the registration goes back."""

    opinion: str = Field(min_length=1, max_length=500)


class DisbursementOut(BaseModel):
    """A disbursement after a write."""

    disbursement_id: int
    disbursement_no: str
    state: DisbursementState
    payout_no: str
    version: int


class DisbursementConditionOut(BaseModel):
    """One condition precedent with what was found or said."""

    code: str
    condition_title: str
    kind: str
    state: str
    needs_document: bool
    finding: str
    note: str
    file: ApiPath | None
    settled_by_name: ActorName
    settled_at: datetime | None


class DisbursementPayoutOut(BaseModel):
    """The payment order; ``unknown`` is a state that only the bank's answer to a query ends."""

    order_no: str
    state: str
    value_on: date | None
    bank_serial: str
    fail_code: str
    fail_message: str


class DisbursementDetail(BaseModel):
    """A disbursement with its checklist. The payee's account is masked: the checker keys its tail from the slip."""

    id: int
    version: int
    disbursement_no: str
    state: DisbursementState
    contract_id: int
    contract_no: str
    application_id: int
    applicant_name: str
    vehicle_title: str
    vin: str
    amount: Yuan
    payee_name: str
    payee_bank: str
    payee_account_masked: str
    maker_name: ActorName
    registered_at: datetime | None
    checker_name: ActorName
    reviewed_at: datetime | None
    review_opinion: str
    failure_code: str
    failure_message: str
    value_on: date | None
    paid_at: datetime | None
    conditions: list[DisbursementConditionOut]
    payout: DisbursementPayoutOut | None
    actions: list[str]


@api.command("disbursement_check", permission=may.DISBURSEMENT_VIEW, subject="disbursement")
def disbursement_check_command(ctx: Ctx, data: DisbursementIdIn) -> DisbursementDetail:
    """Run the automatic checks again."""
    disbursement_check(actor=ctx.actor, disbursement_id=data.disbursement_id)
    return disbursement_get(ctx.actor, data.disbursement_id)


@api.command("condition_confirm", permission=may.CONDITION_CONFIRM, subject="disbursement")
def condition_confirm_command(ctx: Ctx, data: ConditionConfirmIn) -> DisbursementConditionOut:
    """Give a person's word on a manual condition."""
    condition = condition_confirm(
        actor=ctx.actor,
        disbursement_id=data.disbursement_id,
        code=data.code,
        is_met=data.is_met,
        note=data.note,
        file_id=data.file_id,
    )
    return _condition(condition)


@api.command("disbursement_register", permission=may.DISBURSEMENT_REGISTER, subject="disbursement")
def disbursement_register_command(ctx: Ctx, data: DisbursementIn) -> DisbursementOut:
    """Register the payment, once all conditions hold."""
    return _out(disbursement_register(actor=ctx.actor, disbursement_id=data.disbursement_id, version=data.version))


@api.command("disbursement_approve", permission=may.DISBURSEMENT_REVIEW, subject="disbursement")
def disbursement_approve_command(ctx: Ctx, data: DisbursementApproveIn) -> DisbursementOut:
    """Review another person's registration and order the payment."""
    disbursement = disbursement_approve(
        actor=ctx.actor,
        disbursement_id=data.disbursement_id,
        account_tail=data.account_tail,
        opinion=data.opinion,
        version=data.version,
    )
    return _out(disbursement)


@api.command("disbursement_reject", permission=may.DISBURSEMENT_REVIEW, subject="disbursement")
def disbursement_reject_command(ctx: Ctx, data: DisbursementRejectIn) -> DisbursementOut:
    """Send a registration back to its maker."""
    disbursement = disbursement_reject(
        actor=ctx.actor, disbursement_id=data.disbursement_id, opinion=data.opinion, version=data.version
    )
    return _out(disbursement)


@api.query("disbursement_get", "/disbursements/{disbursement_id}", permission=may.DISBURSEMENT_VIEW)
def disbursement_get(actor: Actor, disbursement_id: int) -> DisbursementDetail:
    """A disbursement with its checklist, its payment and what can be done."""
    return _detail(actor, disbursement_visible(actor, disbursement_id))


@api.query(
    "disbursement_condition_file",
    "/disbursements/{disbursement_id}/conditions/{code}/file",
    permission=may.DISBURSEMENT_VIEW,
)
def disbursement_condition_file(actor: Actor, disbursement_id: int, code: str, download: bool = False) -> HttpResponse:
    """The document with which a condition was confirmed; every look is in the operation log."""
    condition = disbursement_visible(actor, disbursement_id).conditions.filter(code=code).first()
    if condition is None:
        raise NotFound(field="code", what="condition")
    return evidence_answer(
        actor,
        operation="disbursement_condition_file",
        type="disbursementcondition",
        id=condition.pk,
        file_id=condition.file_id,
        is_download=download,
    )


def disbursement_visible(actor: Actor, disbursement_id: int) -> Disbursement:
    """A disbursement in the actor's sight. Errors: NotFound."""
    rows = disbursements_visible(actor).select_related("contract__application")
    disbursement = rows.filter(pk=disbursement_id).first()
    if disbursement is None:
        raise NotFound(what="disbursement")
    return disbursement


api.history("disbursement", "/disbursements", permission=may.DISBURSEMENT_VIEW, find=disbursement_visible)


def _out(disbursement: Disbursement) -> DisbursementOut:
    return DisbursementOut(
        disbursement_id=disbursement.pk,
        disbursement_no=disbursement.disbursement_no,
        state=DisbursementState(disbursement.state),
        payout_no=disbursement.payout_no,
        version=disbursement.version,
    )


_COLUMNS = (
    "version", "disbursement_no", "state", "contract_id", "vin", "amount", "payee_name", "payee_bank", "maker_name",
    "registered_at", "checker_name", "reviewed_at", "review_opinion", "failure_code", "failure_message", "value_on",
    "paid_at",
)  # fmt: skip


def _detail(actor: Actor, disbursement: Disbursement) -> DisbursementDetail:
    application = disbursement.contract.application
    columns: dict[str, Any] = {name: getattr(disbursement, name) for name in _COLUMNS}
    return DisbursementDetail(
        id=disbursement.pk,
        **columns,
        contract_no=disbursement.contract.contract_no,
        application_id=application.pk,
        applicant_name=application.applicant_name,
        vehicle_title=application.vehicle_title,
        payee_account_masked=mask(disbursement.payee_account, "card"),
        conditions=[_condition(condition) for condition in disbursement.conditions.all()],
        payout=_payout(disbursement),
        actions=_actions(actor, disbursement),
    )


def _condition(condition: DisbursementCondition) -> DisbursementConditionOut:
    is_english = current_locale.get() == "en-US"
    return DisbursementConditionOut(
        code=condition.code,
        condition_title=condition.title_en if is_english else condition.title,
        kind=condition.kind,
        state=condition.state,
        needs_document=condition.needs_document,
        finding=_finding(condition),
        note=condition.note,
        file=f"/disbursements/{condition.disbursement_id}/conditions/{condition.code}/file"
        if condition.file_id
        else None,
        settled_by_name=condition.settled_by_name,
        settled_at=condition.settled_at,
    )


def _finding(condition: DisbursementCondition) -> str:
    if not condition.finding:
        return ""
    return text("text", f"condition_finding/{condition.finding}", **condition.finding_params)


def _payout(disbursement: Disbursement) -> DisbursementPayoutOut | None:
    """The latest order; none for a loan that was taken over, whose money left before this system knew it."""
    orders = payouts_of(Subject("disbursement", disbursement.pk))
    if not orders:
        return None
    payout = orders[-1]
    return DisbursementPayoutOut(
        order_no=payout.order_no,
        state=payout.state,
        value_on=payout.value_on,
        bank_serial=payout.bank_serial,
        fail_code=payout.fail_code,
        fail_message=payout.fail_message,
    )


def _actions(actor: Actor, disbursement: Disbursement) -> list[str]:
    possible = DISBURSEMENT_COMMANDS.get(disbursement.state, ())
    if actor.user_id == disbursement.maker_id:
        possible = tuple(name for name in possible if name not in ("disbursement_approve", "disbursement_reject"))
    return available_commands(actor, *possible)
