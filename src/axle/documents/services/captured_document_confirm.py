"""A person's word on what a captured document says."""

from collections.abc import Mapping

from django.utils import timezone

from axle.documents.domain.text_forms import squeezed
from axle.documents.errors import FieldUnknown, FieldValueInvalid
from axle.documents.models import CapturedDocument, CapturedState
from axle.documents.ocr.kinds import RULES, FieldRule
from axle.platform.errors import StateRefused
from axle.platform.public import Actor, track

_OPEN = {CapturedState.RECOGNISED, CapturedState.NEEDS_REVIEW, CapturedState.CONFIRMED, CapturedState.FAILED}


def captured_document_confirm(
    *, actor: Actor, document: CapturedDocument, values: Mapping[str, str | int]
) -> CapturedDocument:
    """Put confirmed values in the place of read ones; the reading itself stays.

    ``values`` may name some fields only; the others count as read. Errors: StateRefused while it waits for the
    worker or when a newer picture replaced it; FieldUnknown; FieldValueInvalid for a value that fails its own check.
    """
    locked = CapturedDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if locked.state not in _OPEN or not locked.is_current:
        raise StateRefused(state=locked.state)
    rules = {rule.name: rule for rule in RULES.get(locked.kind, ())}
    checked = {name: _checked(rules, name, value) for name, value in values.items()}
    track(locked)
    locked.confirmed = {**(locked.confirmed or {}), **checked}
    locked.state, locked.confirmed_by, locked.confirmed_at = CapturedState.CONFIRMED, actor.name, timezone.now()
    locked.save(update_fields=["confirmed", "state", "confirmed_by", "confirmed_at"])
    return locked


def _checked(rules: Mapping[str, FieldRule], name: str, value: str | int) -> str | int:
    rule = rules.get(name)
    if rule is None:
        raise FieldUnknown(field=f"values.{name}", name=name)
    parsed = rule.typed(squeezed(str(value)))
    if parsed is None or not parsed.is_valid or parsed.certainty < 1:  # what a person typed is not mended
        raise FieldValueInvalid(field=f"values.{name}", name=name)
    return parsed.value
