"""Traits (关联特征): what an application says that others may say too: a person, a phone, a card, an address, a car."""

import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class TraitKind(StrEnum):
    """What a trait is of the application that said it."""

    PERSON = "person"
    PHONE = "phone"
    CONTACT = "contact"
    CARD = "card"
    ADDRESS = "address"
    EMPLOYER = "employer"
    VIN = "vin"
    PLATE = "plate"
    ENGINE = "engine"
    DEVICE = "device"
    PLACE = "place"
    GUARANTOR = "guarantor"


class Bond(StrEnum):
    """What two applications have in common when they share a trait."""

    PERSON = "person"
    PHONE = "phone"
    CARD = "card"
    ADDRESS = "address"
    EMPLOYER = "employer"
    VEHICLE = "vehicle"
    DEVICE = "device"
    PLACE = "place"


BOND_OF: Mapping[TraitKind, Bond] = {
    TraitKind.PERSON: Bond.PERSON,
    TraitKind.PHONE: Bond.PHONE,
    TraitKind.CONTACT: Bond.PHONE,
    TraitKind.CARD: Bond.CARD,
    TraitKind.ADDRESS: Bond.ADDRESS,
    TraitKind.EMPLOYER: Bond.EMPLOYER,
    TraitKind.VIN: Bond.VEHICLE,
    TraitKind.PLATE: Bond.VEHICLE,
    TraitKind.ENGINE: Bond.VEHICLE,
    TraitKind.DEVICE: Bond.DEVICE,
    TraitKind.PLACE: Bond.PLACE,
    TraitKind.GUARANTOR: Bond.PERSON,
}

_SPACES = {TraitKind.CONTACT: TraitKind.PHONE, TraitKind.GUARANTOR: TraitKind.PERSON}
"""A contact's phone and an applicant's are one kind of thing, so that one is found in the other; so are a guarantor and
an applicant."""
_AS_TOLD = frozenset({TraitKind.DEVICE, TraitKind.PLACE})
"""What no person wrote, and no person writes differently."""
SHORTEST_ADDRESS = 8
_SHORTEST = {TraitKind.ADDRESS: SHORTEST_ADDRESS, TraitKind.EMPLOYER: 4, TraitKind.ENGINE: 5}
"""What is shorter says too little to be anybody's in particular: 杭州, 个体."""


class Trait(NamedTuple):
    """``text`` as it was said; ``value`` is what is hashed: plain, prefixed by what kind of thing it is."""

    kind: TraitKind
    value: str
    text: str


def traits_said(form: Mapping[str, Any], *, device: str = "", place: str = "") -> list[Trait]:
    """The traits of a form as JSON, and of the device that it was signed on, each once; what is not said has none."""
    said = [*_said(form), (TraitKind.DEVICE, device), (TraitKind.PLACE, place)]
    found = (trait for kind, text in said if (trait := _trait(kind, text)))
    return list({(trait.kind, trait.value): trait for trait in found}.values())


def guarantor_trait(id_no: str) -> Trait:
    """The person who guarantees the loan that an application led to."""
    return Trait(TraitKind.GUARANTOR, f"{TraitKind.PERSON}:{plain_text(id_no)}", id_no)


def plain_text(text: str) -> str:
    """A text without what people write differently: width, case, blanks and signs."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum())


def _said(form: Mapping[str, Any]) -> Iterator[tuple[TraitKind, Any]]:
    customer, vehicle = form.get("customer") or {}, form.get("vehicle") or {}
    yield TraitKind.PERSON, customer.get("id_no")
    yield TraitKind.PHONE, customer.get("phone")
    yield TraitKind.CARD, customer.get("card_no")
    yield TraitKind.ADDRESS, customer.get("residence_address")
    yield TraitKind.EMPLOYER, customer.get("employer")
    for contact in customer.get("contacts") or ():
        yield TraitKind.CONTACT, contact.get("phone")
    yield TraitKind.VIN, vehicle.get("vin")
    yield TraitKind.PLATE, vehicle.get("plate_no")
    yield TraitKind.ENGINE, vehicle.get("engine_no")


def _trait(kind: TraitKind, text: Any) -> Trait | None:
    plain = (text or "") if kind in _AS_TOLD else plain_text(text or "")
    if len(plain) < _SHORTEST.get(kind, 1):
        return None
    return Trait(kind, f"{_SPACES.get(kind, kind)}:{plain}", str(text))
