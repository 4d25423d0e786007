"""Taking over many people at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from axle.kernel.identifiers import resident_id_gender
from axle.party.domain.particulars import CustomerData, birthday_of, particulars_check
from axle.party.models import Customer, CustomerDealer
from axle.party.parameters import MINIMUM_AGE
from axle.platform.public import business_date, keys_take, note_change, parameter_value, rows_copy


@dataclass(frozen=True)
class ImportedCustomer:
    """A person with the number that they keep and the people to whom they belong."""

    customer_no: str
    data: CustomerData
    department_id: int | None
    owner_id: int | None
    dealer_id: int | None


def customers_import(people: Sequence[ImportedCustomer]) -> list[int]:
    """Keep new people, set-based; gives their ids in the same order. Contacts are not taken over.

    Errors: those of ``particulars_check``; a resident id that is known breaks the whole batch (IntegrityError).
    """
    on, minimum_age = business_date(), parameter_value(MINIMUM_AGE.code)
    for person in people:
        particulars_check(person.data, on=on, minimum_age=minimum_age)
    keys = keys_take(Customer, len(people))
    rows_copy(_row(key, person) for key, person in zip(keys, people, strict=True))
    rows_copy(
        CustomerDealer(customer_id=key, dealer_id=person.dealer_id)
        for key, person in zip(keys, people, strict=True)
        if person.dealer_id is not None
    )
    note_change(type="customer", id="import", after={"customers": len(keys)})
    return keys


def _row(key: int, person: ImportedCustomer) -> Customer:
    return Customer(
        id=key,
        customer_no=person.customer_no,
        department_id=person.department_id,
        owner_id=person.owner_id,
        gender=resident_id_gender(person.data.id_no),
        birthday=birthday_of(person.data.id_no),
        **person.data.said,
    )
