"""Customers on real rows: created once, found again, changed, revealed, taken over."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from axle.kernel.money import Fen
from axle.party import permissions
from axle.party.domain.particulars import Contact
from axle.party.errors import CustomerExists, CustomerNameDiffers, CustomerUnderAge, RevealReasonMissing
from axle.party.models import Customer, CustomerContact
from axle.party.public import (
    ImportedCustomer,
    customer_contact,
    customer_get,
    customer_is_visible,
    customer_private,
    customer_save,
    customers_import,
    duplicates,
)
from axle.party.services.customer_save import customer_create, customer_update
from axle.party.tests.people import person, resident_id
from axle.platform.errors import NotFound, PermissionMissing, StaleVersion
from axle.platform.models import OperationLog
from axle.platform.public import Actor, DataScope
from axle.platform.testing import act, make_actor, make_department, make_employee

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Actor:
    return make_actor(permissions.CUSTOMER_VIEW, permissions.CUSTOMER_MANAGE, name="客户经理")


def create(actor: Actor, **changes: object) -> Customer:
    with act(actor):
        return customer_create(actor=actor, data=person(**changes))


def test_stored_encrypted_shown_masked(manager: Actor) -> None:
    customer = create(manager)
    view = customer_get(customer.pk)
    assert (view.id_no_masked, view.phone_masked) == ("3301**********" + resident_id()[-4:], "138****1234")
    assert view.residence_address_masked == "浙江省杭州市" + "*" * 8
    assert (view.gender, view.birthday, view.monthly_income) == ("male", date(1990, 3, 7), Fen(1_500_000))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_no, phone, residence_address FROM party_customer")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    for secret in (resident_id(), "13800001234", "西湖"):
        assert secret.encode() not in stored


def test_log_of_a_creation_holds_no_personal_data(manager: Actor) -> None:
    create(manager)
    text = str(OperationLog.objects.values_list("changes", flat=True))
    assert "13800001234" not in text
    assert resident_id() not in text
    assert "138****1234" in text


def test_one_customer_per_resident_id(manager: Actor) -> None:
    customer = create(manager)
    with pytest.raises(CustomerExists) as caught:
        create(manager, name="王芳", phone="13800009999")
    assert caught.value.params == {"customer_no": customer.customer_no}
    assert Customer.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Customer.objects.create(customer_no="X", name="王芳", id_no=resident_id(), birthday=date(1990, 3, 7))


def test_refusal_keeps_nothing(manager: Actor) -> None:
    with pytest.raises(CustomerUnderAge):
        create(manager, id_no=resident_id(date(2015, 1, 1)))
    assert (Customer.objects.count(), CustomerContact.objects.count(), OperationLog.objects.count()) == (0, 0, 0)


def test_saving_again_adds_what_is_said(manager: Actor) -> None:
    customer = create(manager)
    with act(manager):
        view = customer_save(
            actor=manager,
            data=person(phone="13700001111", employer="", monthly_income=None, contacts=()),
            dealer_id=5,
        )
    assert (view.id, view.phone_masked, view.version) == (customer.pk, "137****1111", 2)
    assert (view.employer, view.monthly_income) == ("杭州某科技有限公司", 1_500_000)
    assert [contact.name for contact in customer.contacts.all()] == ["李娜"]
    assert list(customer.dealers.values_list("dealer_id", flat=True)) == [5]


def test_saving_under_another_name_is_refused(manager: Actor) -> None:
    create(manager)
    with pytest.raises(CustomerNameDiffers), act(manager):
        customer_save(actor=manager, data=person(name="张维", phone="13700001111"))
    assert customer_contact(Customer.objects.get().pk).phone == "13800001234"


def test_stale_form_changes_nothing(manager: Actor) -> None:
    customer = create(manager)
    with act(manager):
        customer_update(customer=customer, data=person(employer="别处"), version=1)
    with pytest.raises(StaleVersion), act(manager):
        customer_update(customer=customer, data=person(employer="旧表单"), version=1)
    customer.refresh_from_db()
    assert (customer.employer, customer.version) == ("别处", 2)


def test_update_to_anothers_id_is_refused(manager: Actor) -> None:
    create(manager)
    other = create(manager, name="王芳", id_no=resident_id(serial=2), phone="13800009999")
    with pytest.raises(CustomerExists), act(manager):
        customer_update(customer=other, data=person(name="王芳"))
    assert Customer.objects.get(pk=other.pk).id_no == resident_id(serial=2)


def test_update_without_contacts_removes_them(manager: Actor) -> None:
    customer = create(manager)
    with act(manager):
        customer_update(customer=customer, data=person(contacts=()))
    assert CustomerContact.objects.count() == 0


def test_duplicates_by_id_phone_name_and_contact(manager: Actor) -> None:
    first = create(manager)
    second = create(
        manager, id_no=resident_id(serial=3), phone="13700002222", contacts=(Contact("甲", "friend", "13800001234"),)
    )
    found = duplicates(id_no=resident_id(), phone="13800001234", name="张伟", birthday=date(1990, 3, 7))
    assert [(one.customer_id, one.kind) for one in found] == [
        (first.pk, "same_id"),
        (first.pk, "same_phone"),
        (first.pk, "same_name_and_birthday"),
        (second.pk, "same_name_and_birthday"),
        (second.pk, "phone_is_contact"),
    ]
    assert duplicates(phone="13800001234", excluding=first.pk)[0].customer_id == second.pk
    assert duplicates() == []


def test_reveal_needs_permission_scope_and_reason_and_is_logged(manager: Actor) -> None:
    customer = create(manager)
    logged = OperationLog.objects.count()
    auditor = make_actor(permissions.CUSTOMER_REVEAL, name="审计")
    stranger = make_actor(permissions.CUSTOMER_REVEAL, scope=DataScope(owner_ids=frozenset({0})))
    for actor, reason, error in (
        (manager, "核对合同", PermissionMissing),
        (stranger, "核对合同", NotFound),
        (auditor, " 看  ", RevealReasonMissing),
    ):
        with pytest.raises(error):
            customer_private(actor=actor, customer_id=customer.pk, reason=reason)
    assert OperationLog.objects.count() == logged
    shown = customer_private(actor=auditor, customer_id=customer.pk, reason="核对合同")
    assert (shown.id_no, shown.phone, shown.contacts[0].phone) == (resident_id(), "13800001234", "13900005678")
    log = OperationLog.objects.latest("pk")
    assert (log.operation, log.actor_name, log.subject_id, log.note) == (
        "customer_private",
        "审计",
        str(customer.pk),
        "核对合同",
    )
    assert "13800001234" not in str(log.changes)


def test_scopes_own_department_and_channel(manager: Actor) -> None:
    east, south = make_department("华东区"), make_department("华南区")
    owner = make_employee("甲", east)
    with act(manager):
        customer = customer_create(actor=manager, data=person(), department_id=east.pk, owner_id=owner.pk, dealer_id=7)
    scopes = {
        "own": (DataScope(owner_ids=frozenset({owner.pk})), True),
        "east": (DataScope(department_ids=frozenset({east.pk})), True),
        "south": (DataScope(department_ids=frozenset({south.pk})), False),
        "dealer": (DataScope(channel_ids=frozenset({7, 9})), True),
        "other dealer": (DataScope(channel_ids=frozenset({8})), False),
        "themselves": (DataScope(customer_ids=frozenset({customer.pk})), True),
        "someone else": (DataScope(customer_ids=frozenset({customer.pk + 1})), False),
        "nobody": (DataScope(), False),
    }
    for name, (scope, is_visible) in scopes.items():
        actor = make_actor(permissions.CUSTOMER_VIEW, scope=scope)
        assert customer_is_visible(actor=actor, customer_id=customer.pk) is is_visible, name


def test_many_people_are_taken_over(manager: Actor) -> None:
    people = [
        ImportedCustomer(f"CU{serial}", person(id_no=resident_id(serial=serial), contacts=()), None, None, 3)
        for serial in range(1, 4)
    ]
    with act(manager):
        ids = customers_import(people)
    assert [customer_contact(pk).id_no for pk in ids] == [one.data.id_no for one in people]
    assert duplicates(id_no=resident_id(serial=2))[0].customer_id == ids[1]
    with pytest.raises(IntegrityError), act(manager):
        customers_import(people[:1])
    assert Customer.objects.count() == 3
