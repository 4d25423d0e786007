"""Storing a new draft version of a product."""

from axle.platform.public import Actor
from axle.product.domain.terms import ProductTerms
from axle.product.errors import ProductUnknown
from axle.product.models import Product, ProductVersion
from axle.product.selectors import VERSIONS


def product_version_create(*, actor: Actor, product: str, terms: ProductTerms, note: str = "") -> ProductVersion:
    """Store a draft; its terms never change afterwards. Errors: ProductUnknown."""
    owner = Product.objects.select_for_update().filter(code=product).first()
    if owner is None:
        raise ProductUnknown(field="product", code=product)
    return VERSIONS.draft(actor=actor, owner=owner, note=note, terms=terms.model_dump(mode="json"))
