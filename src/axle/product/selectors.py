"""Reads of product."""

from datetime import date

from django.db.models import QuerySet

from axle.platform.public import PARAMETERS, Actor, Compiled, parameter_value, read_once
from axle.platform.versions import Versioned
from axle.product.domain.quotation import CostCap
from axle.product.domain.terms import ProductTerms
from axle.product.models import Product, ProductVersion
from axle.product.parameters import COST_CAPS, LPR_ONE_YEAR, PRIVATE_MULTIPLE

VERSIONS = Versioned(ProductVersion, owner="product", what="product_version", beside=("product__legal_entity",))


def products(actor: Actor) -> QuerySet[Product]:
    """Products belong to the institution: whoever may view them sees all."""
    return Product.objects.all()


def product_versions(actor: Actor) -> QuerySet[ProductVersion]:
    """Versions of all products."""
    return ProductVersion.objects.all()


def version_get(version_id: int) -> ProductVersion:
    """A version with its product, read once where readings are kept. Errors: NotFound."""
    return read_once(("product_version", version_id), lambda: VERSIONS.found(_BY_KEY.first(version_id)))


_BY_KEY = Compiled(VERSIONS.one)


def on_sale(on: date) -> QuerySet[ProductVersion]:
    """The versions on sale on a date, at most one per product."""
    return VERSIONS.in_force(on).select_related("product__legal_entity").order_by("product__code")


def terms_of(version: ProductVersion) -> ProductTerms:
    """The terms of a version as a validated document."""
    return ProductTerms.model_validate(version.terms)


def cost_cap(version: ProductVersion, on: date) -> CostCap:
    """The cap on the all-in annual rate of the version's legal entity on a date."""
    entity = version.product.legal_entity
    code = COST_CAPS.get(entity.kind)
    if code is not None:
        return CostCap(parameter_value(code, on=on, legal_entity_id=entity.pk), PARAMETERS[code].source)
    lpr = parameter_value(LPR_ONE_YEAR, on=on)
    return CostCap(lpr * parameter_value(PRIVATE_MULTIPLE, on=on), PARAMETERS[PRIVATE_MULTIPLE].source)
