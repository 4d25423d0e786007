"""The life of a product version, and what other contexts read of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from axle.decisioning.public import strategy_load
from axle.kernel.money import Fen
from axle.platform.errors import (
    InputInvalid,
    NameTaken,
    NotFound,
    StaleVersion,
    VersionDateOverlaps,
    VersionDatePassed,
    VersionNotInForce,
    VersionNotReady,
)
from axle.platform.public import parameter_set
from axle.platform.testing import make_entity
from axle.product import public
from axle.product.checks import product_on_sale_once, product_terms_readable
from axle.product.errors import (
    ProductRateAboveCap,
    ProductStrategyNotActive,
    ProductUnknown,
)
from axle.product.models import Product, ProductState, ProductVersion
from axle.product.services.product_create import product_create
from axle.product.services.product_version_activate import product_version_activate
from axle.product.services.product_version_create import product_version_create
from axle.product.services.product_version_retire import product_version_retire
from axle.product.services.product_version_update import product_version_update
from axle.product.tests.factories import MANAGER, TODAY, on_sale, terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    entity = make_entity()
    return product_create(actor=MANAGER, code="TEST", name_zh="测试", name_en="Test", legal_entity_id=entity.pk)


def draft(**changes):
    return product_version_create(actor=MANAGER, product="TEST", terms=terms(**changes))


def activate(version, on=TODAY):
    return product_version_activate(actor=MANAGER, version_id=version.pk, effective_from=on, business_on=TODAY)


def retire(version, on):
    return product_version_retire(actor=MANAGER, version_id=version.pk, retired_on=on, business_on=TODAY)


def test_a_version_goes_on_sale_and_gives_way_to_the_next(product, in_force):
    first = activate(draft())
    second = activate(draft(amount_max="400000.00"), date(2026, 12, 1))
    first.refresh_from_db()
    assert (first.state, first.retired_on, second.version_no) == (ProductState.RETIRED, date(2026, 12, 1), 2)
    assert sold_on(date(2026, 11, 30)) == [first.pk]
    assert sold_on(date(2026, 12, 1)) == [second.pk]
    assert sold_on(date(2026, 11, 21)) == []
    assert public.product_version_get(first.pk).terms.amount_max == 50_000_000


def sold_on(on):
    return [view.id for view in public.products_on_sale(on)]


def test_a_version_goes_off_sale(product, in_force):
    version = activate(draft())
    retire(version, date(2026, 12, 1))
    assert (sold_on(date(2026, 11, 30)), sold_on(date(2026, 12, 1))) == ([version.pk], [])
    with pytest.raises(VersionNotInForce):
        retire(version, date(2026, 12, 2))


def test_wrong_states_and_dates_are_refused(product, in_force):
    version = draft()
    with pytest.raises(VersionDatePassed):
        activate(version, date(2026, 11, 21))
    with pytest.raises(VersionNotInForce):
        retire(version, TODAY)
    later = activate(draft(), date(2026, 12, 1))
    with pytest.raises(VersionDateOverlaps):
        activate(version, date(2026, 11, 30))
    with pytest.raises(VersionNotReady):
        activate(later)
    version.refresh_from_db()
    assert (version.state, ProductVersion.objects.get(pk=later.pk).retired_on) == (ProductState.DRAFT, None)


def test_terms_are_promised_only_when_they_can_be_kept(product):
    with pytest.raises(ProductStrategyNotActive):
        activate(draft())
    assert sold_on(TODAY) == []


def test_a_rate_above_the_cap_of_the_entity_is_refused(product, in_force):
    cap = {"code": "product.cost_cap_auto_finance", "value": "0.17", "legal_entity_id": product.legal_entity_id}
    version = draft()
    parameter_set(actor=MANAGER, effective_from=date(2026, 12, 1), note="", **cap)
    with pytest.raises(ProductRateAboveCap):
        activate(version, date(2026, 12, 1))
    assert activate(version).state == ProductState.ACTIVE


@pytest.mark.parametrize(
    ("kind", "rate", "source"),
    [
        ("auto_finance", "0.24", "REG-SPC-2017-22"),
        ("guarantee", "0.24", "REG-SPC-2017-22"),
        ("microloan", "0.24", "REG-PBOC-2025-247"),
        ("trading", "0.12", "REG-SPC-2020-17"),
    ],
)
def test_the_cap_follows_the_kind_of_legal_entity(kind, rate, source):
    entity = make_entity(code=kind.upper(), name=kind, kind=kind)
    product_create(actor=MANAGER, code="TEST", name_zh="测试", name_en="Test", legal_entity_id=entity.pk)
    cap = public.cost_cap(version_id=draft().pk, on=TODAY)
    assert (cap.rate, cap.source) == (Decimal(rate), source)


def test_a_product_needs_its_own_code_and_a_version_its_product(product):
    with pytest.raises(NameTaken):
        product_create(actor=MANAGER, code="TEST", name_zh="x", name_en="x", legal_entity_id=product.legal_entity_id)
    with pytest.raises(ProductUnknown):
        product_version_create(actor=MANAGER, product="OTHER", terms=terms())
    with pytest.raises(NotFound):
        public.product_version_get(0)
    with pytest.raises(NotFound):
        retire(ProductVersion(pk=0), TODAY)
    assert (Product.objects.count(), ProductVersion.objects.count()) == (1, 0)


@pytest.mark.parametrize("change", ["terms", "delete"])
def test_terms_that_were_on_sale_cannot_be_changed(product, in_force, change):
    rows = ProductVersion.objects.filter(pk=activate(draft()).pk)
    with pytest.raises(DatabaseError, match="keeps its terms"), transaction.atomic():
        rows.update(terms={}) if change == "terms" else rows.delete()


def update(version, **changes):
    facts = {"version_id": version.pk, "terms": terms(amount_max="400000.00"), "note": "", "revision": 1}
    return product_version_update(actor=MANAGER, **facts | changes)


def test_a_draft_is_changed_until_it_is_on_sale(product, in_force):
    version = draft()
    changed = update(version, note="降额")
    assert (changed.revision, changed.note, changed.terms["amount_max"]) == (2, "降额", "400000.00")
    with pytest.raises(StaleVersion):
        update(version, terms=terms(amount_max="300000.00"))
    activate(changed)
    with pytest.raises(VersionNotReady):
        update(version, revision=2, terms=terms(amount_max="300000.00"))
    assert ProductVersion.objects.get(pk=version.pk).terms["amount_max"] == "400000.00"


def test_the_database_keeps_one_version_on_sale(product, in_force):
    activate(draft())
    with pytest.raises(DatabaseError, match="product_version_active_once"), transaction.atomic():
        ProductVersion.objects.filter(pk=draft().pk).update(state="active", effective_from=TODAY)


def test_the_shipped_products_go_on_sale_once():
    strategy_load(actor=MANAGER, strategy="auto_loan_standard", on=TODAY)
    versions = on_sale()
    assert [version.product.code for version in versions] == ["NEW-CAR", "USED-CAR"]
    assert on_sale() == versions
    view = public.product_on_sale("USED-CAR", on=TODAY)
    assert view is not None
    assert (view.id, view.lender, view.terms.strategy) == (versions[1].pk, "车轴汽车金融有限公司", "auto_loan_standard")
    assert public.product_on_sale("OTHER", on=TODAY) is None


def test_a_quote_defaults_to_the_products_own_rate_and_method(product, in_force):
    version = activate(draft())
    quote = public.quote(
        version_id=version.pk,
        vehicle_price=Fen(16_000_000),
        principal=Fen(10_000_000),
        periods=36,
        start_on=TODAY,
    )
    assert (quote.method, quote.annual_rate, quote.violations) == ("level_payment", Decimal("0.0899"), ())
    assert quote.apr.simple > quote.irr.simple


def test_violations_become_field_errors(product):
    request = public.TermsRequest(principal=Fen(1), periods=7, method="level_payment", annual_rate=Decimal("0.0899"))
    violations = public.terms_check(version_id=draft().pk, request=request)
    public.violations_raise([])
    with pytest.raises(InputInvalid) as refused:
        public.violations_raise(violations)
    assert [error["type"] for error in refused.value.params["errors"]] == ["amount_below_minimum", "term_not_offered"]


def test_engine_terms_and_rules_of_a_version(product):
    version = draft()
    loan = public.loan_terms(
        version_id=version.pk,
        principal=Fen(10_000_000),
        annual_rate=Decimal("0.09"),
        periods=36,
        method="level_payment",
        start_on=TODAY,
        due_day=10,
    )
    assert (loan.due_day, loan.principal) == (10, 10_000_000)
    assert public.loan_rules(version_id=version.pk, annual_rate=Decimal("0.09")).penalty_rate == Decimal("0.135")


def test_the_invariants_hold_and_find_what_breaks_them(product, in_force):
    first, second = activate(draft()), activate(draft(), date(2026, 12, 1))
    assert (product_on_sale_once(), product_terms_readable()) == ([], [])
    ProductVersion.objects.filter(pk=first.pk).update(retired_on=date(2026, 12, 2))
    assert product_on_sale_once() == ["TEST versions 1 and 2 are on sale together"]
    ProductVersion.objects.bulk_create([ProductVersion(product=product, version_no=3, terms={}, created_by="x")])
    assert product_terms_readable()[0].startswith("TEST version 3:")
    assert second.version_no == 2
