"""Changing a draft version."""

from axle.platform.errors import StaleVersion, VersionNotReady
from axle.platform.public import Actor, track
from axle.product.domain.terms import ProductTerms
from axle.product.models import ProductState, ProductVersion
from axle.product.selectors import VERSIONS


def product_version_update(
    *, actor: Actor, version_id: int, terms: ProductTerms, note: str, revision: int
) -> ProductVersion:
    """Replace the terms of a draft that is still as the person saw it; once on sale terms never change.

    Errors: NotFound, VersionNotReady, StaleVersion.
    """
    version = track(VERSIONS.locked(version_id))
    if version.state != ProductState.DRAFT:
        raise VersionNotReady(version_no=version.version_no)
    if version.revision != revision:
        raise StaleVersion()
    version.terms, version.note = terms.model_dump(mode="json"), note
    version.revision += 1
    version.save(update_fields=["terms", "note", "revision"])
    return version
