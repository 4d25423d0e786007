"""The clockwork over its store: call-backs are owed until acknowledged, whatever dies in between."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from axle.sandbox.bank.messages import payout_request
from axle.sandbox.bank.payouts import payout_submit
from axle.sandbox.bank.statements import OPENING_FEN, balance_fen
from axle.sandbox.machine import Machine, SandboxSettings
from axle.sandbox.tests.conftest import Receiver


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    built = Machine(SandboxSettings(var=tmp_path, is_manual=True, delay_seconds=0))
    yield built
    built.stop()


def submit(machine: Machine, url: str, number: str, account: str = "6222021202000000018", amount: int = 500) -> None:
    content = {
        "out_trade_no": number,
        "payer_account": "1001",
        "payee_name": "某公司",
        "payee_account": account,
        "payee_bank": "工行",
        "amount": str(amount),
        "purpose": "购车款",
        "transfer_date": "2026-11-22",
        "notify_url": url,
    }
    with machine.store.transaction() as connection:
        payout_submit(connection, payout_request(content), now=100.0, default_delay=0)


def test_call_back_is_tried_again_until_acknowledged(machine: Machine, receiver: Receiver) -> None:
    receiver.status = "500 Internal Server Error"
    submit(machine, receiver.url, "P1")
    assert machine.advance(100.0) == {"settled": 1, "delivered": 0}
    assert machine.advance(100.5) == {"settled": 0, "delivered": 0}
    receiver.status = "200 OK"
    assert machine.advance(101.0) == {"settled": 0, "delivered": 1}
    assert machine.advance(9999.0) == {"settled": 0, "delivered": 0}
    assert len(receiver.bodies) == 2
    assert len(set(receiver.bodies)) == 1


def test_call_back_is_given_up_after_its_last_attempt(machine: Machine, receiver: Receiver) -> None:
    receiver.status = "403 Forbidden"
    submit(machine, receiver.url, "P1")
    for turn in range(20):
        machine.advance(1e6 * (turn + 1))
    assert len(receiver.bodies) == 8
    assert [row["state"] for row in machine.store.rows("SELECT state FROM callback")] == ["given_up"]


def test_call_back_owed_at_a_power_cut_is_delivered_after_it(tmp_path: Path, receiver: Receiver) -> None:
    before = Machine(SandboxSettings(var=tmp_path, is_manual=True, delay_seconds=0))
    submit(before, receiver.url, "P1")
    with before.store.transaction() as connection:  # settled, and dead before the delivery
        before.bank.settle_in(connection, 100.0)
    before.stop()
    after = Machine(SandboxSettings(var=tmp_path, is_manual=True))
    assert after.advance(100.0) == {"settled": 0, "delivered": 1}
    after.stop()


def test_unreachable_receiver_stops_nobody_else(machine: Machine, receiver: Receiver) -> None:
    submit(machine, "http://127.0.0.1:9/gone", "P1")
    submit(machine, "not a url", "P2")
    submit(machine, receiver.url, "P3")
    assert machine.advance(100.0) == {"settled": 3, "delivered": 1}


def test_balance_is_opening_plus_entries(machine: Machine, receiver: Receiver) -> None:
    for number, amount in (("P1", 100), ("P2", 200), ("P2", 200)):
        submit(machine, receiver.url, number, amount=amount)
    submit(machine, receiver.url, "P3", account="3301040160900003")
    machine.advance(100.0)
    with machine.store.transaction() as connection:
        assert balance_fen(connection, "1001") == OPENING_FEN - 300
