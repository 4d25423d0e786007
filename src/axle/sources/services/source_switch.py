"""Use a source, or leave it alone."""

from django.utils import timezone

from axle.platform.public import Actor, track
from axle.sources.domain.catalogue import SOURCES
from axle.sources.errors import SourceUnknown
from axle.sources.models import DataSource
from axle.sources.ports import source_adapter


def source_switch(*, actor: Actor, code: str, is_on: bool, note: str = "") -> DataSource:
    """Switch a source on or off, and close its breaker. Errors: SourceUnknown, SourceNotConnected."""
    if code not in SOURCES:
        raise SourceUnknown(field="source", source=code)
    if is_on:
        source_adapter(code)
    row, _ = DataSource.objects.select_for_update().get_or_create(code=code)
    track(row)
    row.note = note
    row.is_on, row.switched_by, row.switched_at = is_on, actor.name, timezone.now()
    row.failures, row.opened_at, row.probe_at = 0, None, None
    row.save()
    return row
