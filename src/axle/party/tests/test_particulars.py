"""What makes a person's particulars acceptable, as a table."""

from datetime import date

import pytest

from axle.kernel.errors import AxleError
from axle.party.domain.particulars import Contact, particulars_check
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
from axle.party.tests.people import person, resident_id

ON = date(2026, 11, 22)
LI = Contact("李娜", "spouse", "13900005678")


@pytest.mark.parametrize("name", ["张伟", "买买提·阿不都拉", "Anna O'Neil", "欧阳·娜娜"])
def test_names_of_people(name: str) -> None:
    particulars_check(person(name=name), on=ON, minimum_age=18)


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"name": "张"}, CustomerNameInvalid, "name"),
        ({"name": "张3"}, CustomerNameInvalid, "name"),
        ({"name": "张<b>"}, CustomerNameInvalid, "name"),
        ({"name": " 张伟"}, CustomerNameInvalid, "name"),
        ({"id_no": resident_id()[:-1] + "#"}, ResidentIdInvalid, "id_no"),
        ({"id_no": "330106199003070011"}, ResidentIdInvalid, "id_no"),
        ({"id_no": resident_id(date(2030, 1, 1))}, ResidentIdInvalid, "id_no"),
        ({"id_no": "330106900307001"}, ResidentIdInvalid, "id_no"),
        ({"id_no": resident_id(date(2008, 11, 23))}, CustomerUnderAge, "id_no"),
        ({"phone": "12800001234"}, MobileInvalid, "phone"),
        ({"phone": "1380000123"}, MobileInvalid, "phone"),
        ({"monthly_income": -1}, ParticularNegative, "monthly_income"),
        ({"monthly_debt": -1}, ParticularNegative, "monthly_debt"),
        ({"region_code": "3301"}, RegionCodeInvalid, "region_code"),
        ({"contacts": (Contact("", "spouse", "13900005678"),)}, ContactIncomplete, "contacts.0"),
        ({"contacts": (LI, Contact("王芳", "friend", "139"))}, MobileInvalid, "contacts.1.phone"),
        ({"contacts": (Contact("李娜", "spouse", "13800001234"),)}, ContactIsCustomer, "contacts.0.phone"),
        ({"contacts": (LI,) * 6}, TooManyContacts, "contacts"),
    ],
)
def test_faults(change: dict[str, object], error: type[AxleError], field: str) -> None:
    with pytest.raises(error) as caught:
        particulars_check(person(**change), on=ON, minimum_age=18)
    assert caught.value.field == field


def test_eighteenth_birthday_counts() -> None:
    particulars_check(person(id_no=resident_id(date(2008, 11, 22))), on=ON, minimum_age=18)
