"""Holding a form against the documents of its case."""

from collections.abc import Mapping

from axle.documents.domain.differences import Difference, compare
from axle.documents.models import CapturedDocument
from axle.documents.views import captured_view


def captured_document_compare(*, document_id: int, form: Mapping[str, object]) -> list[Difference]:
    """Compare a form's values (by the document's field names) with the document, and keep what differs."""
    document = CapturedDocument.objects.select_for_update(of=("self",)).get(pk=document_id)
    differences = compare(form, captured_view(document).values)
    document.differences = [difference.as_json() for difference in differences]
    document.save(update_fields=["differences"])
    return differences
