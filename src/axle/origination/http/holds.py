"""Held approvals over HTTP: the list, what becomes of each, and what is warned of about a customer."""

from typing import Any

from django.db.models import F, QuerySet
from pydantic import BaseModel, Field

from axle.kernel.money import Fen
from axle.kernel.types import Yuan
from axle.origination import permissions as may
from axle.origination import selectors
from axle.origination.domain.holds import HoldCause, HoldEnd, HoldState
from axle.origination.http.base import api
from axle.origination.models import OfferHold
from axle.origination.services.offer_hold_settle import offer_hold_confirm, offer_hold_lower, offer_hold_withdraw
from axle.party.public import customer_is_visible
from axle.platform.errors import NotFound
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input


class OfferHoldIn(Input):
    """Which hold, and why it is settled so."""

    hold_id: int
    note: str = Field(min_length=1, max_length=500)


class OfferHoldLowerIn(OfferHoldIn):
    """How much is approved from now on."""

    amount: Yuan


class OfferHoldOut(BaseModel):
    """A hold after a write."""

    hold_id: int
    hold_no: str
    hold_state: HoldState


class OfferHoldShown(BaseModel):
    """An open hold, as pages of its application, customer or loan warn of it."""

    hold_id: int
    hold_no: str
    application_id: int
    application_no: str
    hold_cause: HoldCause
    is_paid_out: bool
    hold_rules: list[str]
    amount_limit: Yuan | None
    related_no: str
    actions: list[str]


class OfferHoldsShown(BaseModel):
    items: list[OfferHoldShown]


@api.command("offer_hold_confirm", permission=may.HOLD_SETTLE, subject="offerhold")
def offer_hold_confirm_command(ctx: Ctx, data: OfferHoldIn) -> OfferHoldOut:
    """Let a held approval stand as it is; of a paid-out case: take note of the warning."""
    return _out(offer_hold_confirm(actor=ctx.actor, hold_id=data.hold_id, note=data.note))


@api.command("offer_hold_lower", permission=may.HOLD_SETTLE, subject="offerhold")
def offer_hold_lower_command(ctx: Ctx, data: OfferHoldLowerIn) -> OfferHoldOut:
    """Approve less than was approved; the applicant is told."""
    return _out(offer_hold_lower(actor=ctx.actor, hold_id=data.hold_id, amount=Fen(data.amount), note=data.note))


@api.command("offer_hold_withdraw", permission=may.HOLD_SETTLE, subject="offerhold")
def offer_hold_withdraw_command(ctx: Ctx, data: OfferHoldIn) -> OfferHoldOut:
    """Take an approval back; the applicant is told."""
    return _out(offer_hold_withdraw(actor=ctx.actor, hold_id=data.hold_id, note=data.note))


_COMMANDS = ("offer_hold_confirm", "offer_hold_lower", "offer_hold_withdraw")


def _rows(actor: Actor) -> QuerySet[Any, Any]:
    return selectors.holds_visible(actor).annotate(hold_id=F("pk"))


def _is_open(row: Any) -> bool:
    return bool(row["hold_state"] == HoldState.OPEN)


def _may_change(row: Any) -> bool:
    return _is_open(row) and not row["is_paid_out"]


api.listing(
    Listing(
        name="offer_holds",
        is_growing=True,
        permission=may.HOLD_VIEW,
        queryset=_rows,
        columns=[
            Col("hold_no"),
            Col("application_no", source="application__application_no", is_sortable=False),
            Col("applicant_name", source="application__applicant_name", is_sortable=False),
            Col("hold_cause", "enum", source="cause", enum="HoldCause", choices=list(HoldCause), is_sortable=False),
            Col("hold_rules", "json", source="rules", is_hidden=True, is_sortable=False),
            Col("approved_amount", "money", is_sortable=False),
            Col("amount_limit", "money", is_sortable=False),
            Col("related_no", is_sortable=False),
            Col("is_paid_out", "bool", is_sortable=False),
            Col("hold_state", "enum", source="state", enum="HoldState", choices=list(HoldState)),
            Col("opened_on", "date"),
            Col("hold_settled_on", "date", source="settled_on", is_sortable=False),
            Col("settled_by", is_sortable=False),
            Col("hold_lapsed_by", "enum", source="lapsed_by", enum="HoldEnd", choices=list(HoldEnd), is_sortable=False),
            Col("note", is_hidden=True, is_sortable=False),
            Col("application_id", "integer", is_hidden=True, is_sortable=False),
            Col("hold_id", "integer", is_hidden=True, is_sortable=False),
        ],
        search=["hold_no"],
        tabs="hold_state",
        filters=["hold_state", "hold_cause", "opened_on", "application_id"],
        default_sort="-opened_on",
        row_link="/intake/applications/{application_id}",
        row_actions=list(_COMMANDS),
        row_rules={
            "offer_hold_confirm": _is_open,
            "offer_hold_lower": _may_change,
            "offer_hold_withdraw": _may_change,
        },
    )
)


@api.query("customer_holds", "/customers/{customer_id}/holds", permission=may.HOLD_VIEW)
def customer_holds(actor: Actor, customer_id: int) -> OfferHoldsShown:
    """What is open about the approvals of a customer, paid out or not. Errors: NotFound."""
    if not customer_is_visible(actor=actor, customer_id=customer_id):
        raise NotFound(what="customer")
    rows = selectors.holds_visible(actor).filter(application__customer_id=customer_id, state=HoldState.OPEN)
    return OfferHoldsShown(items=[_shown(actor, row) for row in rows.select_related("application").order_by("pk")])


@api.query("application_holds", "/applications/{application_id}/holds", permission=may.HOLD_VIEW)
def application_holds(actor: Actor, application_id: int) -> OfferHoldsShown:
    """What is open about the approval of an application. Errors: NotFound."""
    if not selectors.applications_in(actor.scope(may.HOLD_VIEW)).filter(pk=application_id).exists():
        raise NotFound(what="application")
    rows = selectors.holds_visible(actor).filter(application_id=application_id, state=HoldState.OPEN)
    return OfferHoldsShown(items=[_shown(actor, row) for row in rows.select_related("application").order_by("pk")])


def _shown(actor: Actor, hold: OfferHold) -> OfferHoldShown:
    possible = _COMMANDS[:1] if hold.is_paid_out else _COMMANDS
    return OfferHoldShown(
        hold_id=hold.pk,
        hold_no=hold.hold_no,
        application_id=hold.application_id,
        application_no=hold.application.application_no,
        hold_cause=HoldCause(hold.cause),
        is_paid_out=hold.is_paid_out,
        hold_rules=list(hold.rules),
        amount_limit=Fen(hold.amount_limit) if hold.amount_limit is not None else None,
        related_no=hold.related_no,
        actions=list(possible) if actor.may(may.HOLD_SETTLE) else [],
    )


def _out(hold: OfferHold) -> OfferHoldOut:
    return OfferHoldOut(hold_id=hold.pk, hold_no=hold.hold_no, hold_state=HoldState(hold.state))
