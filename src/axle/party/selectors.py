"""Reads of party, within an actor's scope, and the search for duplicates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import QuerySet

from axle.party.domain.watch_list import Watched, WatchRole, WatchSubject
from axle.party.models import BankCard, BankCardState, Customer, CustomerContact, CustomerDealer
from axle.party.permissions import CUSTOMER_VIEW
from axle.platform.errors import NotFound
from axle.platform.fields import blind_index
from axle.platform.public import Actor, DataScope


class DuplicateKind(StrEnum):
    """Why two people may be one, or know each other."""

    SAME_ID = "same_id"
    SAME_PHONE = "same_phone"
    SAME_NAME_AND_BIRTHDAY = "same_name_and_birthday"
    PHONE_IS_CONTACT = "phone_is_contact"


@dataclass(frozen=True)
class Duplicate:
    """A customer who resembles the person asked about."""

    customer_id: int
    customer_no: str
    kind: DuplicateKind


def customers_visible(actor: Actor, permission: str = CUSTOMER_VIEW) -> QuerySet[Customer]:
    """Customers that a permission of the actor reaches."""
    return _reached(actor.scope(permission))


def customer_visible(actor: Actor, customer_id: int, permission: str = CUSTOMER_VIEW) -> Customer:
    """One of them. Errors: NotFound."""
    customer = customers_visible(actor, permission).filter(pk=customer_id).first()
    if customer is None:
        raise NotFound(what="customer")
    return customer


def bank_cards_visible(actor: Actor) -> QuerySet[BankCard]:
    """Cards of the customers that the actor may see."""
    if actor.scope(CUSTOMER_VIEW).is_all:
        return BankCard.objects.all()
    return BankCard.objects.filter(customer__in=customers_visible(actor))


def duplicates(
    *,
    id_no: str = "",
    phone: str = "",
    name: str = "",
    birthday: date | None = None,
    excluding: int | None = None,
) -> list[Duplicate]:
    """Customers who share the resident id, the phone (own or as contact), or name and birthday; strongest first.

    System use: it looks at all customers, so show its findings only as far as the person may see them.
    """
    without = [] if excluding is None else [excluding]
    found = (
        Duplicate(pk, customer_no, kind)
        for kind, rows in _likenesses(id_no, phone, name, birthday)
        for pk, customer_no in rows.exclude(pk__in=without).order_by("pk").values_list("pk", "customer_no")[:20]
    )
    return list(dict.fromkeys(found))


def watched_of(customer: Customer) -> list[Watched]:
    """What of a customer is looked up on the black and grey lists."""
    cards = customer.bank_cards.filter(state=BankCardState.ACTIVE)
    return [
        Watched(WatchRole.DEBTOR, WatchSubject.ID_NO, customer.id_no),
        Watched(WatchRole.DEBTOR, WatchSubject.PHONE, customer.phone),
        *(Watched(WatchRole.DEBTOR, WatchSubject.CARD, card.card_no) for card in cards),
        Watched(WatchRole.EMPLOYER, WatchSubject.COMPANY, customer.employer),
        *(Watched(WatchRole.CONTACT, WatchSubject.PHONE, contact.phone) for contact in customer.contacts.all()),
    ]


def _likenesses(
    id_no: str, phone: str, name: str, birthday: date | None
) -> Iterator[tuple[DuplicateKind, QuerySet[Customer]]]:
    rows = Customer.objects.all()
    if id_no:
        yield DuplicateKind.SAME_ID, rows.filter(id_no_index=blind_index(id_no))
    if phone:
        yield DuplicateKind.SAME_PHONE, rows.filter(phone_index=blind_index(phone))
    if name and birthday:
        yield DuplicateKind.SAME_NAME_AND_BIRTHDAY, rows.filter(name=name, birthday=birthday)
    if phone:
        contacts = CustomerContact.objects.filter(phone_index=blind_index(phone))
        yield DuplicateKind.PHONE_IS_CONTACT, rows.filter(pk__in=contacts.values("customer_id"))


def _reached(scope: DataScope) -> QuerySet[Customer]:
    rows = Customer.objects.all()
    if scope.is_all:
        return rows
    own = scope.filter(rows, customer="pk")
    if not scope.channel_ids:
        return own
    links = CustomerDealer.objects.filter(dealer_id__in=scope.channel_ids)
    return own | rows.filter(pk__in=links.values("customer_id"))
