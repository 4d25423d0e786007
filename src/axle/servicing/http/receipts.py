"""Receipts: registration, finance confirmation, matching, reversal."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from axle.kernel.types import Yuan
from axle.payments.public import paying_account
from axle.platform.errors import NotFound
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input, available_commands, legal_entities, mask
from axle.servicing import permissions as may
from axle.servicing.http.base import api
from axle.servicing.http.models import ReceiptDetail, ReceiptOut
from axle.servicing.models import PrepaymentMode, Receipt, ReceiptChannel, ReceiptState
from axle.servicing.selectors.visible import (
    PAID_ON,
    loan_entity_visible,
    loan_visible,
    receipt_seen,
    receipt_visible,
    receipts_listed,
    suspense_listed,
)
from axle.servicing.services import receipt_claim as claiming
from axle.servicing.services import receipt_confirm as confirming
from axle.servicing.services import receipt_register as registering


class ReceiptRegisterIn(Input):
    """Money that came in; without a loan it goes to suspense once confirmed."""

    loan_no: str | None = Field(None, max_length=24)
    legal_entity_id: int | None = None
    payoff_quote_no: str | None = Field(None, max_length=24)
    amount: Yuan = Field(gt=0, le=100_000_000_00)
    value_on: date
    channel: ReceiptChannel = ReceiptChannel.TRANSFER
    payer_name: str = Field(min_length=1, max_length=64)
    payer_account: str | None = Field(None, max_length=32, json_schema_extra={"format": "bank-card"})
    bank_serial: str = Field("", max_length=64)
    prepayment_mode: PrepaymentMode | None = None
    note: str = Field("", max_length=200)


class ReceiptIn(Input):
    receipt_no: str = Field(max_length=24)


class ReceiptReasonIn(ReceiptIn):
    reason: str = Field(min_length=2, max_length=200)


class ReceiptMatchIn(ReceiptIn):
    loan_no: str = Field(max_length=24)


class ReceiptPartIn(Input):
    """A part of unmatched money, and the loan that it is for when that is known."""

    amount: Yuan = Field(gt=0, le=100_000_000_00)
    loan_no: str | None = Field(None, max_length=24)


class ReceiptSplitIn(ReceiptIn):
    """The parts of a receipt; they add up to it."""

    parts: list[ReceiptPartIn] = Field(min_length=2, max_length=50)


class ReceiptsOut(BaseModel):
    receipts: list[ReceiptOut]


_OWN_FIELDS = {"loan_no", "legal_entity_id", "payoff_quote_no"}


def _entity(actor: Actor, data: ReceiptRegisterIn) -> int:
    if data.loan_no:
        return loan_entity_visible(actor, data.loan_no)
    if data.legal_entity_id not in {entity.id for entity in legal_entities()}:
        raise NotFound(field="legal_entity_id", what="legal_entity")
    return data.legal_entity_id or 0


def _own_account(legal_entity_id: int) -> int:
    account = paying_account(legal_entity_id)
    if account is None:
        raise NotFound(field="legal_entity_id", what="bank_account")
    return account.id


def _out(receipt: Receipt) -> ReceiptOut:
    return ReceiptOut(receipt_no=receipt.receipt_no, state=ReceiptState(receipt.state))


def _actions(actor: Actor, receipt: Receipt) -> list[str]:
    if receipt.state == ReceiptState.REGISTERED:
        is_own = actor.user_id == receipt.registered_by_id
        return available_commands(actor, *([] if is_own else ["receipt_confirm"]), "receipt_reject")
    if receipt.state == ReceiptState.CONFIRMED:
        return available_commands(actor, *_of_confirmed(receipt), "receipt_reverse")
    return []


def _of_confirmed(receipt: Receipt) -> list[str]:
    """What may be done with money that is there, besides taking it back."""
    refund = ["refund_request"] if receipt.payer_account else []
    if receipt.loan is None:
        return ["receipt_match", "receipt_split", *refund]
    unclaim = ["receipt_unclaim"] if receipt.is_from_suspense else []
    return [*unclaim, *(refund if receipt.loan.unapplied else [])]


@api.command("receipt_register", permission=may.RECEIPT_REGISTER, amount=lambda data: data.amount, subject="receipt")
def receipt_register(ctx: Ctx, data: ReceiptRegisterIn) -> ReceiptOut:
    entity = _entity(ctx.actor, data)
    given = data.model_dump(exclude=_OWN_FIELDS) | {"prepayment_mode": data.prepayment_mode or ""}
    facts = registering.ReceiptData(bank_account_id=_own_account(entity), **given)
    receipt = registering.receipt_register(
        actor=ctx.actor,
        data=facts,
        loan_no=data.loan_no,
        legal_entity_id=entity,
        payoff_quote_no=data.payoff_quote_no,
    )
    return _out(receipt)


@api.command("receipt_confirm", permission=may.RECEIPT_CONFIRM, subject="receipt")
def receipt_confirm(ctx: Ctx, data: ReceiptIn) -> ReceiptOut:
    receipt_seen(ctx.actor, data.receipt_no)
    return _out(confirming.receipt_confirm(actor=ctx.actor, receipt_no=data.receipt_no))


@api.command("receipt_reject", permission=may.RECEIPT_CONFIRM, subject="receipt")
def receipt_reject(ctx: Ctx, data: ReceiptReasonIn) -> ReceiptOut:
    receipt_visible(ctx.actor, data.receipt_no)
    return _out(confirming.receipt_reject(actor=ctx.actor, receipt_no=data.receipt_no, reason=data.reason))


@api.command("receipt_match", permission=may.RECEIPT_CONFIRM, subject="receipt")
def receipt_match(ctx: Ctx, data: ReceiptMatchIn) -> ReceiptOut:
    receipt_visible(ctx.actor, data.receipt_no)
    loan_visible(ctx.actor, data.loan_no)
    return _out(claiming.receipt_match(actor=ctx.actor, receipt_no=data.receipt_no, loan_no=data.loan_no))


@api.command("receipt_split", permission=may.RECEIPT_CONFIRM, subject="receipt")
def receipt_split(ctx: Ctx, data: ReceiptSplitIn) -> ReceiptsOut:
    receipt_visible(ctx.actor, data.receipt_no)
    for part in data.parts:
        if part.loan_no:
            loan_visible(ctx.actor, part.loan_no)
    parts = [claiming.ReceiptPart(part.amount, part.loan_no or None) for part in data.parts]
    made = claiming.receipt_split(actor=ctx.actor, receipt_no=data.receipt_no, parts=parts)
    return ReceiptsOut(receipts=[_out(receipt) for receipt in made])


@api.command("receipt_unclaim", permission=may.RECEIPT_CONFIRM, subject="receipt")
def receipt_unclaim(ctx: Ctx, data: ReceiptReasonIn) -> ReceiptOut:
    """The answer is the receipt as which the money waits again."""
    receipt_visible(ctx.actor, data.receipt_no)
    return _out(claiming.receipt_unclaim(actor=ctx.actor, receipt_no=data.receipt_no, reason=data.reason))


@api.command("receipt_reverse", permission=may.RECEIPT_REVERSE, subject="receipt")
def receipt_reverse(ctx: Ctx, data: ReceiptReasonIn) -> ReceiptOut:
    receipt_visible(ctx.actor, data.receipt_no)
    return _out(confirming.receipt_reverse(actor=ctx.actor, receipt_no=data.receipt_no, reason=data.reason))


@api.query("receipt_get", "/receipts/{receipt_no}", permission=may.RECEIPT_VIEW)
def receipt_get(actor: Actor, receipt_no: str) -> ReceiptDetail:
    """A receipt in scope; the payer's account is masked."""
    receipt = receipt_visible(actor, receipt_no)
    same = ("id", "receipt_no", "state", "amount", "value_on", "channel", "payer_name", "bank_serial", "note")
    people = ("registered_by", "registered_at", "confirmed_by", "confirmed_at", "closing_reason")
    facts: dict[str, Any] = {name: getattr(receipt, name) for name in (*same, *people)}
    return ReceiptDetail(
        **facts,
        loan_no=receipt.loan.loan_no if receipt.loan else None,
        payoff_quote_no=receipt.payoff_quote.quote_no if receipt.payoff_quote else None,
        prepayment_mode=PrepaymentMode(receipt.prepayment_mode) if receipt.prepayment_mode else None,
        payer_account=mask(receipt.payer_account, "card"),
        part_of=receipt.part_of.receipt_no if receipt.part_of else None,
        parts=list(receipt.parts.order_by("pk").values_list("receipt_no", flat=True)),
        actions=_actions(actor, receipt),
    )


_SHOWN = ("principal", "interest")
"""What a receipt paid on these is shown at once; the rest when asked for."""

api.history("receipt", "/receipts", permission=may.RECEIPT_VIEW, find=receipt_visible, key=str)
api.listing(
    Listing(
        name="receipts",
        is_growing=True,
        permission=may.RECEIPT_VIEW,
        queryset=receipts_listed,
        columns=[
            Col("receipt_no"),
            Col("loan_no", source="loan__loan_no"),
            Col("state", "enum", enum="ReceiptState", choices=ReceiptState.values),
            Col("amount", "money"),
            Col("value_on", "date"),
            Col("channel", "enum", enum="ReceiptChannel", choices=ReceiptChannel.values),
            Col("prepayment_mode", "enum", enum="PrepaymentMode", choices=PrepaymentMode.values, is_hidden=True),
            Col("payer_name"),
            Col("bank_serial"),
            Col("registered_by"),
            Col("registered_at", "datetime"),
            Col("confirmed_by"),
            Col("is_in_suspense", "bool"),
            *(
                Col(f"{part}_paid", "money", is_sortable=False, is_hidden=part in ("penalty", "fee"))
                for part in PAID_ON
            ),
            Col("part_of", source="part_of__receipt_no", is_hidden=True),
        ],
        search=["receipt_no", "loan__loan_no", "payer_name", "bank_serial"],
        filters=["state", "loan_no", "is_in_suspense", "channel", "value_on", "amount", "registered_at"],
        totals=["amount"],
        default_sort="-registered_at",
        row_link="/loan/receipts/{receipt_no}",
        toolbar=["receipt_register"],
        tabs="state",
        row_actions=["receipt_confirm", "receipt_match"],
        row_rules={
            "receipt_confirm": lambda row: row["state"] == ReceiptState.REGISTERED,
            "receipt_match": lambda row: row["is_in_suspense"],
        },
    )
)
api.listing(
    Listing(
        name="suspense_receipts",
        is_growing=True,
        permission=may.RECEIPT_VIEW,
        queryset=suspense_listed,
        columns=[
            Col("receipt_no"),
            Col("amount", "money"),
            Col("value_on", "date"),
            Col("days_waiting", "integer", order="-value_on"),
            Col("is_waiting_long", "bool"),
            Col("payer_name"),
            Col("bank_serial"),
            Col("channel", "enum", enum="ReceiptChannel", choices=ReceiptChannel.values),
            Col("note", is_sortable=False),
            Col("registered_by"),
        ],
        search=["receipt_no", "payer_name", "bank_serial"],
        filters=["is_waiting_long", "value_on", "amount", "channel"],
        totals=["amount"],
        default_sort="value_on",
        row_link="/loan/receipts/{receipt_no}",
        row_actions=["receipt_match", "receipt_split", "refund_request"],
    )
)
