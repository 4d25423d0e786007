"""The lists of products and their versions."""

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
        columns=[
            Col("code", source="product__code"),
            Col("name", source="product__name_zh"),
            Col("version_no", "integer"),
            Col("state", "enum", enum="ProductState", choices=ProductState.values),
            Col("effective_from", "date"),
            Col("retired_on", "date"),
            Col("legal_entity", source="product__legal_entity__name"),
            Col("drafted_by", source="created_by"),
            Col("created_at", "datetime"),
            Col("activated_by"),
            Col("note", is_hidden=True),
        ],
        search=["product__code", "product__name_zh"],
        filters=["code", "state", "effective_from"],
        row_link="/product/versions/{id}",
        toolbar=["product_version_create"],
    )
)
