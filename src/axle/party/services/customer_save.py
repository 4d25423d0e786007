"""Keeping a person: created once, changed as they say more."""

from dataclasses import fields, replace
from typing import Any

from axle.kernel.identifiers import resident_id_gender
from axle.party.domain.particulars import Contact, CustomerData, birthday_of, particulars_check
from axle.party.errors import CustomerExists, CustomerNameDiffers
from axle.party.events import CustomerChanged
from axle.party.models import Customer, CustomerContact, CustomerDealer
from axle.party.parameters import MINIMUM_AGE
from axle.platform.errors import StaleVersion
from axle.platform.fields import blind_index
from axle.platform.public import Actor, business_date, created, next_no, note_change, parameter_value, publish, track

_OWN_FIELDS = tuple(field.name for field in fields(CustomerData) if field.name != "contacts")


def customer_create(
    *,
    actor: Actor,
    data: CustomerData,
    department_id: int | None = None,
    owner_id: int | None = None,
    dealer_id: int | None = None,
) -> Customer:
    """A new customer; department and owner are the actor's unless given.

    Errors: CustomerExists, and those of ``particulars_check``; then nothing is kept.
    """
    _check(data)
    known = Customer.objects.filter(id_no_index=blind_index(data.id_no)).first()
    if known is not None:
        raise CustomerExists(field="id_no", customer_no=known.customer_no)
    return _created(actor, data, department_id, owner_id, dealer_id)


def _created(
    actor: Actor, data: CustomerData, department_id: int | None, owner_id: int | None, dealer_id: int | None
) -> Customer:
    """A customer with checked data, who is not known yet."""
    customer = Customer(
        customer_no=next_no("CU", on=business_date()),
        department_id=department_id or actor.department_id,
        owner_id=owner_id or actor.employee_id,
    )
    _fill(customer, data)
    customer.save(force_insert=True)
    created(customer)
    _add_contacts(customer, data, removed=0)
    _link_dealer(customer, dealer_id)
    publish(CustomerChanged(customer.pk, tuple(data.said), is_new=True))
    return customer


def customer_update(*, customer: Customer, data: CustomerData, version: int | None = None) -> Customer:
    """Change a customer to what the form says; the row must be locked by the caller.

    ``version`` is the one that the form was opened with.
    Errors: StaleVersion, CustomerExists when the new resident id is another's, and those of ``particulars_check``.
    """
    if version is not None and version != customer.version:
        raise StaleVersion()
    _check(data)
    _refuse_anothers_id(customer, data)
    before = customer_data(customer)
    track(customer)
    _fill(customer, data)
    customer.version += 1
    customer.save()
    _replace_contacts(customer, data)
    publish(CustomerChanged(customer.pk, _changed(before, data)))
    return customer


def customer_save(
    *,
    actor: Actor,
    data: CustomerData,
    department_id: int | None = None,
    owner_id: int | None = None,
    dealer_id: int | None = None,
) -> Customer:
    """The customer with this resident id: created, or brought up to date with what is said now.

    What the data does not say stays as it was, contacts included.
    Errors: CustomerNameDiffers, and those of ``particulars_check``.
    """
    known = Customer.objects.select_for_update().filter(id_no_index=blind_index(data.id_no)).first()
    if known is None:
        _check(data)
        return _created(actor, data, department_id, owner_id, dealer_id)
    if known.name != data.name:
        raise CustomerNameDiffers(field="name")
    _link_dealer(known, dealer_id)
    return customer_update(customer=known, data=_merged(known, data))


def customer_ensure(
    *, actor: Actor, data: CustomerData, department_id: int | None = None, owner_id: int | None = None
) -> Customer:
    """The customer with this resident id as they are known, or a new one.

    Errors: CustomerNameDiffers, and those of ``particulars_check`` for a new one.
    """
    known = Customer.objects.filter(id_no_index=blind_index(data.id_no)).first()
    if known is None:
        return customer_create(actor=actor, data=data, department_id=department_id, owner_id=owner_id)
    if known.name != data.name:
        raise CustomerNameDiffers(field="name")
    return known


def customer_data(customer: Customer) -> CustomerData:
    """A stored customer as data, in full."""
    values: dict[str, Any] = {name: getattr(customer, name) for name in _OWN_FIELDS}
    values["residence_address"] = values["residence_address"] or ""
    contacts = customer.contacts.order_by("pk")
    return CustomerData(**values, contacts=tuple(Contact(row.name, row.relation, row.phone) for row in contacts))


def _check(data: CustomerData) -> None:
    particulars_check(data, on=business_date(), minimum_age=parameter_value(MINIMUM_AGE.code))


def _merged(customer: Customer, data: CustomerData) -> CustomerData:
    known = customer_data(customer)
    return replace(known, **data.said, contacts=data.contacts or known.contacts)


def _changed(before: CustomerData, after: CustomerData) -> tuple[str, ...]:
    names = (field.name for field in fields(CustomerData))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _refuse_anothers_id(customer: Customer, data: CustomerData) -> None:
    other = Customer.objects.filter(id_no_index=blind_index(data.id_no)).exclude(pk=customer.pk).first()
    if other is not None:
        raise CustomerExists(field="id_no", customer_no=other.customer_no)


def _fill(customer: Customer, data: CustomerData) -> None:
    for name in _OWN_FIELDS:
        setattr(customer, name, getattr(data, name))
    customer.gender = resident_id_gender(data.id_no)
    customer.birthday = birthday_of(data.id_no)


def _replace_contacts(customer: Customer, data: CustomerData) -> None:
    removed, _ = customer.contacts.all().delete()
    _add_contacts(customer, data, removed=removed)


def _add_contacts(customer: Customer, data: CustomerData, *, removed: int) -> None:
    CustomerContact.objects.bulk_create(
        CustomerContact(customer=customer, name=contact.name, relation=contact.relation, phone=contact.phone)
        for contact in data.contacts
    )
    if removed or data.contacts:
        note_change(
            type="customercontact", id=customer.pk, before={"count": removed}, after={"count": len(data.contacts)}
        )


def _link_dealer(customer: Customer, dealer_id: int | None) -> None:
    if dealer_id is not None:
        CustomerDealer.objects.bulk_create(
            [CustomerDealer(customer=customer, dealer_id=dealer_id)], ignore_conflicts=True
        )
