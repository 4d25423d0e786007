"""Putting a version on sale from a date on."""

from datetime import date

from axle.decisioning.public import strategy_is_active
from axle.platform.public import Actor, publish, track
from axle.product.domain.terms_check import percent
from axle.product.errors import (
    ProductDateOverlaps,
    ProductDatePassed,
    ProductRateAboveCap,
    ProductStrategyNotActive,
    ProductVersionNotDraft,
)
from axle.product.events import ProductVersionActivated, ProductVersionRetired
from axle.product.models import ProductState, ProductVersion
from axle.product.selectors import cost_cap, terms_of
from axle.product.services.locking import version_locked


def product_version_activate(
    *, actor: Actor, version_id: int, effective_from: date, business_on: date
) -> ProductVersion:
    """Put a draft on sale from ``effective_from``; its predecessor goes off sale on that day.

    Errors: NotFound, ProductVersionNotDraft, ProductDatePassed, ProductDateOverlaps, ProductStrategyNotActive,
    ProductRateAboveCap.
    """
    version = track(version_locked(version_id))
    if version.state != ProductState.DRAFT:
        raise ProductVersionNotDraft(version_no=version.version_no)
    if effective_from < business_on:
        raise ProductDatePassed(field="effective_from", business_on=business_on)
    _promises_check(version, effective_from)
    _predecessor_retire(version, effective_from)
    version.state = ProductState.ACTIVE
    version.effective_from = effective_from
    version.activated_by = actor.name
    version.save(update_fields=["state", "effective_from", "activated_by"])
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


def _predecessor_retire(version: ProductVersion, effective_from: date) -> None:
    actives = ProductVersion.objects.select_for_update().filter(product=version.product_id, state=ProductState.ACTIVE)
    for active in actives:
        if active.effective_from is not None and active.effective_from > effective_from:
            raise ProductDateOverlaps(field="effective_from", version_no=active.version_no)
        track(active).state = ProductState.RETIRED
        active.retired_on = effective_from
        active.save(update_fields=["state", "retired_on"])
        publish(ProductVersionRetired(version.product.code, active.pk, effective_from))
