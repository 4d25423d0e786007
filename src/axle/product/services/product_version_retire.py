"""Taking a version off sale."""

from datetime import date

from axle.platform.public import Actor, publish
from axle.product.events import ProductVersionRetired
from axle.product.models import ProductVersion
from axle.product.selectors import VERSIONS


def product_version_retire(*, actor: Actor, version_id: int, retired_on: date, business_on: date) -> ProductVersion:
    """Take a version off sale from ``retired_on``; contracts keep its terms. Errors: those of ``Versioned.retire``."""
    version = VERSIONS.retire(version_id=version_id, retired_on=retired_on, business_on=business_on)
    publish(ProductVersionRetired(version.product.code, version.pk, retired_on))
    return version
