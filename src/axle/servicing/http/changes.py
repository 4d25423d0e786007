"""Changes of a loan: asked for by one person, decided by another, executed at once, taken back."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from pydantic import BaseModel, Field

from axle.amortization.public import Position
from axle.kernel.dates import add_months
from axle.kernel.errors import AxleError
from axle.kernel.money import Fen
from axle.kernel.types import ApiPath, RateStr, Yuan
from axle.platform.http import ActorName, evidence_answer
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input, business_date, parameter_value
from axle.servicing import permissions as may
from axle.servicing.domain.changes import plan_kept
from axle.servicing.domain.write_offs import WriteOffGround
from axle.servicing.http.base import actions_of, api, one_of
from axle.servicing.http.change_requests import LoanChangeOut, change_out
from axle.servicing.http.models import LetterOut, PlanOut
from axle.servicing.models import OPEN_STATES, ChangeKind, ChangeState, LoanChange, PaperSigning, PaperSigningState
from axle.servicing.parameters import OBSERVATION_MONTHS
from axle.servicing.selectors.visible import changes_visible, debt_transfers_listed, extensions_listed
from axle.servicing.services import change_notice_issue as issuing
from axle.servicing.services import change_request as requesting
from axle.servicing.services import change_review as reviewing
from axle.servicing.services.change_effect import INTERNAL_KINDS, PLAN_KINDS, Effect, change_effect
from axle.servicing.services.change_work import Outcome
from axle.servicing.services.change_works import WORKS


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


class ValueChangeOut(BaseModel):
    """One value without the change and with it, as it may be shown."""

    name: str
    value_before: str
    value_after: str


class PaperSigningOut(BaseModel):
    """Whose signature the paper waits for, or has."""

    signer_name: str
    role: str
    signing_state: PaperSigningState
    signed_at: datetime | None


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
    ground: WriteOffGround | None
    observed_until: date | None
    change_fee: Yuan
    effective_on: date | None
    file: ApiPath | None
    reason: str
    requested_by: ActorName
    requested_at: datetime
    reviewed_by: ActorName
    reviewed_at: datetime | None
    opinion: str
    sign_until: date | None
    document_id: int | None
    executed_on: date | None
    event_no: str
    closing_reason: str
    signings: list[PaperSigningOut]
    values: list[ValueChangeOut]
    before: PlanOut | None
    after: PlanOut | None
    new_plan: list[PlanRowOut]
    actions: list[str]


def _visible(actor: Actor, change_no: str) -> LoanChange:
    return one_of(changes_visible(actor).select_related("loan__customer"), "loan_change", change_no=change_no)


@api.command("loan_change_withdraw", permission=may.CHANGE_REQUEST, subject="loan_change")
def loan_change_withdraw(ctx: Ctx, data: LoanChangeIn) -> LoanChangeOut:
    _visible(ctx.actor, data.change_no)
    return change_out(requesting.change_withdraw(change_no=data.change_no))


@api.command("loan_change_approve", permission=may.CHANGE_REVIEW, subject="loan_change")
def loan_change_approve(ctx: Ctx, data: ChangeApproveIn) -> LoanChangeOut:
    _visible(ctx.actor, data.change_no)
    return change_out(
        reviewing.change_approve(actor=ctx.actor, change_no=data.change_no, version=data.version, opinion=data.opinion)
    )


@api.command("loan_change_reject", permission=may.CHANGE_REVIEW, subject="loan_change")
def loan_change_reject(ctx: Ctx, data: ChangeRejectIn) -> LoanChangeOut:
    _visible(ctx.actor, data.change_no)
    return change_out(reviewing.change_reject(actor=ctx.actor, change_no=data.change_no, opinion=data.opinion))


@api.command("loan_change_reverse", permission=may.CHANGE_REVERSE, subject="loan_change")
def loan_change_reverse(ctx: Ctx, data: ChangeReverseIn) -> LoanChangeOut:
    _visible(ctx.actor, data.change_no)
    return change_out(reviewing.change_reverse(actor=ctx.actor, change_no=data.change_no, reason=data.reason))


@api.command("loan_change_notice_issue", permission=may.LETTER_ISSUE, subject="loan_change")
def loan_change_notice_issue(ctx: Ctx, data: LoanChangeIn) -> LetterOut:
    _visible(ctx.actor, data.change_no)
    notice = issuing.change_notice_issue(actor=ctx.actor, change_no=data.change_no)
    return LetterOut(document_id=notice.document_id, document_no=notice.document_no)


@api.query("loan_change_get", "/loan-changes/{change_no}", permission=may.CHANGE_VIEW)
def loan_change_get(actor: Actor, change_no: str) -> LoanChangeDetail:
    """A change in scope; until it is decided, its effect is that of carrying it out today."""
    change = _visible(actor, change_no)
    is_plan, effect = change.kind in PLAN_KINDS, _effect(change)
    outcome = _outcome(change, effect)
    same = ("id", "change_no", "state", "kind", "reason", "requested_by", "requested_at", "reviewed_by", "reviewed_at")
    ended = ("opinion", "executed_on", "event_no", "closing_reason", "sign_until", "document_id", "effective_on")
    facts: dict[str, Any] = {name: getattr(change, name) for name in (*same, *ended)}
    return LoanChangeDetail(
        **facts,
        **_asked(change),
        change_fee=Fen(change.fee),
        file=f"/loan-changes/{change.change_no}/file" if change.file_id else None,
        version=change.loan.version,
        loan_no=change.loan.loan_no,
        contract_no=change.loan.contract_no,
        customer_name=change.loan.customer.name,
        observed_until=_observed_until(change),
        signings=_signings(change),
        values=[] if is_plan else _values(outcome),
        before=PlanOut.of(outcome.before if is_plan and outcome else None),
        after=PlanOut.of(outcome.after if is_plan and outcome else None),
        new_plan=_rows(effect.after) if effect else [],
        actions=_actions(actor, change),
    )


@api.query("loan_change_file", "/loan-changes/{change_no}/file", permission=may.CHANGE_VIEW)
def loan_change_file(actor: Actor, change_no: str, download: bool = False) -> HttpResponse:
    """What proves the reason of a change; every look is in the operation log."""
    change = _visible(actor, change_no)
    return evidence_answer(
        actor,
        operation="loan_change_file",
        type="loanchange",
        id=change.pk,
        file_id=change.file_id,
        is_download=download,
    )


def _observed_until(change: LoanChange) -> date | None:
    """The day on which the observation of a restructured loan ends."""
    if change.kind != ChangeKind.RESTRUCTURING or change.executed_on is None:
        return None
    return add_months(change.executed_on, parameter_value(OBSERVATION_MONTHS.code))


def _asked(change: LoanChange) -> dict[str, Any]:
    """What is asked of the plan, in the words of the request."""
    asked, periods = change.asked, "periods_off" if change.kind == ChangeKind.DEFERRAL else "more_periods"
    return {
        "due_day": asked.get("due_day"),
        "first_due_on": asked.get("first_due_on"),
        "more_periods": asked.get("more_periods"),
        "periods_off": asked.get("periods_off"),
        "new_annual_rate": asked.get("annual_rate"),
        "holiday_interest": asked.get("interest"),
        "ground": asked.get("ground"),
    } | ({periods: asked["periods"]} if "periods" in asked else {})


def _effect(change: LoanChange) -> Effect | None:
    """None when the change is decided or no plan's, or cannot be carried out now; approving it says why."""
    if change.state not in OPEN_STATES or change.kind not in PLAN_KINDS:
        return None
    try:
        return change_effect(change.loan, kind=change.kind, asked=change.asked, on=business_date())
    except AxleError:
        return None


def _outcome(change: LoanChange, effect: Effect | None) -> Outcome | None:
    """What was kept when it was decided, or what it would do now."""
    if change.before is not None and change.after is not None:
        return Outcome(change.before, change.after)
    if effect:
        return Outcome(plan_kept(effect.before), plan_kept(effect.after))
    if change.kind in PLAN_KINDS or change.state not in OPEN_STATES:
        return None
    try:
        return WORKS[change.kind].tried(change.loan, change, business_date())
    except AxleError:
        return None


def _values(outcome: Outcome | None) -> list[ValueChangeOut]:
    if outcome is None:
        return []
    return [
        ValueChangeOut(name=name, value_before=str(outcome.before[name]), value_after=str(value))
        for name, value in outcome.after.items()
    ]


def _signings(change: LoanChange) -> list[PaperSigningOut]:
    if change.document_id is None:
        return []
    rows = PaperSigning.objects.filter(document_id=change.document_id).select_related("customer").order_by("pk")
    return [
        PaperSigningOut(
            signer_name=row.customer.name,
            role=row.role,
            signing_state=PaperSigningState(row.state),
            signed_at=row.signed_at,
        )
        for row in rows
    ]


def _rows(after: Position) -> list[PlanRowOut]:
    names = list(PlanRowOut.model_fields)
    rows = [row for row in after.schedule.instalments if row.due_on > after.as_of]
    return [PlanRowOut(**{name: getattr(row, name) for name in names}) for row in rows]


def _actions(actor: Actor, change: LoanChange) -> list[str]:
    if change.state == ChangeState.EXECUTED:
        has_notice = change.kind in PLAN_KINDS and change.kind not in INTERNAL_KINDS
        notice = ["loan_change_notice_issue"] if has_notice else []
        return actions_of(actor, *notice, "loan_change_reverse")
    if change.state in (ChangeState.SIGNING, ChangeState.AGREED):
        return actions_of(actor, "loan_change_withdraw")
    if change.state != ChangeState.REQUESTED:
        return []
    reviews = ("loan_change_approve", "loan_change_reject")
    return actions_of(actor, "loan_change_withdraw", reviews=reviews, asked_by_id=change.requested_by_id)


api.history("loan_change", "/loan-changes", permission=may.CHANGE_VIEW, find=_visible, key=str)
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
            Col("customer_id", "integer", source="loan__customer_id", is_hidden=True),
        ],
        search=["change_no", "loan__loan_no", "loan__contract_no", "loan__customer__name"],
        filters=["customer_id", "loan_no", "kind", "state", "requested_at", "executed_on"],
        default_sort="-requested_at",
        row_link="/loan/changes/{change_no}",
        tabs="state",
    )
)
api.listing(
    Listing(
        name="extensions",
        is_growing=True,
        permission=may.CHANGE_VIEW,
        queryset=extensions_listed,
        columns=[
            Col("change_no"),
            Col("loan_no", source="loan__loan_no"),
            Col("customer_name", source="loan__customer__name"),
            Col("state", "enum", enum="ChangeState", choices=ChangeState.values),
            Col("more_periods", "integer", source="asked__periods", is_sortable=False),
            Col("matures_before", source="before__matures_on", is_sortable=False),
            Col("matures_after", source="after__matures_on", is_sortable=False),
            Col("principal_to_come", "money", source="after__principal_to_come", is_sortable=False),
            Col("change_fee", "money", source="fee", is_sortable=False),
            Col("requested_at", "datetime"),
            Col("executed_on", "date"),
            Col("reason", is_sortable=False),
        ],
        search=["change_no", "loan__loan_no", "loan__contract_no", "loan__customer__name"],
        filters=["state", "requested_at", "executed_on"],
        totals=["change_fee"],
        default_sort="-requested_at",
        row_link="/loan/changes/{change_no}",
        tabs="state",
    )
)
api.listing(
    Listing(
        name="debt_transfers",
        is_growing=True,
        permission=may.CHANGE_VIEW,
        queryset=debt_transfers_listed,
        columns=[
            Col("change_no"),
            Col("loan_no", source="loan__loan_no"),
            Col("contract_no", source="loan__contract_no"),
            Col("state", "enum", enum="ChangeState", choices=ChangeState.values),
            Col("debtor_before", source="before__debtor_name", is_sortable=False),
            Col("debtor_after", source="after__debtor_name", is_sortable=False),
            Col("principal_balance", "money", source="loan__principal_balance", is_sortable=False),
            Col("effective_on", "date", is_sortable=False),
            Col("executed_on", "date"),
            Col("requested_at", "datetime"),
            Col("reviewed_by"),
        ],
        search=["change_no", "loan__loan_no", "loan__contract_no", "loan__customer__name"],
        filters=["state", "requested_at", "executed_on"],
        default_sort="-requested_at",
        row_link="/loan/changes/{change_no}",
        tabs="state",
    )
)
