"""An answer that comes by call-back, after its call has ended."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from axle.sources.domain.answers_json import answer_to_json
from axle.sources.domain.catalogue import SOURCES
from axle.sources.domain.source import Outcome
from axle.sources.errors import SourceNoticeRefused, SourceUnknown
from axle.sources.models import SourceCall
from axle.sources.ports import SourceTrouble, source_adapter
from axle.sources.services.enquiry_ask import price_of
from axle.sources.services.enquiry_open import particulars_of


def answer_take(*, code: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Keep a late answer with its call; False when there was one already. It changes no decision, but serves the next
    enquiry while it is young enough.

    Errors: SourceUnknown, SourceNotConnected, SourceNoticeRefused.
    """
    if code not in SOURCES:
        raise SourceUnknown(source=code)
    adapter = source_adapter(code)
    late = adapter.notice_read(headers, body)
    with transaction.atomic():
        calls = SourceCall.objects.select_for_update(of=("self",)).select_related("enquiry")
        call = calls.filter(call_no=late.request_no, source__code=code).first()
        if call is None:
            raise SourceNoticeRefused(source=code)
        if call.late_at is not None or Outcome(call.outcome or Outcome.LATE).is_answer:
            return False
        outcome = Outcome.NO_RECORD
        if late.is_record:
            outcome = Outcome.HIT
            try:
                answer = adapter.read(late.raw, particulars_of(call.enquiry), on=call.business_on)
            except SourceTrouble as error:
                raise SourceNoticeRefused(source=code) from error
            call.answer = answer_to_json(code, answer)
        call.raw, call.late_at, call.price = late.raw, timezone.now(), price_of(SOURCES[code], outcome)
        call.save(update_fields=["answer", "raw", "late_at", "price"])
    return True
