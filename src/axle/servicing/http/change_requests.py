"""Asking for changes of a loan: its plan, what else was agreed, who owes it."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field

from axle.kernel.types import RateStr, Yuan
from axle.party.public import customer_is_visible
from axle.platform.errors import NotFound
from axle.platform.public import Ctx, Input
from axle.servicing import permissions as may
from axle.servicing.domain.write_offs import WriteOffGround
from axle.servicing.errors import PlanAskedTwice
from axle.servicing.http.base import api
from axle.servicing.models import ChangeKind, ChangeState, LoanChange
from axle.servicing.selectors.visible import loan_visible
from axle.servicing.services.change_request import ChangeTerms, change_request

CHANGE_REQUESTS = (
    "due_day_change_request",
    "extension_request",
    "rate_change_request",
    "payment_holiday_request",
    "restructuring_request",
    "agreed_plan_request",
    "acceleration_request",
    "accrual_resumption_request",
    "write_off_request",
    "bank_card_change_request",
    "plate_change_request",
    "particulars_change_request",
    "guarantor_change_request",
    "guarantor_release_request",
    "debt_transfer_request",
)
"""The changes that may be asked for, in the order in which they are offered."""


class ChangeRequestIn(Input):
    """Whose loan, why, and a file that proves it."""

    loan_no: str = Field(max_length=24)
    reason: str = Field(min_length=2, max_length=200)
    file_id: int | None = None


class LaterChangeIn(ChangeRequestIn):
    """Without ``effective_on`` it is carried out as soon as it is agreed."""

    effective_on: date | None = None


class DueDayChangeIn(ChangeRequestIn):
    """The new day of the month; ``first_due_on`` is the first due date on it, the next one possible without it."""

    due_day: int = Field(ge=1, le=31)
    first_due_on: date | None = None


class ExtensionIn(LaterChangeIn):
    """How many instalments more, the rate from now on when it is another, and a fee when it is not the usual one."""

    more_periods: int = Field(ge=1, le=480)
    new_annual_rate: RateStr | None = Field(None, ge=0, le=1)
    change_fee: Yuan | None = Field(None, ge=0, le=1_000_000_00)


class RateChangeIn(LaterChangeIn):
    """The annual rate from now on."""

    new_annual_rate: RateStr = Field(ge=0, le=1)


class PaymentHolidayIn(ChangeRequestIn):
    """How many instalments are put off, and what becomes of the interest meanwhile."""

    periods_off: int = Field(ge=1, le=60)
    holiday_interest: Literal["carried", "paid", "waived"] = "carried"


class AgreedRowIn(Input):
    """A due date and the principal that is repaid on it; the last row may leave it open and takes the rest."""

    due_on: date
    principal: Yuan | None = Field(None, ge=0, le=100_000_000_00)


class AgreedPlanIn(LaterChangeIn):
    """The rows that repay what is not due yet, their interest follows; the rate when it is another from now on."""

    plan_rows: list[AgreedRowIn] = Field(min_length=1, max_length=480)
    new_annual_rate: RateStr | None = Field(None, ge=0, le=1)


class RestructuringIn(ChangeRequestIn):
    """What is changed at once because the debtor is in financial difficulty: term, rate, a holiday.

    Or the rows of a plan that was agreed one by one, instead of term and holiday.
    """

    more_periods: int | None = Field(None, ge=1, le=480)
    new_annual_rate: RateStr | None = Field(None, ge=0, le=1)
    periods_off: int | None = Field(None, ge=1, le=60)
    holiday_interest: Literal["carried", "paid", "waived"] = "carried"
    plan_rows: list[AgreedRowIn] | None = Field(None, min_length=1, max_length=480)


class WriteOffIn(ChangeRequestIn):
    """On which ground; the file is the application, its evidence is filed with the loan."""

    ground: WriteOffGround = WriteOffGround.LONG_OVERDUE


class BankCardChangeIn(ChangeRequestIn):
    """The debit card from which the debtor repays from now on; the bank is known from most card numbers."""

    card_no: str = Field(min_length=12, max_length=24, json_schema_extra={"format": "bank-card"})
    bank_name: str = Field("", max_length=60)
    reserved_phone: str = Field("", max_length=20)


class PlateChangeIn(ChangeRequestIn):
    """The car's new plate."""

    plate_no: str = Field(pattern=r"^[\u4e00-\u9fff][A-Z][A-Z0-9]{5,6}$", max_length=10)


class ParticularsChangeIn(ChangeRequestIn):
    """What of the debtor's person is another now; what is left empty stays."""

    name: str = Field("", max_length=50)
    phone: str = Field("", max_length=20)
    residence_address: str = Field("", max_length=200)
    region_code: str = Field("", max_length=6)
    employer: str = Field("", max_length=200)


class GuarantorChangeIn(ChangeRequestIn):
    """Who guarantees the loan from now on; a guarantor before them is released."""

    name: str = Field(min_length=2, max_length=50)
    id_no: str = Field(min_length=15, max_length=20)
    phone: str = Field(min_length=6, max_length=20)


class DebtTransferIn(LaterChangeIn):
    """The customer who owes the loan from now on; both debtors sign."""

    customer_id: int


class LoanChangeOut(BaseModel):
    change_no: str
    state: ChangeState


def change_out(change: LoanChange) -> LoanChangeOut:
    """A change after a write."""
    return LoanChangeOut(change_no=change.change_no, state=ChangeState(change.state))


_EVENT_FIELDS = {
    "more_periods": "periods",
    "periods_off": "periods",
    "new_annual_rate": "annual_rate",
    "holiday_interest": "interest",
    "plan_rows": "rows",
}
"""What the fields of a request are called in the event: of a loan, each of these names something else."""
_OWN = {"loan_no", "reason", "file_id", "effective_on", "change_fee"}


def _requested(
    ctx: Ctx, data: ChangeRequestIn, kind: ChangeKind, asked: dict[str, Any], *, private: dict[str, Any] | None = None
) -> LoanChangeOut:
    loan_visible(ctx.actor, data.loan_no)
    terms = ChangeTerms(
        private=None if private is None else {"asked": private},
        fee=getattr(data, "change_fee", None),
        effective_on=getattr(data, "effective_on", None),
        file_id=data.file_id,
    )
    change = change_request(
        actor=ctx.actor, loan_no=data.loan_no, kind=kind, asked=asked, reason=data.reason, terms=terms
    )
    return change_out(change)


def _given(data: ChangeRequestIn) -> dict[str, Any]:
    return data.model_dump(mode="json", exclude=_OWN, exclude_none=True)


def _of_plan(ctx: Ctx, data: ChangeRequestIn, kind: ChangeKind) -> LoanChangeOut:
    return _requested(ctx, data, kind, {_EVENT_FIELDS.get(name, name): value for name, value in _given(data).items()})


@api.command("due_day_change_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def due_day_change_request(ctx: Ctx, data: DueDayChangeIn) -> LoanChangeOut:
    return _of_plan(ctx, data, ChangeKind.DUE_DAY_CHANGE)


@api.command("extension_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def extension_request(ctx: Ctx, data: ExtensionIn) -> LoanChangeOut:
    return _of_plan(ctx, data, ChangeKind.EXTENSION)


@api.command("rate_change_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def rate_change_request(ctx: Ctx, data: RateChangeIn) -> LoanChangeOut:
    return _of_plan(ctx, data, ChangeKind.RATE_CHANGE)


@api.command("payment_holiday_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def payment_holiday_request(ctx: Ctx, data: PaymentHolidayIn) -> LoanChangeOut:
    return _of_plan(ctx, data, ChangeKind.DEFERRAL)


@api.command("restructuring_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def restructuring_request(ctx: Ctx, data: RestructuringIn) -> LoanChangeOut:
    if data.plan_rows and (data.more_periods or data.periods_off):
        raise PlanAskedTwice(field="plan_rows")
    names = {"new_annual_rate": "annual_rate", "holiday_interest": "interest", "plan_rows": "rows"}
    asked = {names.get(name, name): value for name, value in _given(data).items()}
    return _requested(ctx, data, ChangeKind.RESTRUCTURING, asked)


@api.command("agreed_plan_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def agreed_plan_request(ctx: Ctx, data: AgreedPlanIn) -> LoanChangeOut:
    """Ask for a plan that was drawn up by hand (约定还款计划): its dates and principals."""
    return _of_plan(ctx, data, ChangeKind.AGREED_PLAN)


@api.command("acceleration_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def acceleration_request(ctx: Ctx, data: ChangeRequestIn) -> LoanChangeOut:
    return _of_plan(ctx, data, ChangeKind.ACCELERATION)


@api.command("accrual_resumption_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def accrual_resumption_request(ctx: Ctx, data: ChangeRequestIn) -> LoanChangeOut:
    return _of_plan(ctx, data, ChangeKind.ACCRUAL_RESUMPTION)


@api.command("write_off_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def write_off_request(ctx: Ctx, data: WriteOffIn) -> LoanChangeOut:
    """Ask for a write-off (核销): ground, class, days and evidence have to fit the rules in force."""
    return _of_plan(ctx, data, ChangeKind.WRITE_OFF)


@api.command("bank_card_change_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def bank_card_change_request(ctx: Ctx, data: BankCardChangeIn) -> LoanChangeOut:
    return _requested(ctx, data, ChangeKind.BANK_CARD_CHANGE, {}, private=_given(data))


@api.command("plate_change_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def plate_change_request(ctx: Ctx, data: PlateChangeIn) -> LoanChangeOut:
    return _requested(ctx, data, ChangeKind.PLATE_CHANGE, _given(data))


@api.command("particulars_change_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def particulars_change_request(ctx: Ctx, data: ParticularsChangeIn) -> LoanChangeOut:
    private = {name: value for name, value in _given(data).items() if value}
    return _requested(ctx, data, ChangeKind.PARTICULARS_CHANGE, {}, private=private)


@api.command("guarantor_change_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def guarantor_change_request(ctx: Ctx, data: GuarantorChangeIn) -> LoanChangeOut:
    return _requested(ctx, data, ChangeKind.GUARANTOR_CHANGE, {}, private=_given(data))


@api.command("guarantor_release_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def guarantor_release_request(ctx: Ctx, data: ChangeRequestIn) -> LoanChangeOut:
    """Nobody guarantees the loan from now on."""
    return _requested(ctx, data, ChangeKind.GUARANTOR_CHANGE, {}, private={})


@api.command("debt_transfer_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def debt_transfer_request(ctx: Ctx, data: DebtTransferIn) -> LoanChangeOut:
    if not customer_is_visible(actor=ctx.actor, customer_id=data.customer_id):
        raise NotFound(field="customer_id", what="customer")
    return _requested(ctx, data, ChangeKind.DEBT_TRANSFER, _given(data))
