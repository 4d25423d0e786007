"""Payment orders over HTTP."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from axle.kernel.money import Fen
from axle.kernel.types import Yuan
from axle.payments import permissions, selectors
from axle.payments.domain.states import FINAL, IN_FLIGHT, PaymentCause, PaymentOrderState
from axle.payments.models import PaymentOrder, PaymentStep
from axle.payments.services.payout_query import payout_query
from axle.payments.services.payout_retry import payout_retry
from axle.platform.http import ActorName, ContextApi
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input, available_commands, mask

api = ContextApi("payments")

OrderNo = Annotated[str, Field(min_length=1, max_length=24)]


class PaymentOrderIn(Input):
    """Names a payment order."""

    order_no: OrderNo


class PaymentOrderOut(BaseModel):
    """Where an order stands after a command."""

    order_no: str
    state: PaymentOrderState


class PaymentStepOut(BaseModel):
    """One move of an order."""

    at: datetime
    from_state: str
    to_state: PaymentOrderState
    cause: PaymentCause
    code: str
    message: str


class PaymentOrderDetail(BaseModel):
    """A payment order with its history; the payee's account is masked."""

    id: int
    order_no: str
    request_no: str
    state: PaymentOrderState
    amount: Yuan
    payee_name: str
    payee_bank: str
    payee_account: str
    payer_account: str
    purpose: str
    ref_type: str
    ref_id: int
    transfer_on: date
    value_on: date | None
    bank_serial: str
    fail_code: str
    fail_message: str
    sends: int
    queries: int
    created_by: ActorName
    created_at: datetime
    sent_at: datetime | None
    ended_at: datetime | None
    retry_of: str | None
    steps: list[PaymentStepOut]
    actions: list[str]


@api.command("payment_order_query_now", permission=permissions.PAYMENT_ORDER_MANAGE, subject="payment_order")
def payment_order_query_now(ctx: Ctx, data: PaymentOrderIn) -> PaymentOrderOut:
    """Ask the bank about an order in flight (查询银行结果)."""
    selectors.order_visible(ctx.actor, data.order_no)
    order = payout_query(order_no=data.order_no)
    return PaymentOrderOut(order_no=order.order_no, state=PaymentOrderState(order.state))


@api.command("payment_order_retry", permission=permissions.PAYMENT_ORDER_MANAGE, subject="payment_order")
def payment_order_retry(ctx: Ctx, data: PaymentOrderIn) -> PaymentOrderOut:
    """Pay a failed order again by a new one (重新付款)."""
    selectors.order_visible(ctx.actor, data.order_no)
    order = payout_retry(actor=ctx.actor, order_no=data.order_no)
    return PaymentOrderOut(order_no=order.order_no, state=PaymentOrderState(order.state))


@api.query("payment_order_get", "/payment-orders/{order_no}", permission=permissions.PAYMENT_ORDER_VIEW)
def payment_order_get(actor: Actor, order_no: str) -> PaymentOrderDetail:
    """One payment order."""
    return _detail(selectors.order_visible(actor, order_no), actor)


api.history(
    "payment_order",
    "/payment-orders",
    permission=permissions.PAYMENT_ORDER_VIEW,
    find=selectors.order_visible,
    key=str,
)


def _detail(order: PaymentOrder, actor: Actor) -> PaymentOrderDetail:
    return PaymentOrderDetail(
        id=order.pk,
        order_no=order.order_no,
        request_no=order.request_no,
        state=PaymentOrderState(order.state),
        amount=Fen(order.amount_fen),
        payee_name=order.payee_name,
        payee_bank=order.payee_bank,
        payee_account=mask(order.payee_account, "card"),
        payer_account=mask(order.bank_account.account_no, "card"),
        purpose=order.purpose,
        ref_type=order.ref_type,
        ref_id=order.ref_id,
        transfer_on=order.transfer_on,
        value_on=order.value_on,
        bank_serial=order.bank_serial,
        fail_code=order.fail_code,
        fail_message=order.fail_message,
        sends=order.sends,
        queries=order.queries,
        created_by=order.created_by,
        created_at=order.created_at,
        sent_at=order.sent_at,
        ended_at=order.ended_at,
        retry_of=order.retry_of.order_no if order.retry_of else None,
        steps=[_step(step) for step in order.steps.order_by("pk")],
        actions=available_commands(actor, *_possible(order)),
    )


def _step(step: PaymentStep) -> PaymentStepOut:
    return PaymentStepOut(
        at=step.at,
        from_state=step.from_state,
        to_state=PaymentOrderState(step.to_state),
        cause=PaymentCause(step.cause),
        code=step.code,
        message=step.message,
    )


def _possible(order: PaymentOrder) -> list[str]:
    if order.state == PaymentOrderState.FAILED and order.is_retryable and not hasattr(order, "retried_by"):
        return ["payment_order_retry"]
    if order.state in FINAL or order.state == PaymentOrderState.CREATED:
        return []
    return ["payment_order_query_now"]


api.listing(
    Listing(
        name="payment_orders",
        is_growing=True,
        permission=permissions.PAYMENT_ORDER_VIEW,
        queryset=selectors.orders_visible,
        columns=[
            Col("order_no"),
            Col("state", "enum", enum="PaymentOrderState", choices=list(PaymentOrderState)),
            Col("amount", "money", source="amount_fen"),
            Col("payee_name"),
            Col("payee_bank"),
            Col("payee_account", "masked", mask="card"),
            Col("purpose"),
            Col("transfer_on", "date"),
            Col("value_on", "date"),
            Col("bank_serial", is_hidden=True),
            Col("fail_code"),
            Col("fail_message", is_hidden=True),
            Col("request_no", is_hidden=True),
            Col("created_by"),
            Col("created_at", "datetime"),
        ],
        search=["order_no", "payee_name", "request_no"],
        filters=["state", "amount", "transfer_on", "value_on", "created_at"],
        totals=["amount"],
        row_link="/disbursement/payment-orders/{order_no}",
        row_actions=["payment_order_query_now", "payment_order_retry"],
        row_rules={
            "payment_order_query_now": lambda row: row["state"] in IN_FLIGHT,
            "payment_order_retry": lambda row: row["state"] == PaymentOrderState.FAILED,
        },
    )
)
