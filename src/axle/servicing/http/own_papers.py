"""Papers that wait for the signature of the person who asks, on the phone."""

import base64
from datetime import date

from pydantic import BaseModel, Field

from axle.documents.errors import SignatureImageBroken
from axle.documents.public import document_get
from axle.platform.public import Actor, Ctx, Input, parameter_value
from axle.servicing import permissions as may
from axle.servicing.http.base import api
from axle.servicing.models import PaperSigning, PaperSigningState
from axle.servicing.parameters import PAPER_READ_SECONDS
from axle.servicing.services import paper_sign as signing

_MAX_PICTURE = 400_000


class PaperIn(Input):
    document_id: int


class PaperSignIn(PaperIn):
    """The act of signing: ``signature_png`` is the drawn picture in base64, without a data prefix."""

    code: str = Field(min_length=4, max_length=8)
    signature_png: str = Field(min_length=1, max_length=_MAX_PICTURE)
    read_seconds: int = Field(ge=0, le=86_400)


class PaperOut(BaseModel):
    """A paper that waits for a signature, until the end of a day."""

    document_id: int
    document_title: str
    loan_no: str
    sign_until: date
    min_read_seconds: int


class PapersOut(BaseModel):
    items: list[PaperOut]


class PaperSignedOut(BaseModel):
    document_id: int
    signing_state: PaperSigningState


@api.query("own_papers", "/me/papers", permission=may.PAPER_SIGN)
def own_papers(actor: Actor) -> PapersOut:
    """What the person who asks has to sign."""
    rows = PaperSigning.objects.filter(customer_id=actor.customer_id or 0, state=PaperSigningState.WAITING)
    seconds = parameter_value(PAPER_READ_SECONDS.code)
    return PapersOut(
        items=[
            PaperOut(
                document_id=row.document_id,
                document_title=document_get(row.document_id).title,
                loan_no=row.loan.loan_no,
                sign_until=row.sign_until,
                min_read_seconds=seconds,
            )
            for row in rows.select_related("loan").order_by("pk")
        ]
    )


@api.command("paper_code_send", permission=may.PAPER_SIGN, subject="document")
def paper_code_send(ctx: Ctx, data: PaperIn) -> PaperIn:
    """Text the code that confirms the person's will."""
    signing.paper_code_send(actor=ctx.actor, document_id=data.document_id)
    return data


@api.command("paper_sign", permission=may.PAPER_SIGN, subject="document")
def paper_sign(ctx: Ctx, data: PaperSignIn) -> PaperSignedOut:
    """Sign a paper of one's loan; with the last signature what was agreed is carried out."""
    act = signing.PaperAct(code=data.code, signature_png=_picture(data.signature_png), read_seconds=data.read_seconds)
    done = signing.paper_sign(actor=ctx.actor, document_id=data.document_id, act=act)
    return PaperSignedOut(document_id=data.document_id, signing_state=PaperSigningState(done.state))


def _picture(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:  # not base64, or not even ASCII
        raise SignatureImageBroken(field="signature_png") from error
