"""Invariants of product for ``./axle check``."""

from itertools import pairwise

from pydantic import ValidationError

from axle.platform.public import invariant
from axle.product.models import ProductState, ProductVersion
from axle.product.selectors import terms_of


@invariant("product_terms_readable")
def product_terms_readable() -> list[str]:
    """The terms of every version can still be read: contracts live by them."""
    return [fault for version in ProductVersion.objects.select_related("product") if (fault := _fault(version))]


@invariant("product_on_sale_once")
def product_on_sale_once() -> list[str]:
    """No product has two versions on sale on the same day."""
    dated = ProductVersion.objects.exclude(state=ProductState.DRAFT).select_related("product")
    ordered = dated.order_by("product_id", "effective_from", "pk")
    return [
        f"{later.product.code} versions {earlier.version_no} and {later.version_no} are on sale together"
        for earlier, later in pairwise(ordered)
        if earlier.product_id == later.product_id and _overlaps(earlier, later)
    ]


def _overlaps(earlier: ProductVersion, later: ProductVersion) -> bool:
    if earlier.retired_on is None:
        return True
    return later.effective_from is not None and later.effective_from < earlier.retired_on


def _fault(version: ProductVersion) -> str:
    try:
        terms_of(version)
    except ValidationError as error:
        return f"{version.product.code} version {version.version_no}: {error.error_count()} terms cannot be read"
    return ""
