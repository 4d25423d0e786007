"""Asking people to sign a paper of a loan, and ending that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from axle.messaging.public import sms_send
from axle.party.public import customer_contact
from axle.platform.public import Subject, created, track
from axle.servicing.models import Loan, PaperSigning, PaperSigningState

SMS_TEMPLATE = "loan_paper_to_sign"


@dataclass(frozen=True)
class Signer:
    """A customer and the place of the paper where they sign."""

    customer_id: int
    role: str


def signings_open(*, loan: Loan, document_id: int, signers: Sequence[Signer], sign_until: date) -> None:
    """Ask people to sign a paper of a loan, each by a text message with a link to it."""
    for signer in signers:
        created(
            PaperSigning.objects.create(
                loan=loan,
                document_id=document_id,
                customer_id=signer.customer_id,
                role=signer.role,
                sign_until=sign_until,
            )
        )
        sms_send(
            template=SMS_TEMPLATE,
            phone=customer_contact(signer.customer_id).phone,
            variables={
                "contract_no": loan.contract_no,
                "until": sign_until.isoformat(),
                "link": f" {settings.AXLE_PUBLIC_URL}/me#/documents/{document_id} ",
            },
            ref=Subject("loan", loan.pk),
        )


def signings_cancel(document_id: int | None) -> None:
    """The paper is not to be signed any more."""
    for signing in PaperSigning.objects.select_for_update().filter(
        document_id=document_id or 0, state=PaperSigningState.WAITING
    ):
        track(signing).state = PaperSigningState.CANCELLED
        signing.save()
