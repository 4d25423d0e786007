"""Payments over the real wire: sandbox process, signed call-backs into a live server, workers killed for real."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count

import pytest
from django.db import connection

from axle.integrations.public import bank_sandbox
from axle.integrations.testing import SandboxProcess, sandbox_running
from axle.kernel.money import Fen
from axle.payments.checks import payment_order_steps, payments_equal_bank_statement
from axle.payments.events import PayoutFailed, PayoutSucceeded
from axle.payments.models import BankNotice, PaymentOrder
from axle.payments.ports import PayeeAccount, bank_gateway_install
from axle.payments.public import bank_account_create, payout_create
from axle.payments.services.payout_query import payout_follow_up
from axle.payments.services.reconciliation_run import reconciliation_run
from axle.platform import eventbus
from axle.platform.public import Subject, business_date
from axle.platform.testing import act, forget_jobs, make_actor, make_entity, run_jobs

pytestmark = pytest.mark.django_db(transaction=True)
WAIT_SECONDS = 20
_accounts = count(1)


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory, live_server) -> Iterator[SandboxProcess]:
    """A sandbox that calls back into the live server; each test pays from an account of its own."""
    with sandbox_running(tmp_path_factory.mktemp("wire")) as sandbox:
        gateway = bank_sandbox(sandbox_url=sandbox.url, own_url=live_server.url, keys=sandbox.keys, read_seconds=0.5)
        bank_gateway_install("bank_sandbox", gateway)
        yield sandbox


@pytest.fixture
def told(transactional_db: None) -> Iterator[list[object]]:
    forget_jobs()
    heard: list[object] = []
    for event in (PayoutSucceeded, PayoutFailed):
        eventbus.on(event, heard.append, when="same_tx")
    yield heard
    for event in (PayoutSucceeded, PayoutFailed):
        eventbus._same_tx[event].remove(heard.append)


def order(account_no: str, request_no: str = "R1") -> PaymentOrder:
    actor = make_actor(name="出纳")
    entity = make_entity()
    with act(actor):
        bank_account_create(
            actor=actor,
            legal_entity_id=entity.pk,
            name="基本户",
            bank_name="中国工商银行上海分行",
            account_no=f"10010000{next(_accounts):08d}",
            channel="bank_sandbox",
            ledger_account_code="1002.01",
        )
        made = payout_create(
            actor=actor,
            legal_entity_id=entity.pk,
            amount=Fen(8_000_000),
            payee=PayeeAccount("杭州某汽车销售有限公司", "中国工商银行杭州分行", account_no),
            purpose="购车款",
            ref=Subject("invoice", 7),
            request_no=request_no,
        )
    return PaymentOrder.objects.get(order_no=made.order_no)


def state(made: PaymentOrder) -> str:
    return PaymentOrder.objects.get(pk=made.pk).state


def outcomes() -> list[str]:
    return sorted(BankNotice.objects.values_list("outcome", flat=True))


def paid_times(sandbox: SandboxProcess, made: PaymentOrder) -> int:
    return sum(row["entries"] for row in sandbox.look("bank/payouts", out_trade_no=made.order_no))


def assert_books_agree(made: PaymentOrder) -> None:
    actor = make_actor(name="会计")
    with act(actor):
        run = reconciliation_run(actor=actor, bank_account_id=made.bank_account_id, on=business_date())
    assert (run.matched, run.breaks) == (1, 0)
    assert payment_order_steps() + payments_equal_bank_statement() == []


def test_paid_by_call_back(wire: SandboxProcess, told: list[object]) -> None:
    made = order("3301040160000012345")
    run_jobs()
    assert state(made) == "accepted"
    assert wire.run() == {"settled": 1, "delivered": 1}
    assert (state(made), len(told), outcomes()) == ("succeeded", 1, ["applied"])
    assert_books_agree(made)


def test_two_call_backs_at_the_same_moment_end_it_once(wire: SandboxProcess, told: list[object]) -> None:
    made = order("3301040160900004")
    run_jobs()
    wire.run()
    assert (state(made), len(told), outcomes()) == ("succeeded", 1, ["applied", "duplicate"])


def test_accepted_then_returned(wire: SandboxProcess, told: list[object]) -> None:
    made = order("3301040160900003")
    run_jobs()
    wire.run()
    assert told == [PayoutFailed(made.order_no, "R1", Subject("invoice", 7), "returned", "收款行退回")]
    assert paid_times(wire, made) == 0


def test_time_out_is_unknown_and_resolved_by_a_query(wire: SandboxProcess, told: list[object]) -> None:
    made = order("3301040160900005")
    run_jobs()
    assert state(made) == "unknown"
    wire.run()
    assert (state(made), told) == ("unknown", [])
    payout_follow_up(order_no=made.order_no)
    assert (state(made), len(told), paid_times(wire, made)) == ("succeeded", 1, 1)
    assert_books_agree(made)


def test_a_call_back_about_the_unknown_makes_us_ask(wire: SandboxProcess, told: list[object]) -> None:
    made = order("3301040160900013")
    run_jobs()
    assert state(made) == "unknown"
    wire.run()
    assert (state(made), told, outcomes()) == ("unknown", [], ["query_due"])
    payout_follow_up(order_no=made.order_no)
    assert (state(made), len(told), paid_times(wire, made)) == ("succeeded", 1, 1)


@pytest.mark.parametrize(("suffix", "heard"), [("900009", []), ("900010", []), ("900011", ["query_due"])])
def test_call_back_that_cannot_be_believed(
    wire: SandboxProcess, told: list[object], suffix: str, heard: list[str]
) -> None:
    made = order(f"3301040160{suffix}")
    run_jobs()
    wire.run()
    assert (state(made), told, outcomes()) == ("accepted", [], heard)
    payout_follow_up(order_no=made.order_no)
    assert (state(made), len(told)) == ("succeeded", 1)


def test_worker_killed_while_the_bank_pays_never_pays_twice(wire: SandboxProcess, told: list[object]) -> None:
    made = order("3301040160900005")
    worker = _worker(made, wire)
    _wait_until(lambda: bool(wire.look("bank/payouts", out_trade_no=made.order_no)))
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert state(made) == "sent"
    assert run_jobs() == ["send_payment_order"]  # the job, rescued
    wire.run()
    payout_follow_up(order_no=made.order_no)
    assert (state(made), len(told), paid_times(wire, made)) == ("succeeded", 1, 1)
    assert_books_agree(made)


def _worker(made: PaymentOrder, sandbox: SandboxProcess) -> subprocess.Popen[bytes]:
    database = connection.settings_dict
    port = f"&port={database['PORT']}" if database["PORT"] else ""
    url = f"postgresql://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}?host={database['HOST']}{port}"
    return subprocess.Popen(
        [sys.executable, "-m", "axle.integrations.tests.paying_worker", sandbox.url, str(sandbox.keys), made.order_no],
        env={**os.environ, "DATABASE_URL": url},
    )


def _wait_until(is_so) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)
