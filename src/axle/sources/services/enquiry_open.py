"""Begin and end an enquiry."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models.functions import Coalesce
from django.utils import timezone

from axle.platform.public import Subject
from axle.sources.domain.answers_json import answer_from_json
from axle.sources.domain.gathered import Answers, Gathered
from axle.sources.domain.source import Outcome, Particulars, Stage
from axle.sources.models import DataSource, Enquiry, SourceCall
from axle.sources.services.consent_keep import CaseScope


@dataclass(frozen=True)
class OpenEnquiry:
    """An enquiry in the hands of who asks: the case, the sources in use, and the calls that were written so far."""

    row: Enquiry
    case: Particulars
    sources: Mapping[str, DataSource]
    calls: dict[str, SourceCall]

    @property
    def answers(self) -> Answers:
        """What the sources have said so far."""
        return answers_in(self.calls.values())

    @property
    def waiting(self) -> frozenset[str]:
        """The sources in use that have not been asked."""
        return frozenset(self.sources.keys() - self.calls.keys())


def enquiry_open(
    *, subject: Subject, subject_no: str, round: int, case: Particulars, asked_by: str, scope: CaseScope
) -> OpenEnquiry:
    """The enquiry of a case's round; one that was begun before a crash goes on. The caller holds the case."""
    sources = {row.code: row for row in DataSource.objects.filter(is_on=True)}
    known = Enquiry.objects.filter(subject_type=subject.type, subject_id=subject.id, round=round).first()
    if known is not None:
        calls = {call.source_id: call for call in known.calls.select_related("consent").defer("raw")}
        return OpenEnquiry(known, particulars_of(known), sources, calls)
    told = asdict(case)
    if case.first_registered_on is not None:
        told["first_registered_on"] = case.first_registered_on.isoformat()
    enquiry = Enquiry.objects.create(
        subject_type=subject.type,
        subject_id=subject.id,
        round=round,
        subject_no=subject_no,
        asked_by=asked_by,
        particulars=told,
        **vars(scope),
    )
    return OpenEnquiry(enquiry, case, sources, {})


def particulars_of(enquiry: Enquiry) -> Particulars:
    """What the sources are told about the case."""
    told: dict[str, Any] = dict(enquiry.particulars)
    if told["first_registered_on"]:
        told["first_registered_on"] = date.fromisoformat(told["first_registered_on"])
    return Particulars(**told)


def answers_in(calls: Any) -> Answers:
    """What some calls of one enquiry brought."""
    return Answers({call.source_id: _gathered(call) for call in calls})


def enquiry_finish(enquiry: OpenEnquiry, *, stopped_before: Stage | None = None) -> None:
    """Nothing more is asked in this round."""
    row = enquiry.row
    row.finished_at, row.stopped_before = timezone.now(), stopped_before or ""
    row.save(update_fields=["finished_at", "stopped_before"])


def enquiry_used(*, subject: Subject, round: int, record_no: str) -> None:
    """Note the decision that rests on a round's answers; nothing is asked in it any more."""
    rows = Enquiry.objects.filter(subject_type=subject.type, subject_id=subject.id, round=round)
    rows.update(record_no=record_no, finished_at=Coalesce("finished_at", timezone.now()))


def _gathered(call: SourceCall) -> Gathered:
    outcome = Outcome(call.outcome) if call.outcome else None
    is_hit = outcome is Outcome.HIT
    answer = answer_from_json(call.source_id, call.answer) if is_hit else None
    return Gathered(call.source_id, call.pk, outcome, call.reason, answer)
