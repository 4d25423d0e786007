"""The applicant signs the consent letter on their phone, and may take the consents back there."""

from axle.documents.errors import TimestampUnavailable
from axle.origination.domain.device_session import DeviceHolder, DeviceSessionPart
from axle.origination.domain.lifecycle import DRAFT, RETURNED, SENT
from axle.origination.jobs import stamp_letter
from axle.origination.models import ConsentLetter
from axle.origination.permissions import CONSENT_GIVE
from axle.origination.selectors import letters_in
from axle.origination.services.application_lock import application_take
from axle.origination.services.consent_letter_stamp import letter_stamp
from axle.origination.services.consents_take import consents_give
from axle.origination.services.device_session_keep import device_session_keep
from axle.origination.services.signing_open import code_text, subject_of
from axle.origination.services.signing_take import SigningAct, signature_take
from axle.platform.errors import NotFound, StateRefused
from axle.platform.public import Actor, attempt, track
from axle.sources.public import Purpose, consents_withdraw


def consent_code_send(*, actor: Actor, letter_id: int) -> None:
    """Text the code to the phone that the letter was sent to. Errors: NotFound, StateRefused, SigningLinkInvalid."""
    letter = _letter(actor, letter_id)
    if letter.state != SENT:
        raise StateRefused(state=letter.state, act="sign")
    code_text(letter)


def consent_letter_sign(
    *, actor: Actor, letter_id: int, act: SigningAct, device: DeviceSessionPart | None = None
) -> ConsentLetter:
    """Take the applicant's signature; the consents hold from now on, and the letter is archived with its evidence.
    ``device`` is what the page told of the phone, which the letter agrees to.

    While the time-stamp authority is away the consents hold already, and a job puts the signature on the letter.
    Errors: NotFound, StateRefused, SigningLinkInvalid, ContractNotRead, CodeWrong, CodeExpired, CodeAttemptsExceeded,
    SignatureEmpty, SignatureImageBroken.
    """
    application = application_take(_letter(actor, letter_id).application_id)
    letter = track(_letter(actor, letter_id, is_locked=True))
    if letter.state != SENT or application.state not in (DRAFT, RETURNED):
        raise StateRefused(state=letter.state if letter.state != SENT else application.state, act="sign")
    session = signature_take(letter, act, actor=actor, numbers={"consent_letter_no": letter.letter_no})
    letter.state, letter.signed_at = "signed", session.signed_at
    letter.save()
    consents_give(
        application,
        (letter.signer_name, letter.id_no),
        [Purpose(purpose) for purpose in letter.purposes],
        subject_of(letter),
        actor=actor,
        document_id=letter.document_id,
    )
    if device is not None and Purpose.DEVICE_DATA in letter.purposes:
        holder, name = DeviceHolder.APPLICANT, letter.signer_name
        device_session_keep(application, device, holder=holder, ip=actor.ip, agreed_by=name)
    try:
        with attempt():
            letter_stamp(letter)
    except TimestampUnavailable:
        stamp_letter.defer(letter_id=letter.pk)
    return letter


def consent_letter_withdraw(*, actor: Actor, letter_id: int, reason: str) -> ConsentLetter:
    """The person takes back what a letter consented to; from now on nobody asks under it.

    Errors: NotFound, StateRefused when it is not signed. Source: REG-PIPL-15.
    """
    letter = _letter(actor, letter_id)
    if letter.state != "signed" or not consents_withdraw(actor=actor, subject=subject_of(letter), reason=reason):
        raise StateRefused(state=letter.state, act="withdraw")
    return letter


def _letter(actor: Actor, letter_id: int, *, is_locked: bool = False) -> ConsentLetter:
    rows = letters_in(actor.scope(CONSENT_GIVE))
    letter = (rows.select_for_update() if is_locked else rows).filter(pk=letter_id).first()
    if letter is None:
        raise NotFound(what="consent_letter")
    return letter
