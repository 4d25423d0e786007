"""Consents: kept from a signed paper, withdrawn by the person.

Source: REG-PIPL-15 (withdrawal), REG-CREDIT-18 (written consent with its purpose).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from axle.platform.errors import NotFound
from axle.platform.public import (
    Actor,
    Subject,
    blind_index,
    business_date,
    created,
    next_nos,
    publish,
    rows_copy,
    track,
)
from axle.sources import permissions
from axle.sources.domain.source import Purpose
from axle.sources.errors import ConsentEnded
from axle.sources.events import ConsentWithdrawn
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
    """Who signed, for what case, on which paper: a document of ours, or the reference of one that others keep.

    ``subject`` is the application of a captured or told paper, and the letter itself where it was signed with us.
    """

    id_no: str
    name: str
    subject: Subject
    subject_no: str
    given_on: date
    expires_on: date
    document_id: int | None = None
    reference: str = ""


def consents_keep(*, actor: Actor, given: Consenting, purposes: Iterable[Purpose], scope: CaseScope) -> list[Consent]:
    """Keep the consents that a signed paper gives; one that is on record already stays as it is."""
    of_paper = Consent.objects.filter(
        subject_type=given.subject.type,
        subject_id=given.subject.id,
        document_id=given.document_id,
        reference=given.reference,
    )
    known = set(of_paper.values_list("purpose", flat=True))
    wanted = [purpose for purpose in purposes if purpose not in known]
    numbers = next_nos("CN", on=business_date(), count=len(wanted)) if wanted else []
    kept = [
        _consent(number, purpose, given, scope, actor.name) for purpose, number in zip(wanted, numbers, strict=True)
    ]
    return [created(consent) for consent in Consent.objects.bulk_create(kept)]


def consents_import(
    given: Sequence[tuple[Consenting, CaseScope]], purposes: Collection[Purpose], *, recorded_by: str
) -> None:
    """Keep in one go what the letters of cases that are taken over consent to."""
    numbers = iter(next_nos("CN", on=business_date(), count=len(given) * len(purposes)))
    rows_copy(
        [_consent(next(numbers), purpose, one, scope, recorded_by) for one, scope in given for purpose in purposes]
    )


def _consent(number: str, purpose: Purpose, given: Consenting, scope: CaseScope, recorded_by: str) -> Consent:
    return Consent(
        consent_no=number,
        person_index=blind_index(given.id_no),
        person_name=given.name,
        purpose=purpose,
        subject_type=given.subject.type,
        subject_id=given.subject.id,
        subject_no=given.subject_no,
        document_id=given.document_id,
        reference=given.reference,
        given_on=given.given_on,
        expires_on=given.expires_on,
        recorded_by=recorded_by,
        department_id=scope.department_id,
        owner_id=scope.owner_id,
        dealer_id=scope.dealer_id,
    )


def consent_withdraw(*, actor: Actor, consent_id: int, reason: str) -> Consent:
    """From today on nobody asks under this consent. Errors: NotFound, ConsentEnded."""
    scoped = actor.scope(permissions.CONSENT_MANAGE).filter(Consent.objects.all(), channel="dealer_id")
    consent = scoped.select_for_update().filter(pk=consent_id).first()
    if consent is None:
        raise NotFound(what="consent")
    if consent.withdrawn_on is not None or consent.expires_on < business_date():
        raise ConsentEnded(consent_no=consent.consent_no)
    return _withdraw(consent, actor=actor, reason=reason)


def consents_withdraw(*, actor: Actor, subject: Subject, reason: str) -> list[Consent]:
    """The giver takes back what they consented to for a case; what has ended already stays as it is. The caller has
    seen that the case is the actor's."""
    rows = Consent.objects.select_for_update().filter(
        subject_type=subject.type,
        subject_id=subject.id,
        withdrawn_on__isnull=True,
        expires_on__gte=business_date(),
    )
    return [_withdraw(consent, actor=actor, reason=reason) for consent in rows.order_by("pk")]


def _withdraw(consent: Consent, *, actor: Actor, reason: str) -> Consent:
    track(consent)
    consent.withdrawn_on, consent.withdrawn_by, consent.withdrawal_reason = business_date(), actor.name, reason
    consent.save()
    subject = Subject(consent.subject_type, consent.subject_id)
    publish(ConsentWithdrawn(consent.pk, consent.consent_no, Purpose(consent.purpose), subject))
    return consent
