"""Products and quotes over HTTP."""

from axle.product.http import listings, quotes, versions
from axle.product.http.base import api

__all__ = ["api", "listings", "quotes", "versions"]
