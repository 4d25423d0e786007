"""Answers of servicing: amounts as yuan strings."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel

from axle.amortization.public import Amounts
from axle.kernel.money import Fen
from axle.kernel.types import RateStr, Yuan
from axle.platform.http import ActorName
from axle.servicing.models import Carrying, LoanState, PrepaymentMode, ReceiptChannel, ReceiptState, RiskClass
from axle.servicing.selectors.loan_page import LoanPage, PlanRow


class AmountsOut(BaseModel):
    """An amount for each component."""

    principal: Yuan
    interest: Yuan
    penalty: Yuan
    compound: Yuan
    fee: Yuan
    total: Yuan

    @classmethod
    def of(cls, amounts: Amounts) -> "AmountsOut":
        """From the engine's amounts."""
        return cls(**amounts._asdict(), total=amounts.total)


class ScheduleRowOut(BaseModel):
    """A row of the plan: what is due, paid and still owed on it today."""

    no: int
    kind: Literal["instalment", "charge", "prepayment"]
    due_on: date
    principal: Yuan
    interest: Yuan
    fee: Yuan
    penalty: Yuan
    total: Yuan
    paid: Yuan
    outstanding: Yuan
    balance: Yuan
    days_past_due: int
    settled_on: date | None
    state: Literal["settled", "overdue", "due", "upcoming"]

    @classmethod
    def of(cls, row: PlanRow) -> "ScheduleRowOut":
        """From a row of the loan page; penalty includes compound interest."""
        facts: dict[str, Any] = {
            name: getattr(row, name)
            for name in ("no", "kind", "due_on", "balance", "days_past_due", "settled_on", "state")
        }
        return cls(
            **facts,
            principal=row.due.principal,
            interest=row.due.interest,
            fee=row.due.fee,
            penalty=Fen(row.due.penalty + row.due.compound),
            total=row.due.total,
            paid=row.paid.total,
            outstanding=row.outstanding.total,
        )


class LoanDetail(BaseModel):
    """A loan on the business date with what may be done next."""

    id: int
    loan_no: str
    contract_id: int
    contract_no: str
    state: LoanState
    carrying: Carrying
    risk_class: RiskClass
    stage: int
    worst_days: int
    claim_kept: Yuan
    version: int
    legal_entity: str
    customer_id: int
    customer_name: str
    dealer_id: int | None
    dealer_name: str
    vehicle_id: int
    vin: str
    product_name: str
    method: str
    principal: Yuan
    annual_rate: RateStr
    periods: int
    disbursed_on: date
    matures_on: date | None
    settled_on: date | None
    on: date
    principal_balance: Yuan
    interest_accrued: Yuan
    overdue_amount: Yuan
    unapplied: Yuan
    days_past_due: int
    bucket: str
    next_due_on: date | None
    next_due: Yuan
    due_now: AmountsOut
    paid: AmountsOut
    schedule: list[ScheduleRowOut]
    actions: list[str]


class PayoffQuoteOut(BaseModel):
    """What settles the loan on a date."""

    quote_no: str
    loan_no: str
    on: date
    expires_on: date
    principal_due: Yuan
    interest_due: Yuan
    penalty: Yuan
    compound: Yuan
    fee_due: Yuan
    principal_not_due: Yuan
    interest_accrued: Yuan
    prepayment_fee: Yuan
    unapplied: Yuan
    total: Yuan
    per_diem: Yuan


class LetterOut(BaseModel):
    """A paper that was written and sealed."""

    document_id: int
    document_no: str


class PlanOut(BaseModel):
    """What the plan asks for after the day of the change."""

    annual_rate: RateStr
    instalments_left: int
    next_due_on: date | None
    next_due: Yuan
    matures_on: date | None
    principal_to_come: Yuan
    interest_to_come: Yuan
    total_to_come: Yuan

    @classmethod
    def of(cls, kept: dict[str, Any] | None) -> "PlanOut | None":
        """From a plan's facts as they are stored."""
        return cls(**kept) if kept else None


class ReceiptOut(BaseModel):
    receipt_no: str
    state: ReceiptState


class ReceiptDetail(ReceiptOut):
    """A receipt with what may be done next."""

    id: int
    loan_no: str | None
    payoff_quote_no: str | None
    prepayment_mode: PrepaymentMode | None
    amount: Yuan
    value_on: date
    channel: ReceiptChannel
    payer_name: str
    payer_account: str
    bank_serial: str
    part_of: str | None
    parts: list[str]
    note: str
    registered_by: ActorName
    registered_at: datetime
    confirmed_by: ActorName
    confirmed_at: datetime | None
    closing_reason: str
    actions: list[str]


def schedule_out(page: LoanPage) -> list[ScheduleRowOut]:
    """The plan of a loan page."""
    return [ScheduleRowOut.of(row) for row in page.rows]
