"""Products and quotes over HTTP."""

import pytest

from axle.platform.public import business_date
from axle.platform.testing import client_for, make_entity, make_user
from axle.product import permissions
from axle.product.models import ProductVersion
from axle.product.tests.factories import on_sale, terms_data

pytestmark = pytest.mark.django_db
ALL = [
    permissions.PRODUCT_VIEW,
    permissions.PRODUCT_EDIT,
    permissions.PRODUCT_ACTIVATE,
    permissions.PRODUCT_QUOTE,
]


@pytest.fixture
def manager():
    return client_for(make_user("manager", permissions=ALL))


@pytest.fixture
def new_car(in_force):
    return on_sale()[0]


def test_a_product_is_registered_versioned_sold_and_withdrawn(manager, new_car):
    entity = make_entity()
    about = {"code": "EV-2", "name_zh": "新能源贷", "name_en": "EV loan", "legal_entity_id": entity.pk}
    assert manager.command("product_create", about)[0] == 200
    status, version = manager.command("product_version_create", {"product": "EV-2", "terms": terms_data()})
    assert (status, version["state"], version["actions"]) == (
        200,
        "draft",
        ["product_version_activate", "product_version_update", "product_version_create"],
    )
    today = business_date().isoformat()
    status, sold = manager.command(
        "product_version_activate", {"product_version_id": version["id"], "effective_from": today}
    )
    assert (status, sold["state"], sold["actions"]) == (
        200,
        "active",
        ["product_version_create", "product_version_retire"],
    )
    offered = manager.get("/products-on-sale")[1]
    assert [offer["product"] for offer in offered] == ["EV-2", "NEW-CAR", "USED-CAR"]
    status, gone = manager.command("product_version_retire", {"product_version_id": version["id"], "retired_on": today})
    assert (status, gone["state"], gone["actions"]) == (200, "retired", ["product_version_create"])
    detail = manager.get(f"/product-versions/{version['id']}")[1]
    assert (detail["terms"]["amount_max"], detail["name"], detail["drafted_by"]) == ("500000.00", "新能源贷", "manager")


def test_a_version_tells_what_it_changed(manager, new_car):
    changed = terms_data(amount_max="400000.00", rate={"minimum": "0.0399", "maximum": "0.18", "default": "0.0799"})
    version = manager.command("product_version_create", {"product": "NEW-CAR", "terms": changed, "note": "夏季促销"})[1]
    detail = manager.get(f"/product-versions/{version['id']}")[1]
    assert (detail["previous_id"], detail["note"], detail["is_in_force"]) == (new_car.pk, "夏季促销", False)
    status, diff = manager.get(f"/product-versions/{version['id']}/diff")
    assert (status, diff["version_no"], diff["against_no"]) == (200, 2, 1)
    assert diff["changes"] == [
        {"path": ["amount_max"], "before": "500000.00", "after": "400000.00"},
        {"path": ["rate", "default"], "before": "0.0899", "after": "0.0799"},
    ]
    back = manager.get(f"/product-versions/{new_car.pk}/diff", against=version["id"])[1]
    assert [change["after"] for change in back["changes"]] == ["500000.00", "0.0899"]
    first = manager.get(f"/product-versions/{new_car.pk}")[1]
    assert (first["previous_id"], first["is_in_force"]) == (None, True)


QUOTE = {"principal": "100000.00", "periods": "36", "vehicle_price": "160000.00", "vehicle_kind": "new"}


def test_a_quote_shows_schedule_rates_and_all_costs(manager, new_car):
    status, quote = manager.get("/product-quotes", product_version_id=new_car.pk, annual_rate="0.09", **QUOTE)
    assert status == 200
    assert (quote["method"], quote["annual_rate"], quote["cost_cap"]) == ("level_payment", "0.09", "0.24")
    assert (len(quote["instalments"]), quote["instalments"][-1]["balance"]) == (36, "0.00")
    assert quote["costs"]["items"][1]["name"] == "车载终端服务费"
    assert quote["costs"]["amount_received"] == "99020.00"
    assert quote["costs"]["total_annualised"] == quote["apr_simple"] > quote["irr_simple"]
    assert quote["costs"]["contingent"][0] == {"name": "逾期罚息", "rate": "0.135", "before_month": None}
    assert quote["violations"] == []


def test_a_quote_names_what_is_not_offered(manager, new_car):
    asked = QUOTE | {"principal": "130000.00", "periods": "30"}
    status, quote = manager.get("/product-quotes", product_version_id=new_car.pk, **asked)
    assert (status, len(quote["instalments"])) == (200, 30)
    assert [(found["field"], found["code"]) for found in quote["violations"]] == [
        ("periods", "term_not_offered"),
        ("principal", "amount_over_ltv"),
    ]
    assert quote["violations"][1]["message"] == "超过贷款成数上限 80%，最多可贷 128000.00 元"


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        ({"principal": "0"}, "principal", "greater_than_equal"),
        ({"principal": "1.234"}, "principal", "invalid_amount"),
        ({"principal": "-5"}, "principal", "greater_than_equal"),
        ({"periods": "0"}, "periods", "greater_than_equal"),
        ({"periods": "500"}, "periods", "less_than_equal"),
        ({"annual_rate": "2"}, "annual_rate", "less_than_equal"),
        ({"annual_rate": "nine"}, "annual_rate", "invalid_rate"),
        ({"method": "balloon"}, "method", "literal_error"),
        ({"start_on": "tomorrow"}, "start_on", "date_from_datetime_parsing"),
    ],
)
def test_a_quote_that_cannot_be_read_is_refused_by_field(manager, new_car, asked, field, code):
    status, body = manager.get("/product-quotes", product_version_id=new_car.pk, **(QUOTE | asked))
    assert (status, body["code"]) == (422, "input_invalid")
    assert [(error["field"], error["code"]) for error in body["errors"]] == [(field, code)]


def test_a_dealer_quotes_but_does_not_see_products(new_car):
    dealer = client_for(make_user("dealer", permissions=[permissions.PRODUCT_QUOTE], kind="dealer", scope="channel"))
    assert dealer.get("/product-quotes", product_version_id=new_car.pk, **QUOTE)[0] == 200
    assert dealer.get(f"/product-versions/{new_car.pk}")[0] == 403
    assert dealer.get("/lists/products")[0] == 403


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("product_create", {"code": "X1", "name_zh": "x", "name_en": "x", "legal_entity_id": 1}),
        ("product_version_create", {"product": "NEW-CAR", "terms": terms_data()}),
        ("product_version_update", {"product_version_id": 1, "revision": 1, "terms": terms_data()}),
        ("product_version_activate", {"product_version_id": 1, "effective_from": "2026-11-22"}),
        ("product_version_retire", {"product_version_id": 1, "retired_on": "2026-11-22"}),
    ],
)
def test_a_command_needs_its_permission(name, data):
    viewer = client_for(make_user("viewer", permissions=[permissions.PRODUCT_VIEW, permissions.PRODUCT_QUOTE]))
    status, body = viewer.command(name, data)
    assert (status, body["code"]) == (403, "permission_missing")
    assert ProductVersion.objects.count() == 0


def test_terms_that_are_not_whole_are_refused_by_field(manager):
    data = {"product": "NEW-CAR", "terms": terms_data(terms=[36, 24])}
    status, body = manager.command("product_version_create", data)
    assert (status, body["errors"][0]["message"]) == (422, "期限应从短到长排列")


def test_lists_show_products_and_versions(manager, new_car):
    assert [row["code"] for row in manager.get("/lists/products")[1]["items"]] == ["NEW-CAR", "USED-CAR"]
    rows = manager.get("/lists/product_versions", state="active", code="NEW-CAR")[1]["items"]
    assert [(row["id"], row["legal_entity"], row["version_no"]) for row in rows] == [
        (new_car.pk, "车轴汽车金融有限公司", 1)
    ]
