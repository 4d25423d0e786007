"""Products for tests: the shipped ones, and terms with changes."""

from datetime import date
from typing import Any

from axle.platform.testing import make_actor, make_entity
from axle.product.domain.terms import ProductTerms
from axle.product.models import ProductVersion
from axle.product.public import product_load
from axle.product.services.product_load import shipped_products

MANAGER = make_actor(name="manager")
TODAY = date(2026, 11, 22)


def terms_data(code: str = "NEW-CAR", **changes: Any) -> dict[str, Any]:
    """The shipped terms of a product as JSON data, with changes."""
    shipped = next(about["terms"] for about in shipped_products("demo") if about["code"] == code)
    return dict(shipped) | changes


def terms(code: str = "NEW-CAR", **changes: Any) -> ProductTerms:
    return ProductTerms.model_validate(terms_data(code, **changes))


def on_sale() -> list[ProductVersion]:
    """The shipped products on sale; their strategy must be in force."""
    return product_load(actor=MANAGER, catalogue="demo", legal_entity_id=make_entity().pk, on=TODAY)
