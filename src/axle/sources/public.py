"""What other contexts call on sources."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from axle.platform.public import Actor, Subject, blind_index
from axle.sources import selectors
from axle.sources.domain.answers import (
    AddressAnswer,
    BatteryAnswer,
    CardAnswer,
    CompanyAnswer,
    CourtAnswer,
    DeviceAnswer,
    EmployerContactAnswer,
    IdentityAnswer,
    IncomeTaxAnswer,
    IndustryListAnswer,
    InsuranceAnswer,
    InvoiceAnswer,
    LendingAnswer,
    LicenceAnswer,
    PermitAnswer,
    PhoneAnswer,
    PhoneBillsAnswer,
    RegistrationAnswer,
    SocialAnswer,
    TelematicsAnswer,
    ValuationAnswer,
    VehicleHistoryAnswer,
    WorkPlatformAnswer,
)
from axle.sources.domain.catalogue import SOURCES
from axle.sources.domain.gathered import Answers, Gathered
from axle.sources.domain.pboc.analysis import Told, credit_figures
from axle.sources.domain.pboc.figures import CreditFigures
from axle.sources.domain.pboc.report import report_read
from axle.sources.domain.pboc.tree import ReportUnreadable
from axle.sources.domain.source import Outcome, Particulars, Purpose, Stage
from axle.sources.models import Consent, SourceCall
from axle.sources.services import enquiry_open as opening
from axle.sources.services import source_switch as switching
from axle.sources.services.consent_keep import CaseScope, Consenting, consents_import, consents_keep, consents_withdraw
from axle.sources.services.enquiry_ask import CallsOut, calls_write, longest_seconds
from axle.sources.services.enquiry_open import OpenEnquiry, enquiry_finish, enquiry_open, enquiry_used

__all__ = [
    "SOURCE_CODES",
    "AddressAnswer",
    "Answers",
    "BatteryAnswer",
    "CallsOut",
    "CardAnswer",
    "CaseScope",
    "CompanyAnswer",
    "ConsentHeld",
    "Consenting",
    "CourtAnswer",
    "CreditFigures",
    "DeviceAnswer",
    "EmployerContactAnswer",
    "Gathered",
    "IdentityAnswer",
    "IncomeTaxAnswer",
    "IndustryListAnswer",
    "InsuranceAnswer",
    "InvoiceAnswer",
    "LendingAnswer",
    "LicenceAnswer",
    "OpenEnquiry",
    "Outcome",
    "Particulars",
    "PermitAnswer",
    "PhoneAnswer",
    "PhoneBillsAnswer",
    "Purpose",
    "RegistrationAnswer",
    "ReportUnreadable",
    "SocialAnswer",
    "Stage",
    "TelematicsAnswer",
    "ValuationAnswer",
    "VehicleHistoryAnswer",
    "WorkPlatformAnswer",
    "answers_of",
    "calls_of_day",
    "calls_write",
    "consents_held",
    "consents_import",
    "consents_keep",
    "consents_of",
    "consents_withdraw",
    "credit_figures_read",
    "enquiry_finish",
    "enquiry_is_finished",
    "enquiry_open",
    "enquiry_used",
    "enquiry_was_stopped",
    "longest_seconds",
    "purposes_needed",
    "source_switch",
    "sources_on",
]

SOURCE_CODES = tuple(SOURCES)
calls_of_day = selectors.calls_of_day
sources_on = selectors.sources_on


@dataclass(frozen=True)
class ConsentHeld:
    """A consent as other contexts see it."""

    consent_no: str
    purpose: Purpose
    document_id: int | None
    reference: str
    given_on: date
    expires_on: date
    withdrawn_on: date | None


def purposes_needed() -> frozenset[Purpose]:
    """The purposes without whose consent a source that the institution uses stays silent."""
    purposes = (SOURCES[code].purpose for code in sources_on())
    return frozenset(purpose for purpose in purposes if purpose is not None)


def consents_held(id_no: str, *, on: date) -> dict[Purpose, ConsentHeld]:
    """The consents of a person that hold on a day."""
    held = selectors.consents_in_force(blind_index(id_no), on=on)
    return {purpose: _held(consent) for purpose, consent in held.items()}


def consents_of(subject_type: str, subject_ids: Collection[int]) -> dict[int, list[ConsentHeld]]:
    """What was consented to in some letters or for some cases, in force or ended, by subject."""
    found: dict[int, list[ConsentHeld]] = {subject_id: [] for subject_id in subject_ids}
    for consent in Consent.objects.filter(subject_type=subject_type, subject_id__in=subject_ids).order_by("pk"):
        found[consent.subject_id].append(_held(consent))
    return found


def _held(consent: Consent) -> ConsentHeld:
    return ConsentHeld(
        consent.consent_no,
        Purpose(consent.purpose),
        consent.document_id,
        consent.reference,
        consent.given_on,
        consent.expires_on,
        consent.withdrawn_on,
    )


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
    return opening.answers_in(rows)


def credit_figures_read(xml: str, case: Particulars, *, on: date) -> CreditFigures:
    """The figures of a credit report about a case. Errors: ReportUnreadable."""
    told = Told(case.id_no, phone=case.phone, employer=case.employer, address=case.address)
    return credit_figures(report_read(xml), told, on=on)


def source_switch(*, actor: Actor, source: str, is_on: bool) -> None:
    """Use a source or leave it alone. Errors: SourceUnknown, SourceNotConnected."""
    switching.source_switch(actor=actor, code=source, is_on=is_on)
