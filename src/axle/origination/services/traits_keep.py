"""Keep what an application said that others may say too, so that it is found by value."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from axle.origination.domain.traits import TraitKind, traits_said
from axle.origination.models import Application, ApplicationTrait
from axle.platform.public import blind_index


def traits_keep(application: Application, *, on: date) -> None:
    """Add what a submitted application says now to what it said before."""
    device = {"device": application.device_token, "place": application.device_place}
    rows = list(trait_rows(application.pk, application.form, on=on, **device))
    ApplicationTrait.objects.bulk_create(rows, ignore_conflicts=True)


def trait_rows(
    application_id: int, form: Mapping[str, Any], *, on: date, device: str = "", place: str = ""
) -> Iterator[ApplicationTrait]:
    """The rows of a form and a device; none for a form that does not say whose it is."""
    hashed = [(trait.kind, trait_hash(trait.value)) for trait in traits_said(form, device=device, place=place)]
    person = next((value for kind, value in hashed if kind == TraitKind.PERSON), None)
    if person is None:
        return
    for kind, value in hashed:
        yield ApplicationTrait(application_id=application_id, kind=kind, value=value, person=person, said_on=on)


def trait_hash(text: str) -> UUID:
    """The first half of the keyed hash, which is still too long for two values to meet in one by chance."""
    return UUID(blind_index(text)[:32])
