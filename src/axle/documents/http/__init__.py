"""Documents over HTTP: captured documents, issued documents, and the verification page that anyone may use."""

from axle.documents.http import captured, issued, listings, verification
from axle.documents.http.base import api

__all__ = ["api", "captured", "issued", "listings", "verification"]
