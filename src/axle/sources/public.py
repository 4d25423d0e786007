"""What other contexts call on sources."""

from collections.abc import Collection
from datetime import date

from axle.platform.public import Actor, Subject
from axle.sources import selectors
from axle.sources.domain.answers import (
    CardAnswer,
    CompanyAnswer,
    CourtAnswer,
    DeviceAnswer,
    IdentityAnswer,
    InsuranceAnswer,
    LendingAnswer,
    PhoneAnswer,
    ValuationAnswer,
    VehicleHistoryAnswer,
)
from axle.sources.domain.answers_json import answer_from_json
from axle.sources.domain.catalogue import SOURCES
from axle.sources.domain.gathered import Answers, Gathered
from axle.sources.domain.pboc.analysis import Told, credit_figures
from axle.sources.domain.pboc.figures import CreditFigures
from axle.sources.domain.pboc.report import report_read
from axle.sources.domain.pboc.tree import ReportUnreadable
from axle.sources.domain.source import Outcome, Particulars, Purpose, Stage
from axle.sources.models import Enquiry, SourceCall
from axle.sources.services import enquiry_ask as asking
from axle.sources.services import enquiry_open as opening
from axle.sources.services import source_switch as switching
from axle.sources.services.consent_keep import CaseScope, Consenting, consents_keep
from axle.sources.services.enquiry_open import enquiry_used

__all__ = [
    "SOURCE_CODES",
    "Answers",
    "CardAnswer",
    "CaseScope",
    "CompanyAnswer",
    "Consenting",
    "CourtAnswer",
    "CreditFigures",
    "DeviceAnswer",
    "Gathered",
    "IdentityAnswer",
    "InsuranceAnswer",
    "LendingAnswer",
    "Outcome",
    "Particulars",
    "PhoneAnswer",
    "Purpose",
    "ReportUnreadable",
    "Stage",
    "ValuationAnswer",
    "VehicleHistoryAnswer",
    "answers_of",
    "calls_of_day",
    "consents_keep",
    "credit_figures_read",
    "enquiry_ask",
    "enquiry_begin",
    "enquiry_finish",
    "enquiry_is_finished",
    "enquiry_used",
    "enquiry_was_stopped",
    "source_switch",
    "sources_on",
]

SOURCE_CODES = tuple(SOURCES)
calls_of_day = selectors.calls_of_day
sources_on = selectors.sources_on


def enquiry_begin(
    *, subject: Subject, subject_no: str, round: int, case: Particulars, asked_by: str, scope: CaseScope
) -> int:
    """Begin the enquiry of a case's round, or go on with it; gives its key."""
    enquiry = opening.enquiry_open(
        subject=subject, subject_no=subject_no, round=round, case=case, asked_by=asked_by, scope=scope
    )
    return enquiry.pk


def enquiry_ask(enquiry_id: int, stages: Collection[Stage]) -> None:
    """Ask the sources of some stages, all at once. Call it outside of a transaction: the calls must be on record before
    they leave, and nobody's rows are locked while they are out."""
    asking.enquiry_ask(enquiry=Enquiry.objects.get(pk=enquiry_id), stages=stages)


def enquiry_finish(enquiry_id: int, *, stopped_before: Stage | None = None) -> None:
    """Nothing more is asked in this round."""
    opening.enquiry_finish(enquiry=Enquiry.objects.get(pk=enquiry_id), stopped_before=stopped_before)


def enquiry_is_finished(subject: Subject, *, round: int) -> bool:
    """Whether the sources have been asked in a round."""
    enquiry = selectors.enquiry_of(subject, round=round)
    return enquiry is not None and enquiry.finished_at is not None


def enquiry_was_stopped(subject: Subject, *, round: int) -> bool:
    """Whether a round ended before all sources were asked, because the case was declined anyway."""
    enquiry = selectors.enquiry_of(subject, round=round)
    return enquiry is not None and enquiry.stopped_before != ""


def answers_of(subject: Subject, *, round: int) -> Answers:
    """What the sources said in a round, for rules and checks; nothing when they were not asked."""
    rows = SourceCall.objects.filter(
        enquiry__subject_type=subject.type, enquiry__subject_id=subject.id, enquiry__round=round
    ).defer("raw")
    return Answers({row.source_id: _gathered(row) for row in rows})


def credit_figures_read(xml: str, case: Particulars, *, on: date) -> CreditFigures:
    """The figures of a credit report about a case. Errors: ReportUnreadable."""
    told = Told(case.id_no, phone=case.phone, employer=case.employer, address=case.address)
    return credit_figures(report_read(xml), told, on=on)


def source_switch(*, actor: Actor, source: str, is_on: bool) -> None:
    """Use a source or leave it alone. Errors: SourceUnknown, SourceNotConnected."""
    switching.source_switch(actor=actor, code=source, is_on=is_on)


def _gathered(call: SourceCall) -> Gathered:
    outcome = Outcome(call.outcome) if call.outcome else None
    is_hit = outcome is Outcome.HIT
    answer = answer_from_json(call.source_id, call.answer) if is_hit else None
    return Gathered(call.source_id, call.pk, outcome, call.reason, answer)
