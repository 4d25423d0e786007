"""Taking a version off sale."""

from datetime import date

from axle.platform.public import Actor, publish, track
from axle.product.errors import ProductDatePassed, ProductVersionNotActive
from axle.product.events import ProductVersionRetired
from axle.product.models import ProductState, ProductVersion
from axle.product.services.locking import version_locked


def product_version_retire(*, actor: Actor, version_id: int, retired_on: date, business_on: date) -> ProductVersion:
    """Take a version off sale from ``retired_on``; contracts keep its terms.

    Errors: NotFound, ProductVersionNotActive, ProductDatePassed.
    """
    version = track(version_locked(version_id))
    if version.state != ProductState.ACTIVE:
        raise ProductVersionNotActive(version_no=version.version_no)
    if retired_on < business_on:
        raise ProductDatePassed(field="retired_on", business_on=business_on)
    version.state = ProductState.RETIRED
    version.retired_on = retired_on
    version.save(update_fields=["state", "retired_on"])
    publish(ProductVersionRetired(version.product.code, version.pk, retired_on))
    return version
