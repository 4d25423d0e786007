"""Contracts and disbursements of tests: the same acts that people do."""

import io
import re
from typing import Any

from django.apps import apps
from PIL import Image, ImageDraw

from axle.kernel.money import Fen
from axle.origination import permissions as may
from axle.origination.models import Application, Contract, Disbursement
from axle.origination.services.conditions_settle import condition_confirm
from axle.origination.services.contract_create import contract_create
from axle.origination.services.contract_sign import contract_sign
from axle.origination.services.disbursement_register import disbursement_approve, disbursement_register
from axle.origination.services.signing_open import signing_code_send, signing_open
from axle.origination.services.signing_send import contract_send_for_signing
from axle.origination.services.signing_take import SigningAct
from axle.origination.tests.world import DEALER_ACCOUNT, World, capture
from axle.payments.ports import BankAnswer, BankState, PayoutInstruction
from axle.platform.public import Actor, customer_actor
from axle.platform.testing import act


def signature_png() -> bytes:
    """Strokes on transparent ground, as a signature pad sends them."""
    image = Image.new("RGBA", (600, 300), (0, 0, 0, 0))
    strokes = [(60, 200), (160, 60), (260, 240), (410, 80), (540, 180)]
    ImageDraw.Draw(image).line(strokes, fill=(0, 0, 0, 255), width=8)
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def texts() -> list[str]:
    """Text messages, oldest first."""
    return [message.content for message in apps.get_model("messaging.Message").objects.order_by("pk")]


def token_sent() -> str:
    """The token of the last link that was texted."""
    return re.findall(r"/sign/([\w-]+)", " ".join(texts()), re.ASCII)[-1]


def code_sent() -> str:
    """The last code that was texted."""
    return re.findall(r"验证码是(\d{6})", " ".join(texts()))[-1]


def borrower(contract: Contract) -> Actor:
    """The customer behind the link."""
    return customer_actor(
        customer_id=contract.customer_id, name="张伟", permissions=[may.CONTRACT_SIGN], ip="10.0.0.8", device="phone"
    )


def contracted(world: World, application: Application | None = None) -> Contract:
    """The contract of an approved application."""
    application = application or world.submitted()
    with act(world.person("clerk")) as clerk:
        return contract_create(actor=clerk, application_id=application.pk)


def sent(world: World, contract: Contract | None = None) -> Contract:
    """A contract whose link was sent and opened."""
    contract = contract or contracted(world)
    with act(world.person("clerk")) as clerk:
        contract_send_for_signing(actor=clerk, contract_id=contract.pk)
        signing_open(token=token_sent())
    return contract


def sign(contract: Contract, **changes: Any) -> Contract:
    """Ask for the code and sign with it."""
    customer = borrower(contract)
    with act(customer):
        signing_code_send(actor=customer, contract_id=contract.pk)
    said = {
        "code": code_sent(), "signature_png": signature_png(), "is_cost_sheet_confirmed": True, "read_seconds": 45,
    } | changes  # fmt: skip
    with act(customer):
        is_confirmed = said.pop("is_cost_sheet_confirmed")
        act_ = SigningAct(**said)
        return contract_sign(actor=customer, contract_id=contract.pk, act=act_, is_cost_sheet_confirmed=is_confirmed)


def signed(world: World, application: Application | None = None) -> Disbursement:
    """The disbursement of a signed contract."""
    contract = sign(sent(world, contracted(world, application)))
    return Disbursement.objects.get(contract=contract)


def ready(world: World, disbursement: Disbursement | None = None) -> Disbursement:
    """A disbursement whose conditions all hold."""
    disbursement = disbursement or signed(world)
    application = disbursement.contract.application
    capture(application, application.form, "vehicle_invoice")
    scan = apps.get_model("platform.StoredFile").objects.latest("pk")
    with act(world.person("cashier")) as cashier:
        same = {name: getattr(scan, name) for name in ("sha256", "name", "content_type", "size")}
        stored = type(scan).objects.create(uploaded_by=cashier.key, **same)
        for code in disbursement.conditions.filter(kind="manual").values_list("code", flat=True):
            condition_confirm(
                actor=cashier, disbursement_id=disbursement.pk, code=code, is_met=True, note="已核", file_id=stored.pk
            )
    return disbursement


def registered(world: World, disbursement: Disbursement | None = None) -> Disbursement:
    """A registered disbursement."""
    disbursement = disbursement or ready(world)
    with act(world.person("cashier")) as cashier:
        return disbursement_register(actor=cashier, disbursement_id=disbursement.pk)


def approved(world: World, disbursement: Disbursement | None = None) -> Disbursement:
    """A reviewed disbursement, its payment ordered."""
    disbursement = disbursement or registered(world)
    with act(world.person("checker")) as checker:
        return disbursement_approve(actor=checker, disbursement_id=disbursement.pk, account_tail=DEALER_ACCOUNT[-4:])


class SilentBank:
    """A bank that takes every order and says nothing yet."""

    def __init__(self) -> None:
        self.orders: list[PayoutInstruction] = []

    def payout_submit(self, instruction: PayoutInstruction) -> BankAnswer:
        self.orders.append(instruction)
        return BankAnswer(instruction.order_no, BankState.PROCESSING, Fen(instruction.amount))
