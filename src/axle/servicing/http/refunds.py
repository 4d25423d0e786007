"""Refunds: asked for by one person, decided by another, paid by the bank."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from axle.kernel.types import Yuan
from axle.payments.public import payouts_of
from axle.platform.http import ActorName
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input, Subject, mask
from axle.servicing import permissions as may
from axle.servicing.http.base import actions_of, api, one_of
from axle.servicing.models import Refund, RefundState
from axle.servicing.selectors.visible import receipt_visible, refunds_visible
from axle.servicing.services import refund_request as requesting
from axle.servicing.services import refund_review as reviewing


class RefundRequestIn(Input):
    """Money of a receipt that goes back to its payer; the bank is known from most card numbers."""

    receipt_no: str = Field(max_length=24)
    amount: Yuan = Field(gt=0, le=100_000_000_00)
    payee_bank: str = Field("", max_length=60)
    reason: str = Field(min_length=2, max_length=200)


class RefundIn(Input):
    refund_no: str = Field(max_length=24)


class RefundApproveIn(RefundIn):
    """The reviewer keys the last four digits of the payer's account anew."""

    account_tail: str = Field(min_length=4, max_length=4, pattern=r"^\d{4}$")
    opinion: str = Field("", max_length=200)


class RefundRejectIn(RefundIn):
    opinion: str = Field(min_length=2, max_length=200)


class RefundOut(BaseModel):
    refund_no: str
    state: RefundState


class RefundPayoutOut(BaseModel):
    """The payment order; ``unknown`` is a state that only the bank's answer to a query ends."""

    order_no: str
    order_state: str
    value_on: date | None
    bank_serial: str


class RefundDetail(RefundOut):
    """A refund with its payment and what may be done next; the payee's account is masked."""

    id: int
    receipt_no: str
    loan_no: str | None
    amount: Yuan
    payee_name: str
    payee_bank: str
    payee_account_masked: str
    reason: str
    requested_by: ActorName
    requested_at: datetime
    reviewed_by: ActorName
    reviewed_at: datetime | None
    opinion: str
    ordered_on: date | None
    value_on: date | None
    failure_code: str
    failure_message: str
    payouts: list[RefundPayoutOut]
    actions: list[str]


def _out(refund: Refund) -> RefundOut:
    return RefundOut(refund_no=refund.refund_no, state=RefundState(refund.state))


def _visible(actor: Actor, refund_no: str) -> Refund:
    return one_of(refunds_visible(actor).select_related("loan", "receipt"), "refund", refund_no=refund_no)


@api.command("refund_request", permission=may.REFUND_REQUEST, amount=lambda data: data.amount, subject="refund")
def refund_request(ctx: Ctx, data: RefundRequestIn) -> RefundOut:
    receipt_visible(ctx.actor, data.receipt_no)
    return _out(requesting.refund_request(actor=ctx.actor, **data.model_dump()))


@api.command("refund_withdraw", permission=may.REFUND_REQUEST, subject="refund")
def refund_withdraw(ctx: Ctx, data: RefundIn) -> RefundOut:
    _visible(ctx.actor, data.refund_no)
    return _out(requesting.refund_withdraw(refund_no=data.refund_no))


@api.command("refund_approve", permission=may.REFUND_REVIEW, subject="refund")
def refund_approve(ctx: Ctx, data: RefundApproveIn) -> RefundOut:
    _visible(ctx.actor, data.refund_no)
    return _out(reviewing.refund_approve(actor=ctx.actor, **data.model_dump()))


@api.command("refund_reject", permission=may.REFUND_REVIEW, subject="refund")
def refund_reject(ctx: Ctx, data: RefundRejectIn) -> RefundOut:
    _visible(ctx.actor, data.refund_no)
    return _out(reviewing.refund_reject(actor=ctx.actor, **data.model_dump()))


@api.query("refund_get", "/refunds/{refund_no}", permission=may.REFUND_VIEW)
def refund_get(actor: Actor, refund_no: str) -> RefundDetail:
    """A refund in scope."""
    refund = _visible(actor, refund_no)
    own = ("id", "refund_no", "state", "amount", "payee_name", "payee_bank", "reason", "opinion")
    acts = ("requested_by", "requested_at", "reviewed_by", "reviewed_at", "ordered_on", "value_on")
    facts: dict[str, Any] = {name: getattr(refund, name) for name in (*own, *acts, "failure_code", "failure_message")}
    return RefundDetail(
        **facts,
        receipt_no=refund.receipt.receipt_no,
        loan_no=refund.loan.loan_no if refund.loan else None,
        payee_account_masked=mask(refund.payee_account, "card"),
        payouts=[
            RefundPayoutOut(
                order_no=order.order_no, order_state=order.state, value_on=order.value_on, bank_serial=order.bank_serial
            )
            for order in payouts_of(Subject("refund", refund.pk))
        ],
        actions=_actions(actor, refund),
    )


def _actions(actor: Actor, refund: Refund) -> list[str]:
    if refund.state != RefundState.REQUESTED:
        return []
    reviews = ("refund_approve", "refund_reject")
    return actions_of(actor, "refund_withdraw", reviews=reviews, asked_by_id=refund.requested_by_id)


api.history("refund", "/refunds", permission=may.REFUND_VIEW, find=_visible, key=str)
api.listing(
    Listing(
        name="refunds",
        is_growing=True,
        permission=may.REFUND_VIEW,
        queryset=refunds_visible,
        columns=[
            Col("refund_no"),
            Col("loan_no", source="loan__loan_no"),
            Col("receipt_no", source="receipt__receipt_no"),
            Col("state", "enum", enum="RefundState", choices=RefundState.values),
            Col("amount", "money"),
            Col("payee_name"),
            Col("payee_bank", is_sortable=False),
            Col("reason", is_sortable=False),
            Col("requested_by"),
            Col("requested_at", "datetime"),
            Col("reviewed_by"),
            Col("value_on", "date"),
            Col("failure_message", is_sortable=False),
            Col("customer_id", "integer", source="loan__customer_id", is_hidden=True),
        ],
        search=["refund_no", "loan__loan_no", "payee_name"],
        filters=["customer_id", "loan_no", "state", "requested_at", "value_on"],
        totals=["amount"],
        default_sort="-requested_at",
        row_link="/loan/refunds/{refund_no}",
        toolbar=["refund_request"],
        tabs="state",
    )
)
