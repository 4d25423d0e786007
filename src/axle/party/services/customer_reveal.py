"""Showing personal data in full: permitted, explained, logged."""

from dataclasses import dataclass

from axle.party.errors import RevealReasonMissing
from axle.party.models import BankCardState, Customer
from axle.party.permissions import CUSTOMER_REVEAL
from axle.party.selectors import customer_visible
from axle.platform.public import Actor, note_change

MIN_REASON = 4


@dataclass(frozen=True)
class RevealedContact:
    """A contact in full."""

    name: str
    relation: str
    phone: str


@dataclass(frozen=True)
class RevealedCard:
    """A card in full."""

    id: int
    bank_name: str
    card_no: str


@dataclass(frozen=True)
class CustomerPrivate:
    """A customer's personal data in full."""

    id: int
    customer_no: str
    name: str
    id_no: str
    phone: str
    residence_address: str
    contacts: tuple[RevealedContact, ...]
    bank_cards: tuple[RevealedCard, ...]


def customer_reveal(*, actor: Actor, customer_id: int, reason: str) -> CustomerPrivate:
    """A customer in full, for a person who may and says why; the log keeps who, whom and why.

    Call it inside a logged operation.
    Errors: PermissionMissing, NotFound (also for a customer out of scope), RevealReasonMissing.
    """
    actor.require(CUSTOMER_REVEAL)
    if len(reason.strip()) < MIN_REASON:
        raise RevealReasonMissing(field="reason")
    customer = customer_visible(actor, customer_id, CUSTOMER_REVEAL)
    note_change(type="customer", id=customer.pk, after={"revealed": True, "reason": reason.strip()})
    return _private(customer)


def _private(customer: Customer) -> CustomerPrivate:
    cards = customer.bank_cards.filter(state=BankCardState.ACTIVE).order_by("pk")
    return CustomerPrivate(
        id=customer.pk,
        customer_no=customer.customer_no,
        name=customer.name,
        id_no=customer.id_no,
        phone=customer.phone,
        residence_address=customer.residence_address or "",
        contacts=tuple(
            RevealedContact(contact.name, contact.relation, contact.phone)
            for contact in customer.contacts.order_by("pk")
        ),
        bank_cards=tuple(RevealedCard(card.pk, card.bank_name, card.card_no) for card in cards),
    )
