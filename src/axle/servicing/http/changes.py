"""Changes of a loan: asked for by one person, decided by another, executed at once, taken back."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from axle.amortization.public import Position
from axle.kernel.errors import AxleError
from axle.kernel.types import RateStr, Yuan
from axle.platform.errors import NotFound
from axle.platform.http import ActorName
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input, available_commands, business_date
from axle.servicing import permissions as may
from axle.servicing.domain.changes import plan_kept
from axle.servicing.http.base import api
from axle.servicing.http.models import LetterOut, PlanOut
from axle.servicing.models import ChangeKind, ChangeState, LoanChange
from axle.servicing.selectors.visible import changes_visible, loan_visible
from axle.servicing.services import change_notice_issue as issuing
from axle.servicing.services import change_request as requesting
from axle.servicing.services import change_review as reviewing
from axle.servicing.services.change_effect import Effect, change_effect

CHANGE_REQUESTS = ("due_day_change_request", "extension_request", "rate_change_request", "payment_holiday_request")
"""The changes that may be asked for, in the order in which they are offered."""


class ChangeRequestIn(Input):
    """Whose loan, and why."""

    loan_no: str = Field(max_length=24)
    reason: str = Field(min_length=2, max_length=200)


class DueDayChangeIn(ChangeRequestIn):
    """The new day of the month; ``first_due_on`` is the first due date on it, the next one possible without it."""

    due_day: int = Field(ge=1, le=31)
    first_due_on: date | None = None


class ExtensionIn(ChangeRequestIn):
    """How many instalments more, and the rate from now on when it is another."""

    more_periods: int = Field(ge=1, le=480)
    new_annual_rate: RateStr | None = Field(None, ge=0, le=1)


class RateChangeIn(ChangeRequestIn):
    """The annual rate from now on."""

    new_annual_rate: RateStr = Field(ge=0, le=1)


class PaymentHolidayIn(ChangeRequestIn):
    """How many instalments are put off, and what becomes of the interest meanwhile."""

    periods_off: int = Field(ge=1, le=60)
    holiday_interest: Literal["carried", "paid", "waived"] = "carried"


class LoanChangeIn(Input):
    change_no: str = Field(max_length=24)


class ChangeApproveIn(LoanChangeIn):
    """``version`` is the loan's, as the reviewer saw it."""

    version: int = Field(ge=0)
    opinion: str = Field("", max_length=200)


class ChangeRejectIn(LoanChangeIn):
    opinion: str = Field(min_length=2, max_length=200)


class ChangeReverseIn(LoanChangeIn):
    reason: str = Field(min_length=2, max_length=200)


class LoanChangeOut(BaseModel):
    change_no: str
    state: ChangeState


class PlanRowOut(BaseModel):
    """A row of the new plan."""

    no: int
    due_on: date
    principal: Yuan
    interest: Yuan
    fee: Yuan
    total: Yuan
    balance: Yuan


class LoanChangeDetail(LoanChangeOut):
    """A change, the plan without it and with it, and what may be done next. ``version`` is the loan's."""

    id: int
    version: int
    loan_no: str
    contract_no: str
    customer_name: str
    kind: ChangeKind
    due_day: int | None
    first_due_on: date | None
    more_periods: int | None
    periods_off: int | None
    new_annual_rate: RateStr | None
    holiday_interest: str | None
    reason: str
    requested_by: ActorName
    requested_at: datetime
    reviewed_by: ActorName
    reviewed_at: datetime | None
    opinion: str
    executed_on: date | None
    event_no: str
    closing_reason: str
    before: PlanOut | None
    after: PlanOut | None
    new_plan: list[PlanRowOut]
    actions: list[str]


def _out(change: LoanChange) -> LoanChangeOut:
    return LoanChangeOut(change_no=change.change_no, state=ChangeState(change.state))


def _visible(actor: Actor, change_no: str) -> LoanChange:
    change = changes_visible(actor).select_related("loan__customer").filter(change_no=change_no).first()
    if change is None:
        raise NotFound(field="change_no", what="loan_change")
    return change


_EVENT_FIELDS = {
    "more_periods": "periods",
    "periods_off": "periods",
    "new_annual_rate": "annual_rate",
    "holiday_interest": "interest",
}
"""What the fields of a request are called in the event: of a loan, each of these names something else."""


def _requested(ctx: Ctx, data: ChangeRequestIn, kind: ChangeKind) -> LoanChangeOut:
    loan_visible(ctx.actor, data.loan_no)
    given = data.model_dump(mode="json", exclude={"loan_no", "reason"}, exclude_none=True)
    asked = {_EVENT_FIELDS.get(name, name): value for name, value in given.items()}
    return _out(
        requesting.change_request(actor=ctx.actor, loan_no=data.loan_no, kind=kind, asked=asked, reason=data.reason)
    )


@api.command("due_day_change_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def due_day_change_request(ctx: Ctx, data: DueDayChangeIn) -> LoanChangeOut:
    return _requested(ctx, data, ChangeKind.DUE_DAY_CHANGE)


@api.command("extension_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def extension_request(ctx: Ctx, data: ExtensionIn) -> LoanChangeOut:
    return _requested(ctx, data, ChangeKind.EXTENSION)


@api.command("rate_change_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def rate_change_request(ctx: Ctx, data: RateChangeIn) -> LoanChangeOut:
    return _requested(ctx, data, ChangeKind.RATE_CHANGE)


@api.command("payment_holiday_request", permission=may.CHANGE_REQUEST, subject="loan_change")
def payment_holiday_request(ctx: Ctx, data: PaymentHolidayIn) -> LoanChangeOut:
    return _requested(ctx, data, ChangeKind.DEFERRAL)


@api.command("loan_change_withdraw", permission=may.CHANGE_REQUEST, subject="loan_change")
def loan_change_withdraw(ctx: Ctx, data: LoanChangeIn) -> LoanChangeOut:
    _visible(ctx.actor, data.change_no)
    return _out(requesting.change_withdraw(change_no=data.change_no))


@api.command("loan_change_approve", permission=may.CHANGE_REVIEW, subject="loan_change")
def loan_change_approve(ctx: Ctx, data: ChangeApproveIn) -> LoanChangeOut:
    _visible(ctx.actor, data.change_no)
    return _out(
        reviewing.change_approve(actor=ctx.actor, change_no=data.change_no, version=data.version, opinion=data.opinion)
    )


@api.command("loan_change_reject", permission=may.CHANGE_REVIEW, subject="loan_change")
def loan_change_reject(ctx: Ctx, data: ChangeRejectIn) -> LoanChangeOut:
    _visible(ctx.actor, data.change_no)
    return _out(reviewing.change_reject(actor=ctx.actor, change_no=data.change_no, opinion=data.opinion))


@api.command("loan_change_reverse", permission=may.CHANGE_REVERSE, subject="loan_change")
def loan_change_reverse(ctx: Ctx, data: ChangeReverseIn) -> LoanChangeOut:
    _visible(ctx.actor, data.change_no)
    return _out(reviewing.change_reverse(actor=ctx.actor, change_no=data.change_no, reason=data.reason))


@api.command("loan_change_notice_issue", permission=may.LETTER_ISSUE, subject="loan_change")
def loan_change_notice_issue(ctx: Ctx, data: LoanChangeIn) -> LetterOut:
    _visible(ctx.actor, data.change_no)
    notice = issuing.change_notice_issue(actor=ctx.actor, change_no=data.change_no)
    return LetterOut(document_id=notice.document_id, document_no=notice.document_no)


@api.query("loan_change_get", "/loan-changes/{change_no}", permission=may.CHANGE_VIEW)
def loan_change_get(actor: Actor, change_no: str) -> LoanChangeDetail:
    """A change in scope; until it is decided, its effect is that of carrying it out today."""
    change = _visible(actor, change_no)
    effect = _effect(change) if change.state == ChangeState.REQUESTED else None
    same = ("id", "change_no", "state", "kind", "reason", "requested_by", "requested_at", "reviewed_by", "reviewed_at")
    outcome = ("opinion", "executed_on", "event_no", "closing_reason")
    facts: dict[str, Any] = {name: getattr(change, name) for name in (*same, *outcome)}
    periods = "periods_off" if change.kind == ChangeKind.DEFERRAL else "more_periods"
    return LoanChangeDetail(
        **facts,
        due_day=change.asked.get("due_day"),
        first_due_on=change.asked.get("first_due_on"),
        **{"more_periods": None, "periods_off": None, periods: change.asked.get("periods")},
        new_annual_rate=change.asked.get("annual_rate"),
        holiday_interest=change.asked.get("interest"),
        version=change.loan.version,
        loan_no=change.loan.loan_no,
        contract_no=change.loan.contract_no,
        customer_name=change.loan.customer.name,
        before=PlanOut.of(plan_kept(effect.before) if effect else change.before),
        after=PlanOut.of(plan_kept(effect.after) if effect else change.after),
        new_plan=_rows(effect.after) if effect else [],
        actions=_actions(actor, change),
    )


def _effect(change: LoanChange) -> Effect | None:
    """None when the change cannot be carried out as the loan now stands; approving it says why."""
    try:
        return change_effect(change.loan, kind=change.kind, asked=change.asked, on=business_date())
    except AxleError:
        return None


def _rows(after: Position) -> list[PlanRowOut]:
    names = list(PlanRowOut.model_fields)
    rows = [row for row in after.schedule.instalments if row.due_on > after.as_of]
    return [PlanRowOut(**{name: getattr(row, name) for name in names}) for row in rows]


def _actions(actor: Actor, change: LoanChange) -> list[str]:
    if change.state == ChangeState.EXECUTED:
        return available_commands(actor, "loan_change_notice_issue", "loan_change_reverse")
    if change.state != ChangeState.REQUESTED:
        return []
    review = [] if actor.user_id == change.requested_by_id else ["loan_change_approve", "loan_change_reject"]
    return available_commands(actor, *review, "loan_change_withdraw")


api.listing(
    Listing(
        name="loan_changes",
        is_growing=True,
        permission=may.CHANGE_VIEW,
        queryset=changes_visible,
        columns=[
            Col("change_no"),
            Col("loan_no", source="loan__loan_no"),
            Col("contract_no", source="loan__contract_no"),
            Col("customer_name", source="loan__customer__name"),
            Col("kind", "enum", enum="ChangeKind", choices=ChangeKind.values),
            Col("state", "enum", enum="ChangeState", choices=ChangeState.values),
            Col("reason", is_sortable=False),
            Col("requested_by"),
            Col("requested_at", "datetime"),
            Col("reviewed_by"),
            Col("executed_on", "date"),
        ],
        search=["change_no", "loan__loan_no", "loan__contract_no", "loan__customer__name"],
        filters=["loan_no", "kind", "state", "requested_at", "executed_on"],
        default_sort="-requested_at",
        row_link="/loan/changes/{change_no}",
        tabs="state",
    )
)
