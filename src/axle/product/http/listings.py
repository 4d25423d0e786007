"""The lists of products and their versions."""

from axle.platform.http import version_columns
from axle.platform.listing import Col, Listing
from axle.product import permissions, selectors
from axle.product.http.base import api
from axle.product.models import ProductState

api.listing(
    Listing(
        name="products",
        permission=permissions.PRODUCT_VIEW,
        queryset=selectors.products,
        columns=[
            Col("code"),
            Col("name_zh"),
            Col("name_en"),
            Col("legal_entity", source="legal_entity__name"),
            Col("created_at", "datetime"),
        ],
        search=["code", "name_zh", "name_en"],
        default_sort="code",
        toolbar=["product_create"],
    )
)
api.listing(
    Listing(
        name="product_versions",
        permission=permissions.PRODUCT_VIEW,
        queryset=selectors.product_versions,
        columns=version_columns(
            {"code": "product__code", "name": "product__name_zh"},
            enum="ProductState",
            states=ProductState.values,
            own=[Col("legal_entity", source="product__legal_entity__name")],
        ),
        search=["product__code", "product__name_zh"],
        filters=["code", "state", "effective_from"],
        row_link="/product/versions/{id}",
        toolbar=["product_version_create"],
    )
)
