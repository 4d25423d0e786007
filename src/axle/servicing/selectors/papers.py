"""Papers of loans that their parties have signed."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Max
from django.utils import timezone

from axle.documents.public import document_nos
from axle.servicing.models import PaperSigning, PaperSigningState


class SignedPaper(NamedTuple):
    """A paper's number and the day of the last signature."""

    document_no: str
    signed_on: date


def papers_signed(document_ids: Sequence[int]) -> dict[int, SignedPaper]:
    """Those of some papers that all have signed, by their key."""
    waiting = PaperSigning.objects.exclude(state=PaperSigningState.SIGNED)
    rows = PaperSigning.objects.filter(document_id__in=document_ids)
    signed = rows.exclude(document_id__in=waiting.values("document_id")).order_by("document_id")
    last = dict(signed.values_list("document_id").annotate(last=Max("signed_at")))
    numbers = document_nos(list(last)) if last else {}
    return {key: SignedPaper(numbers[key], timezone.localdate(at)) for key, at in last.items()}
