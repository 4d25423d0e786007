"""What other contexts call on product."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from axle.amortization.public import Rules, Terms
from axle.kernel.money import Fen
from axle.platform.errors import InputInvalid
from axle.product import selectors
from axle.product.domain import engine_terms
from axle.product.domain.cost_sheet import ContingentItem, CostItem, CostSheet
from axle.product.domain.quotation import CostCap, Quote, cap_violations, quotation
from axle.product.domain.terms import ProductMethod, ProductTerms
from axle.product.domain.terms_check import TermsRequest, TermsViolation, principal_max, terms_violations
from axle.product.models import Product, ProductVersion
from axle.product.services.product_load import product_load

__all__ = [
    "ContingentItem",
    "CostCap",
    "CostItem",
    "CostSheet",
    "ProductTerms",
    "ProductVersionView",
    "Quote",
    "TermsRequest",
    "TermsViolation",
    "cap_violations",
    "cost_cap",
    "loan_rules",
    "loan_terms",
    "principal_max",
    "product_load",
    "product_name",
    "product_on_sale",
    "product_version_get",
    "products_on_sale",
    "quote",
    "request_quote",
    "rules_under",
    "terms_check",
    "violations_raise",
]


@dataclass(frozen=True)
class ProductVersionView:
    """A version of a product and its terms; ``lender`` is the name of its legal entity."""

    id: int
    code: str
    name_zh: str
    name_en: str
    version: int
    state: str
    effective_from: date | None
    legal_entity_id: int
    lender: str
    terms: ProductTerms


def product_version_get(version_id: int) -> ProductVersionView:
    """A version, also one that is no longer on sale. Errors: NotFound."""
    return _view(selectors.version_get(version_id))


def products_on_sale(on: date) -> list[ProductVersionView]:
    """The versions on sale on a date, by product code."""
    return [_view(version) for version in selectors.on_sale(on)]


def product_name(code: str) -> str:
    """The Chinese name of a product, for texts that are kept; the code of one that is not known."""
    name: str | None = Product.objects.filter(code=code).values_list("name_zh", flat=True).first()
    return name or code


def product_on_sale(code: str, *, on: date) -> ProductVersionView | None:
    """The version of a product that is on sale on a date, or None."""
    version = selectors.on_sale(on).filter(product__code=code).first()
    return _view(version) if version else None


def terms_check(*, version_id: int, request: TermsRequest) -> list[TermsViolation]:
    """What a request asks for that the version does not offer; empty when it fits.

    Fields and codes: principal amount_below_minimum, amount_above_maximum, amount_over_ltv; periods term_not_offered;
    annual_rate rate_not_offered; method method_not_offered; vehicle_kind vehicle_kind_not_financed;
    vehicle_age_months vehicle_too_old; down_payment down_payment_too_small; channel channel_not_offered;
    due_day due_day_not_offered. Errors: NotFound.
    """
    return terms_violations(selectors.terms_of(selectors.version_get(version_id)), request)


def violations_raise(violations: Sequence[TermsViolation], *, prefix: str = "") -> None:
    """Refuse a request with its violations as field errors. Errors: InputInvalid, unless there are none."""
    if violations:
        raise InputInvalid(
            errors=[
                {"loc": (prefix + found.field,), "type": found.code, "msg": found.code, "ctx": dict(found.params)}
                for found in violations
            ]
        )


def quote(
    *,
    version_id: int,
    vehicle_price: Fen | None,
    principal: Fen,
    periods: int,
    start_on: date,
    method: ProductMethod | None = None,
    annual_rate: Decimal | None = None,
) -> Quote:
    """A live quote; method and rate default to the product's own. As ``request_quote``."""
    terms = selectors.terms_of(selectors.version_get(version_id))
    request = TermsRequest(
        principal=principal,
        periods=periods,
        method=method or terms.methods[0],
        annual_rate=terms.rate.default if annual_rate is None else annual_rate,
        vehicle_price=vehicle_price,
    )
    return request_quote(version_id=version_id, request=request, start_on=start_on)


def request_quote(*, version_id: int, request: TermsRequest, start_on: date) -> Quote:
    """The quote of a request: schedule, annual rates, cost sheet, and what the product does not offer in it.

    Money in fen, rates as annual fractions. Errors: NotFound, those of ``amortization`` for terms without a schedule.
    """
    version = selectors.version_get(version_id)
    return quotation(
        selectors.terms_of(version),
        request,
        product=version.product.code,
        version_id=version_id,
        start_on=start_on,
        cap=selectors.cost_cap(version, start_on),
        lender=version.product.legal_entity.name,
    )


def loan_terms(
    *,
    version_id: int,
    principal: Fen,
    annual_rate: Decimal,
    periods: int,
    method: ProductMethod,
    start_on: date,
    due_day: int | None = None,
) -> Terms:
    """The engine's terms of one loan under a version. Errors: NotFound, those of ``amortization``."""
    return engine_terms.loan_terms(
        selectors.terms_of(selectors.version_get(version_id)),
        principal=principal,
        annual_rate=annual_rate,
        periods=periods,
        method=method,
        start_on=start_on,
        due_day=due_day,
    )


def loan_rules(*, version_id: int, annual_rate: Decimal) -> Rules:
    """The engine's servicing rules of one loan under a version. Errors: NotFound."""
    return engine_terms.loan_rules(selectors.terms_of(selectors.version_get(version_id)), annual_rate=annual_rate)


def rules_under(terms: ProductTerms, *, annual_rate: Decimal) -> Rules:
    """The same under terms that were read before."""
    return engine_terms.loan_rules(terms, annual_rate=annual_rate)


def cost_cap(*, version_id: int, on: date) -> CostCap:
    """The highest all-in simple annual rate of the version's legal entity on a date. Errors: NotFound."""
    return selectors.cost_cap(selectors.version_get(version_id), on)


def _view(version: ProductVersion) -> ProductVersionView:
    product = version.product
    return ProductVersionView(
        id=version.pk,
        code=product.code,
        name_zh=product.name_zh,
        name_en=product.name_en,
        version=version.version_no,
        state=version.state,
        effective_from=version.effective_from,
        legal_entity_id=product.legal_entity_id,
        lender=product.legal_entity.name,
        terms=selectors.terms_of(version),
    )
