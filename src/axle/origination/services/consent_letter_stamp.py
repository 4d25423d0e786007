"""The signature is put on a consent letter with its time stamp. The consents hold before that already."""

from axle.origination.models import ConsentLetter
from axle.origination.services.signing_take import signature_put
from axle.platform.public import track


def letter_stamp_waiting(*, letter_id: int) -> None:
    """Finish a letter that waits for its time stamp; one that does not wait any more is left alone.

    Errors: TimestampUnavailable; then nothing has changed and the job tries again.
    """
    letter = track(ConsentLetter.objects.select_for_update().get(pk=letter_id))
    if letter.state == "signed" and not letter.signed_sha256:
        letter_stamp(letter)


def letter_stamp(letter: ConsentLetter) -> None:
    """Put the signature on. Errors: TimestampUnavailable, SignatureEmpty, SignatureImageBroken."""
    letter.signed_sha256 = signature_put(letter, signer_name=letter.signer_name)
    letter.save()
