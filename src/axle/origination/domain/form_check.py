"""What a form lacks or has wrong, field by field, before anything is asked or stored.

Source: GB 11643 (resident id), GB 16735 (VIN), ISO/IEC 7812 (bank card); age of majority REG-CIVIL-17.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from axle.kernel.identifiers import age_on, is_bank_card, is_mobile, is_resident_id, is_vin, resident_id_birthday
from axle.origination.domain.form import ApplicationForm

ADULT_AGE = 18

_REQUIRED = {
    "customer": (
        "name",
        "id_no",
        "phone",
        "marital_status",
        "residence_kind",
        "residence_address",
        "region_code",
        "employment_kind",
        "employment_months",
        "monthly_income",
        "monthly_debt",
        "has_driving_licence",
        "card_bank",
        "card_no",
    ),
    "vehicle": ("trim_id", "vin", "kind", "price"),
    "loan": ("product_version_id", "amount", "down_payment", "periods"),
}


@dataclass(frozen=True)
class FieldFault:
    """One broken field: ``path`` as in the form, ``code`` keys the sentence."""

    path: str
    code: str
    params: dict[str, Any] = field(default_factory=dict)


def form_check(form: ApplicationForm, *, on: date) -> list[FieldFault]:
    """All faults of a form on the day of submission; empty when it may be submitted."""
    missing = list(_missing(form))
    return missing + [fault for rule in _RULES for fault in rule(form, on)]


def _missing(form: ApplicationForm) -> Iterator[FieldFault]:
    for section, names in _REQUIRED.items():
        part = getattr(form, section)
        for name in names:
            if getattr(part, name) in (None, ""):
                yield FieldFault(f"{section}.{name}", "missing")
    if form.vehicle.kind == "used":
        for name in ("first_registered_on", "mileage_km"):
            if getattr(form.vehicle, name) is None:
                yield FieldFault(f"vehicle.{name}", "missing")
    if not form.customer.id_is_long_term and form.customer.id_valid_until is None:
        yield FieldFault("customer.id_valid_until", "missing")


def _identifiers(form: ApplicationForm, on: date) -> Iterator[FieldFault]:
    customer = form.customer
    yield from _form_of("customer.id_no", customer.id_no, is_resident_id, "resident_id_wrong")
    yield from _form_of("customer.phone", customer.phone, is_mobile, "mobile_wrong")
    yield from _form_of("customer.card_no", customer.card_no, is_bank_card, "bank_card_wrong")
    yield from _form_of("vehicle.vin", form.vehicle.vin, is_vin, "vin_wrong")
    for index, contact in enumerate(customer.contacts):
        yield from _form_of(f"customer.contacts.{index}.phone", contact.phone, is_mobile, "mobile_wrong")


def _form_of(path: str, value: str | None, is_right: Callable[[str], bool], code: str) -> Iterator[FieldFault]:
    if value and not is_right(value):
        yield FieldFault(path, code)


def _age(form: ApplicationForm, on: date) -> Iterator[FieldFault]:
    birthday = resident_id_birthday(form.customer.id_no or "")
    if birthday is not None and age_on(birthday, on) < ADULT_AGE:
        yield FieldFault("customer.id_no", "under_age", {"age": ADULT_AGE})


def _contacts(form: ApplicationForm, on: date) -> Iterator[FieldFault]:
    for index, contact in enumerate(form.customer.contacts):
        if not (contact.name and contact.phone and contact.relation):
            yield FieldFault(f"customer.contacts.{index}", "contact_incomplete")
        if contact.phone and contact.phone == form.customer.phone:
            yield FieldFault(f"customer.contacts.{index}.phone", "contact_is_applicant")


def _amounts(form: ApplicationForm, on: date) -> Iterator[FieldFault]:
    amount, down, price = form.loan.amount, form.loan.down_payment, form.vehicle.price
    income = form.customer.monthly_income
    for path, value in (("loan.amount", amount), ("vehicle.price", price), ("customer.monthly_income", income)):
        if value is not None and value <= 0:
            yield FieldFault(path, "not_positive")
    for path, value in (("loan.down_payment", down), ("customer.monthly_debt", form.customer.monthly_debt)):
        if value is not None and value < 0:
            yield FieldFault(path, "negative")
    if amount is not None and down is not None and price is not None and amount + down != price:
        yield FieldFault("loan.down_payment", "amounts_do_not_add_up")


def _dates(form: ApplicationForm, on: date) -> Iterator[FieldFault]:
    first = form.vehicle.first_registered_on
    if first is not None and first > on:
        yield FieldFault("vehicle.first_registered_on", "in_the_future")


def _region(form: ApplicationForm, on: date) -> Iterator[FieldFault]:
    code = form.customer.region_code
    if code and not (len(code) == 6 and code.isascii() and code.isdigit()):
        yield FieldFault("customer.region_code", "region_code_wrong")


_RULES: tuple[Callable[[ApplicationForm, date], Iterator[FieldFault]], ...] = (
    _identifiers,
    _age,
    _contacts,
    _amounts,
    _dates,
    _region,
)
