"""Permissions of product."""

from axle.platform.public import declare_institutional, declare_permissions

PRODUCT_VIEW = "product.product.view"
PRODUCT_EDIT = "product.product.edit"
PRODUCT_ACTIVATE = "product.product.activate"
PRODUCT_QUOTE = "product.product.quote"

declare_permissions("product", PRODUCT_VIEW, PRODUCT_EDIT, PRODUCT_ACTIVATE, PRODUCT_QUOTE)
declare_institutional(PRODUCT_EDIT, PRODUCT_ACTIVATE)
