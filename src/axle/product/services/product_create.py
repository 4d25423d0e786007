"""Registering a product."""

from axle.platform.errors import NameTaken
from axle.platform.public import Actor, created
from axle.product.models import Product


def product_create(*, actor: Actor, code: str, name_zh: str, name_en: str, legal_entity_id: int) -> Product:
    """Register a product without versions. Errors: NameTaken."""
    product, is_new = Product.objects.get_or_create(
        code=code, defaults={"name_zh": name_zh, "name_en": name_en, "legal_entity_id": legal_entity_id}
    )
    if not is_new:
        raise NameTaken(field="code", name=code)
    return created(product)
