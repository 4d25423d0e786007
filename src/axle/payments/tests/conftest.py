"""A legal entity with an account at a scripted bank, and a person who orders payments."""

from collections.abc import Callable, Iterator

import pytest

from axle.kernel.money import Fen
from axle.payments import events, permissions
from axle.payments.models import BankAccount, PaymentOrder
from axle.payments.ports import PayeeAccount, bank_gateway_install
from axle.payments.services.bank_account_create import bank_account_create
from axle.payments.services.payout_create import payout_create
from axle.payments.tests.scripted_bank import ScriptedBank
from axle.platform import eventbus
from axle.platform.public import Actor, Subject
from axle.platform.testing import act, make_actor, make_entity

PAYEE = PayeeAccount("杭州某汽车销售有限公司", "中国工商银行杭州分行", "6222021202000000018")


@pytest.fixture
def bank() -> ScriptedBank:
    """The bank behind channel ``scripted``."""
    scripted = ScriptedBank()
    bank_gateway_install("scripted", scripted)
    return scripted


@pytest.fixture
def cashier() -> Actor:
    return make_actor(permissions.PAYMENT_ORDER_VIEW, permissions.PAYMENT_ORDER_MANAGE, name="出纳", employee_id=None)


@pytest.fixture
def account(db: None, bank: ScriptedBank, cashier: Actor) -> BankAccount:
    with act(cashier):
        return bank_account_create(
            actor=cashier,
            legal_entity_id=make_entity().pk,
            name="基本户",
            bank_name="中国工商银行上海分行",
            account_no="1001000012345678",
            channel="scripted",
            ledger_account_code="1002.01",
        )


@pytest.fixture
def order(account: BankAccount, cashier: Actor) -> Callable[..., PaymentOrder]:
    """Make an order: ``order(amount=…, request_no=…)``."""

    def make(*, amount: int = 8_000_000, request_no: str = "R1", payee: PayeeAccount = PAYEE) -> PaymentOrder:
        with act(cashier):
            return payout_create(
                actor=cashier,
                legal_entity_id=account.legal_entity_id,
                amount=Fen(amount),
                payee=payee,
                purpose="购车款",
                ref=Subject("invoice", 7),
                request_no=request_no,
            )

    return make


@pytest.fixture
def told() -> Iterator[list[object]]:
    """Every end of an order that was published, in order."""
    heard: list[object] = []
    for event in (events.PayoutSucceeded, events.PayoutFailed):
        eventbus.on(event, heard.append, when="same_tx")
    yield heard
    for event in (events.PayoutSucceeded, events.PayoutFailed):
        eventbus._same_tx[event].remove(heard.append)
