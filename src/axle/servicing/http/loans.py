"""Loans: list, page, payoff quotes, fees, payoff letters."""

from datetime import date

from pydantic import BaseModel, Field

from axle.amortization.public import KINDS
from axle.kernel.money import Fen
from axle.kernel.types import Yuan
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input, available_commands, name_shown
from axle.servicing import permissions as may
from axle.servicing.domain.buckets import bucket
from axle.servicing.domain.carrying import IN_BOOKS, NON_ACCRUAL
from axle.servicing.http.base import api
from axle.servicing.http.change_requests import CHANGE_REQUESTS
from axle.servicing.http.models import (
    AmountsOut,
    LetterOut,
    LoanDetail,
    PayoffQuoteOut,
    schedule_out,
)
from axle.servicing.models import (
    Carrying,
    Loan,
    LoanState,
    PayoffQuote,
    RiskClass,
)
from axle.servicing.selectors.loan_page import LoanPage, loan_page
from axle.servicing.selectors.visible import events_listed, loan_visible, loans_listed, quotes_visible
from axle.servicing.services.fee_charge import fee_charge as charging
from axle.servicing.services.payoff_letter_issue import payoff_letter_issue as issuing
from axle.servicing.services.payoff_quote_create import payoff_quote_create as quoting


class QuoteIn(Input):
    """A payoff on a date from today on."""

    loan_no: str = Field(max_length=24)
    on: date


class FeeIn(Input):
    """A fee that falls due today."""

    loan_no: str = Field(max_length=24)
    amount: Yuan = Field(gt=0, le=100_000_000_00)
    code: str = Field(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*$")


class LoanIn(Input):
    loan_no: str = Field(max_length=24)


class LoanStateOut(BaseModel):
    loan_no: str
    state: LoanState


def _actions(actor: Actor, loan: Loan) -> list[str]:
    refund = ["refund_request"] if loan.unapplied else []
    if loan.state == LoanState.SETTLED:
        return available_commands(actor, "payoff_letter_issue", *refund)
    money = ("receipt_register", *refund, "prepayment_try", "payoff_quote_create", "fee_charge")
    return available_commands(actor, *money, *(name for name in CHANGE_REQUESTS if _may_change(loan, name)))


def _may_change(loan: Loan, request: str) -> bool:
    """Whether the way a loan is carried leaves room for a change; what else forbids it is told when it is tried."""
    match request:
        case "accrual_resumption_request":
            return loan.carrying == NON_ACCRUAL
        case "write_off_request":
            return loan.carrying in IN_BOOKS
        case _:
            return True


def loan_detail(actor: Actor, page: LoanPage) -> LoanDetail:
    """A loan page as JSON."""
    loan, position = page.loan, page.position
    columns = ("id", "loan_no", "contract_id", "contract_no", "state", "version", "customer_id", "dealer_id")
    terms = ("vehicle_id", "method", "principal", "annual_rate", "periods")
    standing = getattr(loan, "standing", None)
    dates = ("disbursed_on", "matures_on", "settled_on")
    return LoanDetail(
        **{name: getattr(loan, name) for name in (*columns, *terms, *dates)},
        legal_entity=loan.legal_entity.name,
        product_name=name_shown(loan.product_version.product),
        customer_name=loan.customer.name,
        dealer_name=loan.dealer.name if loan.dealer else "",
        vin=loan.vehicle.vin,
        on=page.on,
        principal_balance=position.principal_balance,
        carrying=Carrying(loan.carrying),
        claim_kept=Fen(loan.claim_kept),
        risk_class=RiskClass(standing.risk_class if standing else RiskClass.NORMAL),
        stage=standing.stage if standing else 1,
        worst_days=max(loan.worst_days, position.days_past_due),
        interest_accrued=position.interest_accrued,
        overdue_amount=position.overdue,
        unapplied=position.unapplied,
        days_past_due=position.days_past_due,
        bucket=bucket(position.days_past_due),
        next_due_on=position.next_due_on,
        next_due=position.next_due,
        due_now=AmountsOut.of(position.outstanding),
        paid=AmountsOut.of(position.paid),
        schedule=schedule_out(page),
        actions=_actions(actor, loan),
    )


def quote_out(quote: PayoffQuote) -> PayoffQuoteOut:
    """A payoff quote as JSON."""
    return PayoffQuoteOut(
        quote_no=quote.quote_no,
        loan_no=quote.loan.loan_no,
        on=quote.on,
        expires_on=quote.expires_on,
        total=Fen(quote.total),
        **quote.items,
    )


@api.query("loan_get", "/loans/{loan_no}", permission=may.LOAN_VIEW)
def loan_get(actor: Actor, loan_no: str) -> LoanDetail:
    """A loan today: its plan and what is owed. Receipts and events are lists of their own."""
    return loan_detail(actor, loan_page(loan_visible(actor, loan_no)))


@api.command("payoff_quote_create", permission=may.PAYOFF_QUOTE, subject="loan")
def payoff_quote_create(ctx: Ctx, data: QuoteIn) -> PayoffQuoteOut:
    loan_visible(ctx.actor, data.loan_no)
    return quote_out(quoting(actor=ctx.actor, loan_no=data.loan_no, on=data.on))


@api.command("fee_charge", permission=may.FEE_CHARGE, amount=lambda data: data.amount, subject="loan")
def fee_charge(ctx: Ctx, data: FeeIn) -> LoanStateOut:
    loan_visible(ctx.actor, data.loan_no)
    loan = charging(actor=ctx.actor, loan_no=data.loan_no, amount=data.amount, code=data.code)
    return LoanStateOut(loan_no=loan.loan_no, state=LoanState(loan.state))


@api.command("payoff_letter_issue", permission=may.LETTER_ISSUE, subject="loan")
def payoff_letter_issue(ctx: Ctx, data: LoanIn) -> LetterOut:
    loan_visible(ctx.actor, data.loan_no)
    letter = issuing(actor=ctx.actor, loan_no=data.loan_no)
    return LetterOut(document_id=letter.document_id, document_no=letter.document_no)


api.history("loan", "/loans", permission=may.LOAN_VIEW, find=loan_visible, key=str)
api.listing(
    Listing(
        name="loans",
        is_growing=True,
        permission=may.LOAN_VIEW,
        queryset=loans_listed,
        columns=[
            Col("loan_no"),
            Col("contract_no"),
            Col("customer_name", source="customer__name"),
            Col("dealer_name", source="dealer__name"),
            Col("product_name", source="product_version__product__name_{lang}", is_sortable=False),
            Col("product_code", is_hidden=True),
            Col("state", "enum", enum="LoanState", choices=LoanState.values),
            Col("principal", "money"),
            Col("principal_balance", "money"),
            Col("annual_rate", "rate"),
            Col("periods", "integer"),
            Col("days_past_due", "integer", order="-next_unpaid_due_on"),
            Col("next_unpaid_due_on", "date"),
            Col("disbursed_on", "date"),
            Col("matures_on", "date", is_hidden=True),
            Col("settled_on", "date", is_hidden=True),
            Col("customer_id", "integer", is_hidden=True),
            Col("dealer_id", "integer", is_hidden=True),
        ],
        search=["loan_no", "contract_no", "customer__name"],
        filters=[
            "contract_no",
            "state",
            "product_code",
            "days_past_due",
            "disbursed_on",
            "next_unpaid_due_on",
            "principal_balance",
            "settled_on",
            "customer_id",
            "dealer_id",
        ],
        totals=["principal", "principal_balance"],
        default_sort="-disbursed_on",
        row_link="/loan/loans/{loan_no}",
        tabs="state",
    )
)
api.listing(
    Listing(
        name="loan_events",
        is_growing=True,
        permission=may.LOAN_VIEW,
        queryset=events_listed,
        columns=[
            Col("on", "date", is_sortable=False),
            Col("kind", "enum", enum="LoanEventKind", choices=sorted({kind.name for kind in KINDS}), is_sortable=False),
            Col("amount", "money", is_sortable=False),
            Col("event_no"),
            Col("loan_no", source="loan__loan_no"),
            Col("entered_on", "date", is_sortable=False),
            Col("entered_by"),
        ],
        search=["event_no", "loan__loan_no"],
        filters=["loan_no", "kind", "on", "entered_on"],
        default_sort="-id",
    )
)
api.listing(
    Listing(
        name="payoff_quotes",
        is_growing=True,
        permission=may.PAYOFF_QUOTE,
        queryset=quotes_visible,
        columns=[
            Col("quote_no"),
            Col("loan_no", source="loan__loan_no"),
            Col("on", "date"),
            Col("expires_on", "date"),
            Col("total", "money"),
            Col("made_by"),
            Col("made_at", "datetime"),
        ],
        search=["quote_no", "loan__loan_no"],
        filters=["loan_no", "on", "expires_on", "made_at"],
        default_sort="-made_at",
        toolbar=["payoff_quote_create"],
    )
)
