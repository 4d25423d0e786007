"""Putting the products that ship with Axle on sale."""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from axle.platform.public import Actor
from axle.product.domain.terms import ProductTerms
from axle.product.models import Product, ProductVersion
from axle.product.services.product_create import product_create
from axle.product.services.product_version_activate import product_version_activate
from axle.product.services.product_version_create import product_version_create

_CATALOGUE = Path(__file__).parents[1] / "catalogue"


@lru_cache(maxsize=8)
def shipped_products(name: str) -> tuple[dict[str, Any], ...]:
    """The products of ``catalogue/<name>.json``: code, names and terms."""
    return tuple(json.loads((_CATALOGUE / f"{name}.json").read_text(encoding="utf-8")))


def product_load(*, actor: Actor, catalogue: str, legal_entity_id: int, on: date) -> list[ProductVersion]:
    """Put every product of a shipped catalogue on sale, once each; their strategy must be active."""
    return [_load(actor, about, legal_entity_id, on) for about in shipped_products(catalogue)]


def _load(actor: Actor, about: dict[str, Any], legal_entity_id: int, on: date) -> ProductVersion:
    existing = ProductVersion.objects.filter(product__code=about["code"]).order_by("-version_no").first()
    if existing is not None:
        return existing
    if not Product.objects.filter(code=about["code"]).exists():
        names = {"name_zh": about["name"]["zh"], "name_en": about["name"]["en"]}
        product_create(actor=actor, code=about["code"], legal_entity_id=legal_entity_id, **names)
    terms = ProductTerms.model_validate(about["terms"])
    version = product_version_create(actor=actor, product=about["code"], terms=terms)
    return product_version_activate(actor=actor, version_id=version.pk, effective_from=on, business_on=on)
