"""Taking a version for a change."""

from axle.platform.errors import NotFound
from axle.product.models import Product, ProductVersion


def version_locked(version_id: int) -> ProductVersion:
    """The version, its product and itself locked until the end of the transaction. Errors: NotFound."""
    product_id = ProductVersion.objects.filter(pk=version_id).values_list("product_id", flat=True).first()
    if product_id is None:
        raise NotFound(what="product_version")
    Product.objects.select_for_update().get(pk=product_id)
    return ProductVersion.objects.select_for_update().get(pk=version_id)
