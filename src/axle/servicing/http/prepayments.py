"""Repaying a part early: tried by staff and borrowers, asked for by borrowers on the phone."""

from datetime import date, datetime

from django.db.models import QuerySet
from pydantic import BaseModel, Field

from axle.kernel.types import Yuan
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input
from axle.servicing import permissions as may
from axle.servicing.domain.changes import plan_kept
from axle.servicing.errors import LoanNotInForce
from axle.servicing.http.base import api, one_of
from axle.servicing.http.models import PlanOut
from axle.servicing.models import Loan, LoanState, PrepaymentMode, PrepaymentRequest, PrepaymentRequestState
from axle.servicing.selectors.visible import loan_visible, loans_visible
from axle.servicing.services import prepayment_request as asking
from axle.servicing.services.prepayment_effect import prepayment_effect


class PrepaymentTryIn(Input):
    """Money that would repay a part early today, and what becomes smaller by it."""

    loan_no: str = Field(max_length=24)
    amount: Yuan = Field(gt=0, le=100_000_000_00)
    prepayment_mode: PrepaymentMode = PrepaymentMode.KEEP_TERM


class OwnPrepaymentIn(PrepaymentTryIn):
    """The same on a day soon."""

    pays_on: date


class PrepaymentTryOut(BaseModel):
    """Where the money would go, and the plan without it and with it."""

    loan_no: str
    amount: Yuan
    dues_paid: Yuan
    principal_prepaid: Yuan
    interest_to_date: Yuan
    prepayment_fee: Yuan
    before: PlanOut
    after: PlanOut


class PrepaymentRequestIn(Input):
    request_no: str = Field(max_length=24)


class PrepaymentDeclineIn(PrepaymentRequestIn):
    opinion: str = Field(min_length=2, max_length=200)


class PrepaymentRequestOut(BaseModel):
    """What a borrower asked to repay, and what has become of it."""

    request_no: str
    prepayment_request_state: PrepaymentRequestState
    amount: Yuan
    prepayment_mode: PrepaymentMode
    pays_on: date
    open_until: date
    requested_at: datetime
    opinion: str


class PrepaymentRequestsOut(BaseModel):
    items: list[PrepaymentRequestOut]


def requests_visible(actor: Actor) -> QuerySet[PrepaymentRequest]:
    """Of the loans in the actor's scope."""
    return PrepaymentRequest.objects.filter(loan__in=loans_visible(actor))


def _own(actor: Actor, loan_no: str) -> Loan:
    loan: Loan = one_of(Loan.objects.filter(customer_id=actor.customer_id or 0), "loan", loan_no=loan_no)
    return loan


def _tried(loan: Loan, data: PrepaymentTryIn, on: date) -> PrepaymentTryOut:
    if loan.state != LoanState.IN_FORCE:
        raise LoanNotInForce(loan_no=loan.loan_no)
    prepaid = prepayment_effect(loan, amount=data.amount, mode=data.prepayment_mode, on=on)
    return PrepaymentTryOut(
        loan_no=loan.loan_no,
        amount=data.amount,
        dues_paid=prepaid.dues,
        principal_prepaid=prepaid.principal,
        interest_to_date=prepaid.interest,
        prepayment_fee=prepaid.fee,
        before=PlanOut(**plan_kept(prepaid.before)),
        after=PlanOut(**plan_kept(prepaid.after)),
    )


def _out(request: PrepaymentRequest) -> PrepaymentRequestOut:
    same = ("request_no", "amount", "pays_on", "open_until", "requested_at", "opinion")
    return PrepaymentRequestOut(
        **{name: getattr(request, name) for name in same},
        prepayment_request_state=PrepaymentRequestState(request.state),
        prepayment_mode=PrepaymentMode(request.prepayment_mode),
    )


@api.command("prepayment_try", permission=may.PAYOFF_QUOTE, subject="loan")
def prepayment_try(ctx: Ctx, data: PrepaymentTryIn) -> PrepaymentTryOut:
    """Say what repaying a part today would do; nothing is changed."""
    return _tried(loan_visible(ctx.actor, data.loan_no), data, ctx.business_on)


@api.command("own_prepayment_try", permission=may.PREPAYMENT_ASK, subject="loan")
def own_prepayment_try(ctx: Ctx, data: OwnPrepaymentIn) -> PrepaymentTryOut:
    """Say to the borrower what repaying a part on a day would do; nothing is changed."""
    asking.prepayment_day_check(data.pays_on)
    return _tried(_own(ctx.actor, data.loan_no), data, data.pays_on)


@api.command("own_prepayment_request", permission=may.PREPAYMENT_ASK, subject="prepayment_request")
def own_prepayment_request(ctx: Ctx, data: OwnPrepaymentIn) -> PrepaymentRequestOut:
    """Ask to repay a part of one's loan; money of that amount that comes in time is taken for it."""
    _own(ctx.actor, data.loan_no)
    return _out(
        asking.prepayment_request(
            actor=ctx.actor,
            loan_no=data.loan_no,
            amount=data.amount,
            mode=data.prepayment_mode,
            pays_on=data.pays_on,
        )
    )


@api.command("own_prepayment_withdraw", permission=may.PREPAYMENT_ASK, subject="prepayment_request")
def own_prepayment_withdraw(ctx: Ctx, data: PrepaymentRequestIn) -> PrepaymentRequestOut:
    own = PrepaymentRequest.objects.filter(loan__customer_id=ctx.actor.customer_id or 0)
    one_of(own, "prepayment_request", request_no=data.request_no)
    return _out(asking.prepayment_withdraw(request_no=data.request_no))


@api.query("own_prepayments", "/me/loans/{loan_no}/prepayments", permission=may.PREPAYMENT_ASK)
def own_prepayments(actor: Actor, loan_no: str) -> PrepaymentRequestsOut:
    """What the borrower asked to repay of a loan, the latest first."""
    rows = _own(actor, loan_no).prepayment_requests.order_by("-pk")[:10]
    return PrepaymentRequestsOut(items=[_out(row) for row in rows])


@api.command("prepayment_request_decline", permission=may.PAYOFF_QUOTE, subject="prepayment_request")
def prepayment_request_decline(ctx: Ctx, data: PrepaymentDeclineIn) -> PrepaymentRequestOut:
    one_of(requests_visible(ctx.actor), "prepayment_request", request_no=data.request_no)
    return _out(asking.prepayment_decline(actor=ctx.actor, request_no=data.request_no, opinion=data.opinion))


api.listing(
    Listing(
        name="prepayment_requests",
        is_growing=True,
        permission=may.PAYOFF_QUOTE,
        queryset=requests_visible,
        columns=[
            Col("request_no"),
            Col("loan_no", source="loan__loan_no", link="/loan/loans/{loan_no}"),
            Col("customer_name", source="loan__customer__name"),
            Col("state", "enum", enum="PrepaymentRequestState", choices=PrepaymentRequestState.values),
            Col("amount", "money", is_sortable=False),
            Col("prepayment_mode", "enum", enum="PrepaymentMode", choices=PrepaymentMode.values, is_sortable=False),
            Col("pays_on", "date", is_sortable=False),
            Col("open_until", "date", is_sortable=False),
            Col("requested_at", "datetime"),
            Col("receipt_no", source="receipt__receipt_no", is_sortable=False),
            Col("opinion", is_sortable=False),
            Col("customer_id", "integer", source="loan__customer_id", is_hidden=True),
        ],
        search=["request_no", "loan__loan_no", "loan__customer__name"],
        filters=["customer_id", "loan_no", "state", "requested_at"],
        default_sort="-requested_at",
        tabs="state",
        row_actions=["receipt_register", "prepayment_request_decline"],
        row_rules={
            name: lambda row: row["state"] == PrepaymentRequestState.OPEN
            for name in ("receipt_register", "prepayment_request_decline")
        },
    )
)
