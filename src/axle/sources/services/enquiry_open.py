"""Begin and end an enquiry."""

from dataclasses import asdict

from django.utils import timezone

from axle.platform.public import Subject
from axle.sources.domain.source import Particulars, Stage
from axle.sources.models import Enquiry
from axle.sources.services.consent_keep import CaseScope


def enquiry_open(
    *, subject: Subject, subject_no: str, round: int, case: Particulars, asked_by: str, scope: CaseScope
) -> Enquiry:
    """The enquiry of a case's round; one that was begun before a crash goes on."""
    told = asdict(case)
    if case.first_registered_on is not None:
        told["first_registered_on"] = case.first_registered_on.isoformat()
    enquiry, _ = Enquiry.objects.get_or_create(
        subject_type=subject.type,
        subject_id=subject.id,
        round=round,
        defaults={"subject_no": subject_no, "asked_by": asked_by, "particulars": told, **vars(scope)},
    )
    return enquiry


def enquiry_finish(*, enquiry: Enquiry, stopped_before: Stage | None = None) -> None:
    """Nothing more is asked in this round."""
    enquiry.finished_at = timezone.now()
    enquiry.stopped_before = stopped_before or ""
    enquiry.save(update_fields=["finished_at", "stopped_before"])


def enquiry_used(*, subject: Subject, round: int, record_no: str) -> None:
    """Note the decision that rests on a round's answers; nothing is asked in it any more."""
    rows = Enquiry.objects.filter(subject_type=subject.type, subject_id=subject.id, round=round)
    rows.update(record_no=record_no)
    rows.filter(finished_at__isnull=True).update(finished_at=timezone.now())
