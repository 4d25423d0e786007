"""What is known of a person, and what makes it acceptable. Amounts are fen per month."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from axle.kernel.errors import AxleError
from axle.kernel.identifiers import age_on, is_mobile, resident_id_birthday
from axle.kernel.money import Fen
from axle.party.errors import (
    ContactIncomplete,
    ContactIsCustomer,
    CustomerNameInvalid,
    CustomerUnderAge,
    MobileInvalid,
    ParticularNegative,
    RegionCodeInvalid,
    ResidentIdInvalid,
    TooManyContacts,
)

MAX_CONTACTS = 5
_NAME = re.compile(r"[^\W\d_]+(?:[ ·.'-][^\W\d_]+)*\.?")


@dataclass(frozen=True)
class Contact:
    """An emergency contact; never a debtor."""

    name: str
    relation: str
    phone: str


@dataclass(frozen=True)
class CustomerData:
    """A person as they describe themselves; None or empty means not said."""

    name: str
    id_no: str
    phone: str
    id_is_long_term: bool = False
    id_valid_until: date | None = None
    marital_status: str = ""
    education: str = ""
    residence_kind: str = ""
    residence_address: str = ""
    region_code: str = ""
    employment_kind: str = ""
    employer: str = ""
    employment_months: int | None = None
    monthly_income: Fen | None = None
    monthly_debt: Fen | None = None
    has_driving_licence: bool | None = None
    contacts: tuple[Contact, ...] = ()

    @property
    def said(self) -> dict[str, Any]:
        """The fields that say something, contacts aside."""
        values = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "contacts"}
        return {name: value for name, value in values.items() if value not in (None, "")}


def birthday_of(id_no: str) -> date:
    """The birthday in a resident id that has been checked. Errors: ResidentIdInvalid."""
    birthday = resident_id_birthday(id_no)
    if birthday is None:
        raise ResidentIdInvalid(field="id_no")
    return birthday


def particulars_check(data: CustomerData, *, on: date, minimum_age: int) -> None:
    """Raise the first fault of a person's particulars.

    Dates: age is taken on ``on``. Errors: those of the module's imports, each naming its field.
    Source: GB 11643 (resident id), REG-CIVIL-17 (age of majority).
    """
    for fault in _faults(data, on, minimum_age):
        raise fault


def _faults(data: CustomerData, on: date, minimum_age: int) -> Iterator[AxleError]:
    if not (2 <= len(data.name) <= 50 and _NAME.fullmatch(data.name)):
        yield CustomerNameInvalid(field="name")
    birthday = resident_id_birthday(data.id_no)
    if birthday is None or birthday > on:
        yield ResidentIdInvalid(field="id_no")
    elif age_on(birthday, on) < minimum_age:
        yield CustomerUnderAge(field="id_no", minimum=minimum_age)
    if not is_mobile(data.phone):
        yield MobileInvalid(field="phone")
    yield from _number_faults(data)
    yield from _contact_faults(data)


def _number_faults(data: CustomerData) -> Iterator[AxleError]:
    for name in ("monthly_income", "monthly_debt", "employment_months"):
        if (getattr(data, name) or 0) < 0:
            yield ParticularNegative(field=name)
    if data.region_code and not re.fullmatch(r"\d{6}", data.region_code, re.ASCII):
        yield RegionCodeInvalid(field="region_code")


def _contact_faults(data: CustomerData) -> Iterator[AxleError]:
    if len(data.contacts) > MAX_CONTACTS:
        yield TooManyContacts(field="contacts", maximum=MAX_CONTACTS)
    for index, contact in enumerate(data.contacts):
        path = f"contacts.{index}"
        if not (contact.name and contact.relation and contact.phone):
            yield ContactIncomplete(field=path)
        elif not is_mobile(contact.phone):
            yield MobileInvalid(field=f"{path}.phone")
        elif contact.phone == data.phone:
            yield ContactIsCustomer(field=f"{path}.phone")
