"""Changing what is known of a person by somebody else's decision, and the card that they repay from."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from axle.party.errors import BankCardKnown
from axle.party.models import BankCard, BankCardState, Customer
from axle.party.services.bank_card_add import bank_card_add, bank_card_check, bank_card_disable
from axle.party.services.customer_save import customer_data, customer_update
from axle.platform.fields import blind_index
from axle.platform.public import track

PARTICULARS = ("name", "phone", "residence_address", "region_code", "employer")
"""What of a person a contract names and a person may change."""


def customer_particulars(customer: Customer) -> dict[str, str]:
    """The particulars as they stand, in clear."""
    return {name: getattr(customer, name) or "" for name in PARTICULARS}


def customer_particulars_change(*, customer: Customer, values: Mapping[str, Any]) -> dict[str, str]:
    """Change some particulars of a locked customer; gives what stood there before.

    Errors: those of ``particulars_check``.
    """
    known = customer_particulars(customer)
    customer_update(customer=customer, data=replace(customer_data(customer), **values))
    return {name: known[name] for name in values}


def default_card(customer: Customer) -> BankCard | None:
    """The card that a customer repays from."""
    return customer.bank_cards.filter(is_default=True, state=BankCardState.ACTIVE).first()


def bank_card_switch_check(*, customer: Customer, card_no: str, bank_name: str, reserved_phone: str) -> None:
    """Errors: BankCardKnown for the card in use, BankCardInvalid, CreditCardRefused, BankUnknown, MobileInvalid."""
    bank_card_check(card_no, bank_name, reserved_phone)
    old = default_card(customer)
    if old and old.card_no_index == blind_index(card_no):
        raise BankCardKnown(field="card_no")


def bank_card_switch(
    *, customer: Customer, card_no: str, bank_name: str, reserved_phone: str
) -> tuple[int | None, int]:
    """Repay from another card from now on; the old one is out of use. Gives the keys of the old and the new one.

    Errors: those of ``bank_card_switch_check``.
    """
    bank_card_switch_check(customer=customer, card_no=card_no, bank_name=bank_name, reserved_phone=reserved_phone)
    old = default_card(customer)
    new = bank_card_add(customer=customer, card_no=card_no, bank_name=bank_name, reserved_phone=reserved_phone)
    if old:
        bank_card_disable(customer=customer, bank_card_id=old.pk)
    return (old.pk if old else None), new.pk


def bank_card_restore(*, customer: Customer, old_card_id: int | None, new_card_id: int) -> bool:
    """Take a switch back; False when another card is the default one by now."""
    present = default_card(customer)
    if present is None or present.pk != new_card_id:
        return False
    bank_card_disable(customer=customer, bank_card_id=new_card_id)
    old = customer.bank_cards.select_for_update().filter(pk=old_card_id or 0).first()
    if old:
        customer.bank_cards.filter(is_default=True).update(is_default=False)
        track(old)
        old.state, old.is_default = BankCardState.ACTIVE, True
        old.save()
    return True
