"""A signature is put on its paper with its time stamp; with the last one our seal follows.

The time-stamp authority is another company's: while it is away the signature waits with what the person did, and
nothing of it is on the paper.
"""

from axle.documents.public import document_seal, document_sign_person
from axle.party.public import customer_contact
from axle.platform.public import publish, track
from axle.servicing.events import PaperConcluded
from axle.servicing.models import PaperSigning, PaperSigningState
from axle.servicing.services.loan_lock import loan_locked


def paper_stamp_waiting(*, signing_id: int) -> None:
    """Finish a signature that waits for its time stamp; one that does not wait any more is left alone.

    Errors: TimestampUnavailable; then nothing has changed and the job tries again.
    """
    loan_no = PaperSigning.objects.values_list("loan__loan_no", flat=True).get(pk=signing_id)
    loan_locked(loan_no)
    signing = PaperSigning.objects.select_for_update().get(pk=signing_id)
    if signing.state == PaperSigningState.SIGNED:
        paper_stamp(track(signing))


def paper_stamp(signing: PaperSigning) -> None:
    """Sign as the person; seal as the company and tell it once everybody has signed.

    Errors: TimestampUnavailable, SignatureEmpty, SignatureImageBroken; then nothing has changed.
    """
    document_sign_person(
        document_id=signing.document_id,
        signer_name=customer_contact(signing.customer_id).name,
        signature_png=bytes(signing.signature_png or b""),
        evidence=signing.evidence,
        role=signing.role,
    )
    signing.state, signing.signature_png = PaperSigningState.STAMPED, None
    signing.save()
    others = PaperSigning.objects.filter(document_id=signing.document_id)
    if not others.exclude(state=PaperSigningState.STAMPED).exists():
        document_seal(document_id=signing.document_id, legal_entity_id=signing.loan.legal_entity_id)
        publish(PaperConcluded(signing.loan_id, signing.document_id))
