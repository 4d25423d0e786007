"""The borrower's side: open the link, ask for the code, sign."""

import base64
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from axle.kernel.money import Fen
from axle.kernel.types import RateStr, Yuan
from axle.origination import permissions as may
from axle.origination.domain.lifecycle import ContractState
from axle.origination.errors import SignatureUnusable
from axle.origination.http.base import api
from axle.origination.models import ConsentLetter, Contract, SigningSession
from axle.origination.parameters import READ_SECONDS
from axle.origination.services.contract_sign import contract_sign
from axle.origination.services.signing_open import paper_of, signing_code_send, signing_open
from axle.origination.services.signing_take import SigningAct
from axle.party.public import customer_contact
from axle.platform.http import ErrorOut, customer_session_start, where
from axle.platform.public import Ctx, Input, acting, parameter_value, spend, system_actor
from axle.sources.public import Purpose

router = Router(tags=["origination"])
OPENINGS_PER_MINUTE = 20
_MAX_PICTURE = 400_000


class SigningOpenIn(Input):
    """The token of the link."""

    token: str = Field(min_length=20, max_length=64)


class ContractToSign(BaseModel):
    """The contract that the customer is asked to sign."""

    contract_id: int
    contract_no: str
    state: ContractState
    vehicle_title: str
    principal: Yuan
    periods: int
    annual_rate: RateStr
    annual_cost_rate: RateStr
    instalment: Yuan
    total_due: Yuan


class LetterToSign(BaseModel):
    """The consent letter that the applicant is asked to sign."""

    letter_id: int
    consent_letter_no: str
    application_id: int
    application_no: str
    consent_purposes: list[Purpose]


class SigningInvitation(BaseModel):
    """What a person is asked to sign: one of the two papers, to be read for some seconds at least."""

    contract: ContractToSign | None
    letter: LetterToSign | None
    min_read_seconds: int
    expires_at: datetime


class ContractIdIn(Input):
    contract_id: int


class SigningActIn(Input):
    """The act of signing: ``signature_png`` is the drawn picture in base64, without a data prefix."""

    code: str = Field(min_length=4, max_length=8)
    signature_png: str = Field(min_length=1, max_length=_MAX_PICTURE)
    read_seconds: int = Field(ge=0, le=86_400)


class ContractSignIn(SigningActIn):
    """Signing a contract, after its cost sheet."""

    contract_id: int
    is_cost_sheet_confirmed: bool


class ContractSignedOut(BaseModel):
    contract_id: int
    contract_no: str
    state: ContractState


class SigningCodeOut(BaseModel):
    """The code is on its way."""

    contract_id: int


@router.post(
    "/signing",
    operation_id="signing_open",
    auth=None,
    response={200: SigningInvitation, 404: ErrorOut, 422: ErrorOut, 429: ErrorOut},
)
def signing_open_route(request: HttpRequest, data: SigningOpenIn) -> HttpResponse:
    """Open the link that was texted: begins the person's session, which reaches their own papers to sign only."""
    place = where(request)
    spend(f"signing_open:{place['ip']}", limit=OPENINGS_PER_MINUTE, seconds=60)
    with acting(system_actor("signing_link", **place), "signing_open"):
        session = signing_open(token=data.token)
    person = customer_contact(paper_of(session).customer_id)
    permissions = [may.CONSENT_GIVE if session.letter_id else may.CONTRACT_SIGN]
    customer_session_start(request, customer_id=person.id, name=person.name, permissions=permissions)
    return HttpResponse(_invitation(session).model_dump_json(), content_type="application/json")


@api.command("signing_code_send", permission=may.CONTRACT_SIGN, subject="contract")
def signing_code_send_command(ctx: Ctx, data: ContractIdIn) -> SigningCodeOut:
    """Text the code that confirms the borrower's will."""
    signing_code_send(actor=ctx.actor, contract_id=data.contract_id)
    return SigningCodeOut(contract_id=data.contract_id)


@api.command("contract_sign", permission=may.CONTRACT_SIGN, subject="contract")
def contract_sign_command(ctx: Ctx, data: ContractSignIn) -> ContractSignedOut:
    """Sign as the borrower; the company's seal follows at once, or when the time-stamp authority answers."""
    contract = contract_sign(
        actor=ctx.actor,
        contract_id=data.contract_id,
        act=signing_act(data),
        is_cost_sheet_confirmed=data.is_cost_sheet_confirmed,
    )
    return ContractSignedOut(
        contract_id=contract.pk, contract_no=contract.contract_no, state=ContractState(contract.state)
    )


def signing_act(data: SigningActIn) -> SigningAct:
    """What was done on the phone page. Errors: SignatureUnusable."""
    return SigningAct(code=data.code, signature_png=_picture(data.signature_png), read_seconds=data.read_seconds)


def _picture(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:  # not base64, or not even ASCII
        raise SignatureUnusable(field="signature_png") from error


def _invitation(session: SigningSession) -> SigningInvitation:
    return SigningInvitation(
        contract=_contract(session.contract) if session.contract else None,
        letter=_letter(session.letter) if session.letter else None,
        min_read_seconds=parameter_value(READ_SECONDS.code),
        expires_at=session.expires_at,
    )


def _contract(contract: Contract) -> ContractToSign:
    return ContractToSign(
        contract_id=contract.pk,
        contract_no=contract.contract_no,
        state=ContractState(contract.state),
        vehicle_title=contract.application.vehicle_title,
        principal=Fen(contract.principal),
        periods=contract.periods,
        annual_rate=contract.annual_rate,
        annual_cost_rate=contract.annual_cost_rate,
        instalment=Fen(contract.instalment),
        total_due=Fen(contract.total_due),
    )


def _letter(letter: ConsentLetter) -> LetterToSign:
    return LetterToSign(
        letter_id=letter.pk,
        consent_letter_no=letter.letter_no,
        application_id=letter.application_id,
        application_no=letter.application.application_no,
        consent_purposes=[Purpose(purpose) for purpose in letter.purposes],
    )
