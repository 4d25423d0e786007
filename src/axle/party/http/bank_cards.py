"""Customers' bank cards over HTTP."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from axle.party import permissions, selectors
from axle.party.models import BankCardState
from axle.party.services import bank_card_add as cards
from axle.platform.fields import blind_index
from axle.platform.http import ContextApi
from axle.platform.listing import Col, Listing
from axle.platform.public import Ctx, Input

api = ContextApi("party")


class BankCardAddIn(Input):
    """A debit card; the bank is read from the number, or named when it cannot be."""

    customer_id: int
    card_no: Annotated[
        str,
        StringConstraints(max_length=19),
        Field(json_schema_extra={"format": "bank-card"}),
    ]
    bank_name: Annotated[str, StringConstraints(max_length=60)] = ""
    reserved_phone: Annotated[str, StringConstraints(max_length=11), Field(json_schema_extra={"format": "phone"})] = ""
    is_default: bool = True


class BankCardDisableIn(Input):
    """Which card to take out of use."""

    customer_id: int
    bank_card_id: int


class BankCardOut(BaseModel):
    """The card that a command wrote."""

    bank_card_id: int
    bank_name: str
    is_default: bool
    state: BankCardState


@api.command("bank_card_add", permission=permissions.BANK_CARD_MANAGE, subject="customer")
def bank_card_add(ctx: Ctx, data: BankCardAddIn) -> BankCardOut:
    """Add a repayment card (新增银行卡)."""
    customer = selectors.customer_visible(ctx.actor, data.customer_id, permissions.BANK_CARD_MANAGE)
    card = cards.bank_card_add(
        customer=customer,
        card_no=data.card_no,
        bank_name=data.bank_name,
        reserved_phone=data.reserved_phone,
        is_default=data.is_default,
    )
    return BankCardOut(
        bank_card_id=card.pk, bank_name=card.bank_name, is_default=card.is_default, state=BankCardState(card.state)
    )


@api.command("bank_card_disable", permission=permissions.BANK_CARD_MANAGE, subject="customer")
def bank_card_disable(ctx: Ctx, data: BankCardDisableIn) -> BankCardOut:
    """Take a card out of use (停用银行卡)."""
    customer = selectors.customer_visible(ctx.actor, data.customer_id, permissions.BANK_CARD_MANAGE)
    card = cards.bank_card_disable(customer=customer, bank_card_id=data.bank_card_id)
    return BankCardOut(
        bank_card_id=card.pk, bank_name=card.bank_name, is_default=card.is_default, state=BankCardState(card.state)
    )


api.listing(
    Listing(
        name="bank_cards",
        is_growing=True,
        permission=permissions.CUSTOMER_VIEW,
        queryset=selectors.bank_cards_visible,
        columns=[
            Col("customer_no", source="customer__customer_no"),
            Col("customer_name", source="customer__name"),
            Col("bank_name"),
            Col("card_no", "masked", mask="card"),
            Col("is_default", "bool"),
            Col("state", "enum", enum="BankCardState", choices=BankCardState.values),
            Col("created_at", "datetime"),
        ],
        search=["customer__customer_no", "customer__name"],
        search_index={"card_no_index": blind_index},
        filters=["state", "is_default"],
    )
)
