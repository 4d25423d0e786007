"""Dealers over HTTP."""

import re

from pydantic import BaseModel, Field, field_validator

from axle.channel import permissions as may
from axle.channel import selectors
from axle.channel.domain.states import DealerState, may_move
from axle.channel.http.base import api
from axle.channel.http.controls import DealerControlOut, control_out
from axle.channel.models import Dealer, DealerControl, DealerGrade
from axle.channel.services import dealer_account_change as account
from axle.channel.services import dealer_move as moving
from axle.channel.services import dealer_save as saving
from axle.kernel.identifiers import is_mobile, is_uscc
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input, available_commands, business_date, mask

_REGION = re.compile(r"\d{6}", re.ASCII)


class DealerIn(Input):
    """A dealer's particulars."""

    name: str = Field(min_length=2, max_length=128)
    region: str = Field(pattern=_REGION.pattern, max_length=6)
    grade: DealerGrade = DealerGrade.C
    contact_name: str = Field(min_length=1, max_length=64)
    contact_phone: str = Field(json_schema_extra={"format": "phone"})
    department_id: int
    owner_id: int | None = None

    @field_validator("contact_phone")
    @classmethod
    def _mobile(cls, phone: str) -> str:
        if not is_mobile(phone):
            raise ValueError("invalid_mobile")
        return phone

    def particulars(self) -> saving.DealerParticulars:
        """As the service takes them."""
        return saving.DealerParticulars(
            self.name,
            self.region,
            self.grade,
            self.contact_name,
            self.contact_phone,
            self.department_id,
            self.owner_id,
        )


class DealerCreateIn(DealerIn):
    uscc: str

    @field_validator("uscc")
    @classmethod
    def _company(cls, uscc: str) -> str:
        if not is_uscc(uscc.strip().upper()):
            raise ValueError("invalid_uscc")
        return uscc.strip().upper()


class DealerUpdateIn(DealerIn):
    dealer_id: int


class DealerAccountIn(Input):
    """The account on which the dealer is paid; entered by one person and checked by another."""

    dealer_id: int
    payee_name: str = Field(min_length=2, max_length=128)
    account_bank: str = Field(min_length=2, max_length=64)
    account_no: str = Field(pattern=r"^\d{8,32}$")


class DealerMoveIn(Input):
    dealer_id: int
    reason: str = Field("", max_length=200)


class DealerOut(BaseModel):
    id: int
    dealer_no: str
    state: DealerState


class DealerDetail(DealerOut):
    """A dealer with what may be done next."""

    name: str
    uscc: str
    region: str
    grade: DealerGrade
    contact_name: str
    contact_phone: str
    department_id: int
    owner_id: int | None
    payee_name: str
    account_bank: str
    account_no: str
    flexible_control: DealerControlOut | None
    actions: list[str]


def _out(dealer: Dealer) -> DealerOut:
    return DealerOut(id=dealer.pk, dealer_no=dealer.dealer_no, state=DealerState(dealer.state))


_MOVES = {
    "dealer_activate": DealerState.ACTIVE,
    "dealer_suspend": DealerState.SUSPENDED,
    "dealer_exit": DealerState.EXITED,
}


def _actions(actor: Actor, dealer: Dealer, control: DealerControl | None) -> list[str]:
    state = DealerState(dealer.state)
    moves = [name for name, to in _MOVES.items() if may_move(state, to)]
    changes = [] if state == DealerState.EXITED else ["dealer_update", "dealer_account_change", "dealer_control_set"]
    ends = ["dealer_control_end"] if control else []
    return available_commands(actor, *changes, *ends, *moves)


api.history("dealer", "/dealers", permission=may.DEALER_VIEW, find=selectors.dealer_visible)


@api.query("dealer_get", "/dealers/{dealer_id}", permission=may.DEALER_VIEW)
def dealer_get(actor: Actor, dealer_id: int) -> DealerDetail:
    """A dealer; phone and account are masked, and the dealer's own people do not see how it is controlled."""
    dealer = selectors.dealer_visible(actor, dealer_id)
    control = selectors.control_in_force(dealer_id, business_date()) if actor.may(may.DEALER_CONTROL_VIEW) else None
    return DealerDetail(
        id=dealer.pk,
        dealer_no=dealer.dealer_no,
        state=DealerState(dealer.state),
        name=dealer.name,
        uscc=dealer.uscc,
        region=dealer.region,
        grade=DealerGrade(dealer.grade),
        contact_name=dealer.contact_name,
        contact_phone=mask(dealer.contact_phone, "phone"),
        department_id=dealer.department_id,
        owner_id=dealer.owner_id,
        payee_name=dealer.account_name,
        account_bank=dealer.account_bank,
        account_no=mask(dealer.account_no, "card"),
        flexible_control=control_out(control) if control else None,
        actions=_actions(actor, dealer, control),
    )


@api.command("dealer_create", permission=may.DEALER_MANAGE, subject="dealer")
def dealer_create(ctx: Ctx, data: DealerCreateIn) -> DealerOut:
    return _out(saving.dealer_create(actor=ctx.actor, uscc=data.uscc, particulars=data.particulars()))


@api.command("dealer_update", permission=may.DEALER_MANAGE, subject="dealer")
def dealer_update(ctx: Ctx, data: DealerUpdateIn) -> DealerOut:
    return _out(saving.dealer_update(actor=ctx.actor, dealer_id=data.dealer_id, particulars=data.particulars()))


@api.command("dealer_account_change", permission=may.DEALER_ACCOUNT_CHANGE, subject="dealer")
def dealer_account_change(ctx: Ctx, data: DealerAccountIn) -> DealerOut:
    changed = account.dealer_account_change(
        actor=ctx.actor,
        dealer_id=data.dealer_id,
        name=data.payee_name,
        bank=data.account_bank,
        account_no=data.account_no,
    )
    return _out(changed)


def _move(ctx: Ctx, data: DealerMoveIn, to: DealerState) -> DealerOut:
    return _out(moving.dealer_move(actor=ctx.actor, dealer_id=data.dealer_id, to=to, reason=data.reason))


@api.command("dealer_activate", permission=may.DEALER_MANAGE, subject="dealer")
def dealer_activate(ctx: Ctx, data: DealerMoveIn) -> DealerOut:
    return _move(ctx, data, DealerState.ACTIVE)


@api.command("dealer_suspend", permission=may.DEALER_MANAGE, subject="dealer")
def dealer_suspend(ctx: Ctx, data: DealerMoveIn) -> DealerOut:
    return _move(ctx, data, DealerState.SUSPENDED)


@api.command("dealer_exit", permission=may.DEALER_MANAGE, subject="dealer")
def dealer_exit(ctx: Ctx, data: DealerMoveIn) -> DealerOut:
    return _move(ctx, data, DealerState.EXITED)


api.listing(
    Listing(
        name="dealers",
        permission=may.DEALER_VIEW,
        queryset=selectors.dealers_visible,
        columns=[
            Col("dealer_no"),
            Col("name"),
            Col("region"),
            Col("grade", "enum", enum="DealerGrade", choices=DealerGrade.values),
            Col("state", "enum", enum="DealerState", choices=[state.value for state in DealerState]),
            Col("contact_name"),
            Col("contact_phone", "masked", mask="phone"),
            Col("department", source="department__name"),
            Col("created_at", "datetime"),
        ],
        search=["dealer_no", "name", "uscc"],
        filters=["state", "grade", "region", "created_at"],
        default_sort="-created_at",
        row_link="/channel/dealers/{id}",
        toolbar=["dealer_create"],
    )
)
