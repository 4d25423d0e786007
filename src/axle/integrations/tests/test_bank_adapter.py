"""The bank adapter against the real sandbox process: every way in which an order can go."""

from collections.abc import Iterator
from datetime import date
from itertools import count

import httpx
import pytest

from axle.integrations.bank_sandbox.gateway import BankSandboxGateway
from axle.integrations.bank_sandbox.wire import BankLink
from axle.integrations.testing import SandboxProcess
from axle.kernel.money import Fen
from axle.payments.errors import BankNoticeRefused, BankUnavailable
from axle.payments.ports import BankState, PayeeAccount, PayoutInstruction

ON = date(2026, 11, 22)
PAYER = "6222021001000000018"
_numbers = count(1)


@pytest.fixture
def gateway(sandbox: SandboxProcess) -> Iterator[BankSandboxGateway]:
    yield BankSandboxGateway(
        BankLink(
            base_url=sandbox.url,
            notify_url="http://127.0.0.1:9/api/v1/callbacks/bank/bank_sandbox",
            client_key=sandbox.keys / "bank_client.pem",
            bank_key=sandbox.keys / "bank_sandbox.pub.pem",
            read_seconds=0.4,
        )
    )
    sandbox.tell("bank/reset")


def order(*, account_no: str = "3301040160000012345", amount: int = 8_000_000, number: str = "") -> PayoutInstruction:
    return PayoutInstruction(
        order_no=number or f"PO{ON:%Y%m%d}{next(_numbers):06d}",
        payer_account_no=PAYER,
        payee=PayeeAccount("杭州某汽车销售有限公司", "中国工商银行杭州分行", account_no),
        amount=Fen(amount),
        purpose="购车款",
        transfer_on=ON,
    )


def entries(sandbox: SandboxProcess, order_no: str) -> int:
    found = sandbox.look("bank/payouts", out_trade_no=order_no)
    return sum(row["entries"] for row in found)


def test_accepted_then_paid(sandbox: SandboxProcess, gateway: BankSandboxGateway) -> None:
    instruction = order()
    before = gateway.balance(PAYER)
    assert gateway.payout_submit(instruction).state is BankState.PROCESSING
    assert gateway.payout_query(instruction.order_no).state is BankState.PROCESSING
    sandbox.run()
    answer = gateway.payout_query(instruction.order_no)
    assert (answer.state, answer.amount, answer.value_on) == (BankState.SUCCEEDED, 8_000_000, ON)
    assert gateway.balance(PAYER) == before - 8_000_000


def test_same_number_never_pays_twice(sandbox: SandboxProcess, gateway: BankSandboxGateway) -> None:
    instruction = order()
    gateway.payout_submit(instruction)
    sandbox.run()
    assert gateway.payout_submit(instruction).state is BankState.SUCCEEDED
    sandbox.run()
    assert entries(sandbox, instruction.order_no) == 1


def test_same_number_with_other_content_concludes_nothing(sandbox: SandboxProcess, gateway: BankSandboxGateway) -> None:
    instruction = order()
    gateway.payout_submit(instruction)
    answer = gateway.payout_submit(order(number=instruction.order_no, amount=1))
    assert (answer.state, answer.code) == (BankState.UNKNOWN, "400012")
    sandbox.run()
    assert gateway.payout_query(instruction.order_no).amount == 8_000_000


@pytest.mark.parametrize(("suffix", "code"), [("900001", "name_mismatch"), ("900002", "account_closed")])
def test_refused_at_once(sandbox: SandboxProcess, gateway: BankSandboxGateway, suffix: str, code: str) -> None:
    instruction = order(account_no=f"3301040160{suffix}")
    answer = gateway.payout_submit(instruction)
    assert (answer.state, answer.code) == (BankState.FAILED, code)
    sandbox.run()
    assert gateway.payout_query(instruction.order_no).state is BankState.FAILED
    assert entries(sandbox, instruction.order_no) == 0


def test_accepted_then_returned(sandbox: SandboxProcess, gateway: BankSandboxGateway) -> None:
    instruction = order(account_no="3301040160900003")
    assert gateway.payout_submit(instruction).state is BankState.PROCESSING
    sandbox.run()
    answer = gateway.payout_query(instruction.order_no)
    assert (answer.state, answer.code, answer.message) == (BankState.FAILED, "returned", "收款行退回")
    assert entries(sandbox, instruction.order_no) == 0


def test_time_out_after_processing_is_unknown_until_asked(sandbox: SandboxProcess, gateway: BankSandboxGateway) -> None:
    instruction = order(account_no="3301040160900005")
    answer = gateway.payout_submit(instruction)
    assert (answer.state, answer.code) == (BankState.UNKNOWN, "bank_timeout")
    sandbox.run()
    assert gateway.payout_query(instruction.order_no).state is BankState.SUCCEEDED
    assert entries(sandbox, instruction.order_no) == 1


def test_time_out_before_processing_is_not_found_and_may_be_sent_again(
    sandbox: SandboxProcess, gateway: BankSandboxGateway
) -> None:
    instruction = order(account_no="3301040160900006")
    assert gateway.payout_submit(instruction).state is BankState.UNKNOWN
    assert gateway.payout_query(instruction.order_no).state is BankState.NOT_FOUND
    assert gateway.payout_submit(instruction).state is BankState.PROCESSING
    sandbox.run()
    assert entries(sandbox, instruction.order_no) == 1


def test_reply_with_a_wrong_signature_concludes_nothing(sandbox: SandboxProcess, gateway: BankSandboxGateway) -> None:
    instruction = order(account_no="3301040160900007")
    answer = gateway.payout_submit(instruction)
    assert (answer.state, answer.code) == (BankState.UNKNOWN, "bank_signature_wrong")
    assert gateway.payout_query(instruction.order_no).state is BankState.PROCESSING


def test_unmapped_code_concludes_nothing(sandbox: SandboxProcess, gateway: BankSandboxGateway) -> None:
    sandbox.tell("bank", behaviour="unmapped_code", times=1)
    instruction = order()
    answer = gateway.payout_submit(instruction)
    assert (answer.state, answer.code) == (BankState.UNKNOWN, "E9977")
    sandbox.run()
    assert gateway.payout_query(instruction.order_no).state is BankState.SUCCEEDED


def test_delayed_payout_stays_in_processing(sandbox: SandboxProcess, gateway: BankSandboxGateway) -> None:
    instruction = order(account_no="3301040160900008")
    gateway.payout_submit(instruction)
    sandbox.run(seconds=30)
    assert gateway.payout_query(instruction.order_no).state is BankState.PROCESSING
    sandbox.run(seconds=90)
    assert gateway.payout_query(instruction.order_no).state is BankState.SUCCEEDED


def test_payer_without_funds_is_refused(sandbox: SandboxProcess, gateway: BankSandboxGateway) -> None:
    instruction = order(amount=100_000_000_001)
    gateway.payout_submit(instruction)
    sandbox.run()
    assert gateway.payout_query(instruction.order_no).code == "insufficient_funds"


def test_what_was_accepted_survives_a_power_cut(sandbox: SandboxProcess, gateway: BankSandboxGateway) -> None:
    instruction = order()
    gateway.payout_submit(instruction)
    sandbox.kill()
    assert gateway.payout_query(instruction.order_no).state is BankState.UNKNOWN
    sandbox.start()
    sandbox.run()
    assert gateway.payout_query(instruction.order_no).state is BankState.SUCCEEDED
    assert entries(sandbox, instruction.order_no) == 1


def test_bank_that_cannot_be_reached_concludes_nothing(sandbox: SandboxProcess) -> None:
    link = BankLink(
        base_url="http://127.0.0.1:9",
        notify_url="http://127.0.0.1:9/x",
        client_key=sandbox.keys / "bank_client.pem",
        bank_key=sandbox.keys / "bank_sandbox.pub.pem",
    )
    answer = BankSandboxGateway(link).payout_submit(order())
    assert (answer.state, answer.code) == (BankState.UNKNOWN, "bank_unreachable")
    with pytest.raises(BankUnavailable):
        BankSandboxGateway(link).balance(PAYER)


def test_unsigned_request_moves_nothing(sandbox: SandboxProcess, gateway: BankSandboxGateway) -> None:
    form = {"app_id": "AXLE-DEMO", "msg_id": "m1", "sign_type": "RSA2", "biz_content": "{}", "sign": "AAAA"}
    before = sandbox.look("bank/payouts")
    reply = httpx.post(f"{sandbox.url}/bank/gateway/payout/submit/V1", data=form, trust_env=False).json()
    assert reply["response_biz_content"]["return_code"] == "400017"
    assert sandbox.look("bank/payouts") == before


def test_statement_pages_add_up(sandbox: SandboxProcess, gateway: BankSandboxGateway) -> None:
    account = "6222021001000000026"
    for number in range(203):
        sandbox.tell(
            "bank/credit",
            account_no=account,
            bank_serial=f"IN{number}",
            amount=number + 1,
            value_date="2026-11-20",
        )
    stated = gateway.statement(account, date(2026, 11, 20))
    lines = stated.lines
    assert (len(lines), sum(line.amount for line in lines)) == (203, 203 * 204 // 2)
    assert {line.direction for line in lines} == {"in"}
    quiet, before = (gateway.statement(account, date(2026, 11, day)) for day in (21, 19))
    assert quiet.lines == before.lines == []
    assert stated.closing == quiet.closing == gateway.balance(account)
    assert stated.closing == (before.closing or 0) + 203 * 204 // 2


def test_notice_is_believed_only_with_the_banks_signature(sandbox: SandboxProcess, gateway: BankSandboxGateway) -> None:
    for body in (b"", b"\xff", b"biz_content={}", b"biz_content=%7B%7D&sign=AAAA"):
        with pytest.raises(BankNoticeRefused):
            gateway.notice_read(body)
