"""Storing a new draft version of a product."""

from django.db.models import Max

from axle.platform.public import Actor, created
from axle.product.domain.terms import ProductTerms
from axle.product.errors import ProductUnknown
from axle.product.models import Product, ProductVersion


def product_version_create(*, actor: Actor, product: str, terms: ProductTerms, note: str = "") -> ProductVersion:
    """Store a draft; its terms never change afterwards. Errors: ProductUnknown."""
    owner = Product.objects.select_for_update().filter(code=product).first()
    if owner is None:
        raise ProductUnknown(field="product", code=product)
    latest = owner.versions.aggregate(latest=Max("version_no"))["latest"] or 0
    version = ProductVersion.objects.create(
        product=owner,
        version_no=latest + 1,
        terms=terms.model_dump(mode="json"),
        note=note,
        created_by=actor.name,
    )
    return created(version)
