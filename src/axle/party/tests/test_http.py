"""Customers over HTTP."""

import pytest

from axle.party import permissions as may
from axle.party.models import Customer
from axle.party.tests.people import card_no, resident_id
from axle.platform.models import OperationLog
from axle.platform.testing import client_for, make_user

pytestmark = pytest.mark.django_db
ALL = (may.CUSTOMER_VIEW, may.CUSTOMER_MANAGE, may.CUSTOMER_REVEAL, may.BANK_CARD_MANAGE)
FORM = {
    "name": "张伟",
    "id_no": resident_id(),
    "phone": "13800001234",
    "marital_status": "married",
    "monthly_income": "15000.00",
    "contacts": [{"name": "李娜", "relation": "spouse", "phone": "13900005678"}],
}


def test_create_look_change_reveal() -> None:
    client = client_for(make_user("manager", permissions=ALL))
    status, made = client.command("customer_create", FORM)
    assert status == 200
    status, detail = client.get(f"/customers/{made['customer_id']}")
    assert (detail["phone"], detail["gender"], detail["monthly_income"]) == ("138****1234", "male", "15000.00")
    assert (detail["education"], detail["contacts"][0]["phone"]) == (None, "139****5678")
    assert detail["actions"] == ["customer_update", "customer_reveal", "bank_card_add"]
    change = {**FORM, "customer_id": made["customer_id"], "version": 1, "employer": "某公司"}
    assert client.command("customer_update", change)[1]["version"] == 2
    assert client.command("customer_update", change)[1]["code"] == "stale_version"
    status, shown = client.command("customer_reveal", {"customer_id": made["customer_id"], "reason": "电话核实"})
    assert (status, shown["phone"], shown["id_no"]) == (200, "13800001234", resident_id())
    assert OperationLog.objects.filter(operation="customer_reveal", changes__contains=[{"type": "customer"}]).exists()


def test_what_a_change_leaves_out_of_the_masked_stays_as_it_was() -> None:
    client = client_for(make_user("manager", permissions=ALL))
    made = client.command("customer_create", {**FORM, "residence_address": "杭州市西湖区文三路 1 号"})[1]["customer_id"]
    change = {"customer_id": made, "version": 1, "name": "张伟", "employer": "某公司"}
    assert client.command("customer_update", change)[0] == 200
    kept = Customer.objects.get(pk=made)
    assert (kept.id_no, kept.phone, kept.residence_address) == (resident_id(), "13800001234", "杭州市西湖区文三路 1 号")
    assert [(one.name, one.phone) for one in kept.contacts.all()] == [("李娜", "13900005678")]
    assert (kept.employer, kept.marital_status) == ("某公司", "")
    cleared = {**change, "version": 2, "residence_address": "", "contacts": []}
    assert client.command("customer_update", cleared)[0] == 200
    kept.refresh_from_db()
    assert (kept.residence_address, kept.contacts.count()) == ("", 0)


def test_search_by_whole_id_or_phone() -> None:
    client = client_for(make_user("manager", permissions=ALL))
    client.command("customer_create", FORM)
    for term, total in (("张", 1), (resident_id(), 1), ("13800001234", 1), ("1380000", 0), ("李", 0)):
        assert client.get("/lists/customers", q=term)[1]["total"] == total
    row = client.get("/lists/customers")[1]["items"][0]
    assert (row["phone"], row["id_no"]) == ("138****1234", f"3301**********{resident_id()[-4:]}")


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"id_no": "330106199003070011"}, "resident_id_invalid", "id_no"),
        ({"phone": "123"}, "mobile_invalid", "phone"),
        ({"monthly_income": "-1.00"}, "particular_negative", "monthly_income"),
        ({"marital_status": "engaged"}, "input_invalid", None),
        ({"unknown": 1}, "input_invalid", None),
    ],
)
def test_refusals_in_words(change: dict[str, object], code: str, field: str | None) -> None:
    client = client_for(make_user("manager", permissions=ALL))
    status, body = client.command("customer_create", {**FORM, **change})
    assert (status, body["code"], body["field"]) == (422, code, field)
    assert "{" not in body["message"]
    assert Customer.objects.count() == 0


def test_other_peoples_customers_are_not_there() -> None:
    made = client_for(make_user("manager", permissions=ALL)).command("customer_create", FORM)[1]
    client = client_for(make_user("elsewhere", permissions=ALL, scope="own"))
    pk = made["customer_id"]
    assert client.get(f"/customers/{pk}")[0] == 404
    assert client.get("/lists/customers")[1]["total"] == 0
    assert client.command("customer_update", {**FORM, "customer_id": pk, "version": 1})[0] == 404
    assert client.command("customer_reveal", {"customer_id": pk, "reason": "随便看看"})[0] == 404
    assert client.command("bank_card_add", {"customer_id": pk, "card_no": card_no()})[0] == 404
    assert Customer.objects.get().version == 1


def test_commands_need_their_permission() -> None:
    client = client_for(make_user("nobody"))
    assert client.get("/lists/customers")[0] == 403
    for command, data in (
        ("customer_create", FORM),
        ("customer_reveal", {"customer_id": 1, "reason": "电话核实"}),
        ("bank_card_add", {"customer_id": 1, "card_no": card_no()}),
        ("bank_card_disable", {"customer_id": 1, "bank_card_id": 1}),
    ):
        assert client.command(command, data)[0] == 403


def test_cards_come_and_go() -> None:
    client = client_for(make_user("manager", permissions=ALL))
    pk = client.command("customer_create", FORM)[1]["customer_id"]
    status, card = client.command("bank_card_add", {"customer_id": pk, "card_no": card_no()})
    assert (status, card["bank_name"], card["is_default"]) == (200, "中国工商银行", True)
    assert client.get("/lists/bank_cards")[1]["items"][0]["card_no"].startswith("6212****")
    out = {"customer_id": pk, "bank_card_id": card["bank_card_id"]}
    assert client.command("bank_card_disable", out)[1]["state"] == "disabled"
    assert client.command("bank_card_disable", out)[1]["code"] == "bank_card_disabled"
