"""Every call, and what the sources said about one case, in words."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from axle.kernel.money import Fen
from axle.kernel.types import Yuan
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Subject, text
from axle.sources import permissions, selectors
from axle.sources.domain.catalogue import SOURCES
from axle.sources.domain.source import Outcome
from axle.sources.http.answer_words import Words, answer_words
from axle.sources.http.base import api
from axle.sources.http.switches import DataSourceCode
from axle.sources.models import SourceCall

_OUTCOMES = [str(outcome) for outcome in Outcome]
SourceOutcome = Literal["hit", "no_record", "failed", "late", "refused_by_breaker", "no_consent", "out"]


class SourceFactOut(BaseModel):
    """One figure of an answer, in words."""

    name: str
    label: str
    value: str


class SourceAnswerOut(BaseModel):
    """What one source said in one round; ``reason`` tells in words why there is no answer."""

    call_id: int
    call_no: str
    round: int
    data_source: DataSourceCode
    source_outcome: SourceOutcome
    reason: str
    begun_at: datetime
    duration_ms: int | None
    price: Yuan
    is_cached: bool
    late_at: datetime | None
    consent_no: str
    facts: list[SourceFactOut]


@api.query("source_answers_of_subject", "/source-answers", permission=permissions.CALL_VIEW)
def _answers(actor: Actor, subject_type: str, subject_id: int) -> list[SourceAnswerOut]:
    return [_shown(call) for call in selectors.calls_of(actor, Subject(subject_type, subject_id))]


def _shown(call: SourceCall) -> SourceAnswerOut:
    words: list[Words] = answer_words(call.source_id, call.answer) if call.answer is not None else []
    return SourceAnswerOut(
        call_id=call.pk,
        call_no=call.call_no,
        round=call.enquiry.round,
        data_source=DataSourceCode(call.source_id),
        source_outcome=call.outcome or "out",  # type: ignore[arg-type]
        reason=text("enum", f"SourceReason/{call.reason}") if call.reason else "",
        begun_at=call.begun_at,
        duration_ms=call.duration_ms,
        price=Fen(call.price),
        is_cached=call.cached_from_id is not None,
        late_at=call.late_at,
        consent_no=call.consent.consent_no if call.consent else "",
        facts=[SourceFactOut(**vars(one)) for one in words],
    )


api.listing(
    Listing(
        name="source_calls",
        is_growing=True,
        permission=permissions.CALL_VIEW,
        queryset=selectors.calls_visible,
        columns=[
            Col("call_no"),
            Col("data_source", "enum", source="source_id", enum="DataSourceCode", choices=list(SOURCES)),
            Col("subject_no", source="enquiry__subject_no", is_sortable=False),
            Col("source_outcome", "enum", source="outcome", enum="SourceOutcome", choices=_OUTCOMES),
            Col("call_reason", "enum", source="reason", enum="SourceReason", is_sortable=False),
            Col("attempts", "integer", is_sortable=False),
            Col("duration_ms", "integer", is_sortable=False),
            Col("price", "money", is_sortable=False),
            Col("cached_from", source="cached_from__call_no", is_sortable=False, is_hidden=True),
            Col("consent_no", source="consent__consent_no", is_sortable=False),
            Col("asked_by", source="enquiry__asked_by", is_sortable=False),
            Col("begun_at", "datetime"),
            Col("late_at", "datetime", is_sortable=False, is_hidden=True),
            Col("subject_id", "integer", source="enquiry__subject_id", is_hidden=True, is_sortable=False),
        ],
        search=["call_no"],
        filters=["data_source", "source_outcome", "begun_at", "subject_id"],
        totals=["price"],
    )
)
