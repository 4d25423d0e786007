"""Consents: kept from a signed paper, withdrawn by the person.

Source: REG-PIPL-15 (withdrawal), REG-CREDIT-18 (written consent with its purpose).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from axle.platform.errors import NotFound
from axle.platform.public import Actor, Subject, blind_index, business_date, created, next_nos, track
from axle.sources import permissions
from axle.sources.domain.source import Purpose
from axle.sources.errors import ConsentEnded
from axle.sources.models import Consent


@dataclass(frozen=True)
class CaseScope:
    """Whose case it is, for data scope."""

    legal_entity_id: int | None = None
    department_id: int | None = None
    owner_id: int | None = None
    dealer_id: int | None = None


@dataclass(frozen=True)
class Consenting:
    """Who signed, for what case, on which paper."""

    id_no: str
    name: str
    subject: Subject
    subject_no: str
    document_id: int
    given_on: date
    expires_on: date


def consents_keep(*, actor: Actor, given: Consenting, purposes: Iterable[Purpose], scope: CaseScope) -> list[Consent]:
    """Keep the consents that a signed paper gives; one that is on record already stays as it is."""
    of_paper = Consent.objects.filter(
        subject_type=given.subject.type, subject_id=given.subject.id, document_id=given.document_id
    )
    known = set(of_paper.values_list("purpose", flat=True))
    wanted = [purpose for purpose in purposes if purpose not in known]
    numbers = next_nos("CN", on=business_date(), count=len(wanted)) if wanted else []
    rows = [
        Consent(
            consent_no=number,
            person_index=blind_index(given.id_no),
            person_name=given.name,
            purpose=purpose,
            subject_type=given.subject.type,
            subject_id=given.subject.id,
            subject_no=given.subject_no,
            document_id=given.document_id,
            given_on=given.given_on,
            expires_on=given.expires_on,
            recorded_by=actor.name,
            department_id=scope.department_id,
            owner_id=scope.owner_id,
            dealer_id=scope.dealer_id,
        )
        for purpose, number in zip(wanted, numbers, strict=True)
    ]
    return [created(row) for row in Consent.objects.bulk_create(rows)]


def consent_withdraw(*, actor: Actor, consent_id: int, reason: str) -> Consent:
    """From today on nobody asks under this consent. Errors: NotFound, ConsentEnded."""
    scoped = actor.scope(permissions.CONSENT_MANAGE).filter(Consent.objects.all(), channel="dealer_id")
    consent = scoped.select_for_update().filter(pk=consent_id).first()
    if consent is None:
        raise NotFound(what="consent")
    if consent.withdrawn_on is not None or consent.expires_on < business_date():
        raise ConsentEnded(consent_no=consent.consent_no)
    track(consent)
    consent.withdrawn_on, consent.withdrawn_by, consent.withdrawal_reason = business_date(), actor.name, reason
    consent.save()
    return consent
