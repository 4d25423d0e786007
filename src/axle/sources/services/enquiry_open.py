"""Begin and end an enquiry."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from axle.platform.public import Compiled, Subject, prepared_cursor, row_insert
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
    gathered: dict[str, Gathered] = field(default_factory=dict)

    @property
    def answers(self) -> Answers:
        """What became of every call so far."""
        return Answers({code: self.gathered.get(code) or _gathered(call) for code, call in self.calls.items()})

    @property
    def heard(self) -> Answers:
        """What became of the calls that have ended."""
        return Answers({code: one for code, one in self.answers.items() if one.outcome is not None})

    def hear(self, call: SourceCall) -> None:
        """Take what a call brought, as it ended."""
        self.gathered[call.source_id] = _gathered(call)

    @property
    def waiting(self) -> frozenset[str]:
        """The sources in use that have not been asked, or are still out."""
        return frozenset(self.sources.keys() - {code for code, call in self.calls.items() if call.outcome})


def enquiry_open(
    *, subject: Subject, subject_no: str, round: int, case: Particulars, asked_by: str, scope: CaseScope
) -> OpenEnquiry:
    """The enquiry of a case's round; one that was begun before a crash goes on. The caller holds the case."""
    sources = {row.code: row for row in _IN_USE.rows()}
    known = _OF_ROUND.first(subject.type, subject.id, round)
    if known is not None:
        calls = {call.source_id: call for call in known.calls.select_related("consent").defer("raw")}
        return OpenEnquiry(known, particulars_of(known), sources, calls)
    told = asdict(case)
    if case.first_registered_on is not None:
        told["first_registered_on"] = case.first_registered_on.isoformat()
    enquiry = Enquiry(
        subject_type=subject.type,
        subject_id=subject.id,
        round=round,
        subject_no=subject_no,
        asked_by=asked_by,
        particulars=told,
        **vars(scope),
    )
    row_insert(enquiry)
    return OpenEnquiry(enquiry, case, sources, {})


_IN_USE = Compiled(lambda: DataSource.objects.filter(is_on=True))
_OF_ROUND = Compiled(lambda kind, key, round: Enquiry.objects.filter(subject_type=kind, subject_id=key, round=round))


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
    with prepared_cursor() as cursor:
        cursor.execute(_USED, [record_no, timezone.now(), subject.type, subject.id, round])


_USED = """
UPDATE sources_enquiry SET record_no = %s, finished_at = COALESCE(finished_at, %s)
WHERE subject_type = %s AND subject_id = %s AND round = %s
"""


def _gathered(call: SourceCall) -> Gathered:
    outcome = Outcome(call.outcome) if call.outcome else None
    is_hit = outcome is Outcome.HIT
    answer = answer_from_json(call.source_id, call.answer) if is_hit else None
    return Gathered(call.source_id, call.pk, outcome, call.reason, answer)
