"""Putting a version on sale from a date on."""

from datetime import date

from axle.decisioning.public import strategy_is_active
from axle.platform.public import Actor, publish
from axle.product.domain.terms_check import percent
from axle.product.errors import ProductRateAboveCap, ProductStrategyNotActive
from axle.product.events import ProductVersionActivated, ProductVersionRetired
from axle.product.models import ProductVersion
from axle.product.selectors import VERSIONS, cost_cap, terms_of


def product_version_activate(
    *, actor: Actor, version_id: int, effective_from: date, business_on: date
) -> ProductVersion:
    """Put a draft on sale from ``effective_from``; its predecessor goes off sale on that day.

    Errors: those of ``Versioned.activate``, ProductStrategyNotActive, ProductRateAboveCap.
    """

    def promises_check(version: ProductVersion) -> None:
        _promises_check(version, effective_from)

    def retired_tell(version: ProductVersion) -> None:
        publish(ProductVersionRetired(version.product.code, version.pk, effective_from))

    version = VERSIONS.activate(
        actor=actor,
        version_id=version_id,
        effective_from=effective_from,
        business_on=business_on,
        check=promises_check,
        replaced=retired_tell,
    )
    publish(ProductVersionActivated(version.product.code, version.pk, effective_from))
    return version


def _promises_check(version: ProductVersion, on: date) -> None:
    """What the terms rely on must be there: a strategy in force, a rate within the cap."""
    terms = terms_of(version)
    if not strategy_is_active(terms.strategy, on=on):
        raise ProductStrategyNotActive(field="strategy", strategy=terms.strategy)
    cap = cost_cap(version, on)
    if terms.rate.maximum > cap.rate:
        raise ProductRateAboveCap(field="rate", rate=percent(terms.rate.maximum), cap=percent(cap.rate))
