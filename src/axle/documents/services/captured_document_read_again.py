"""Sending a captured document to the worker once more."""

from axle.documents.jobs import captured_document_read
from axle.documents.models import CapturedDocument, CapturedState
from axle.platform.errors import StateRefused
from axle.platform.public import track


def captured_document_read_again(*, document: CapturedDocument) -> CapturedDocument:
    """Queue another reading. Errors: StateRefused for one that a person confirmed or a newer one replaced."""
    locked = CapturedDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if locked.state == CapturedState.CONFIRMED or not locked.is_current:
        raise StateRefused(state=locked.state)
    track(locked).state = CapturedState.QUEUED
    locked.save(update_fields=["state"])
    captured_document_read.defer(document_id=locked.pk)
    return locked
