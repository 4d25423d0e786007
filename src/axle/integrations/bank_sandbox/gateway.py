"""``payments.ports.BankGateway`` over the signed wire."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from axle.integrations.bank_sandbox.codes import ACCEPTED, NOT_FOUND, REFUSALS, STATES
from axle.integrations.bank_sandbox.signing import SignatureWrong, string_to_sign, verify
from axle.integrations.bank_sandbox.wire import BankLink, BankWire, ExchangeFailed
from axle.kernel.money import Fen
from axle.payments.errors import BankNoticeRefused, BankUnavailable
from axle.payments.ports import BankAnswer, BankState, BankStatement, PayoutInstruction, StatementLine

SUBMIT = "/bank/gateway/payout/submit/V1"
QUERY = "/bank/gateway/payout/query/V1"
STATEMENT = "/bank/gateway/account/statement/V1"
BALANCE = "/bank/gateway/account/balance/V1"


class BankSandboxGateway:
    """The sandbox bank as payments sees it."""

    def __init__(self, link: BankLink) -> None:
        self._wire = BankWire(link)

    def payout_submit(self, instruction: PayoutInstruction) -> BankAnswer:
        """Order one payment; what is not clearly accepted or refused is UNKNOWN."""
        content = {
            "out_trade_no": instruction.order_no,
            "payer_account": instruction.payer_account_no,
            "payee_name": instruction.payee.name,
            "payee_account": instruction.payee.account_no,
            "payee_bank": instruction.payee.bank_name,
            "amount": str(instruction.amount),
            "purpose": instruction.purpose,
            "transfer_date": instruction.transfer_on.isoformat(),
            "notify_url": self._wire.link.notify_url,
        }
        return self._ask(SUBMIT, content, instruction.order_no)

    def payout_query(self, order_no: str) -> BankAnswer:
        """Ask how an order stands."""
        return self._ask(QUERY, {"out_trade_no": order_no}, order_no)

    def statement(self, account_no: str, on: date) -> BankStatement:
        """All pages of a day; count and sums must agree with the trailer. Errors: BankUnavailable."""
        lines: list[StatementLine] = []
        while True:
            page = len(lines) // 200 + 1
            content = self._fetch(STATEMENT, {"account_no": account_no, "date": on.isoformat(), "page": page})
            found = [_line(entry) for entry in content["entries"]]
            lines += found
            if not found or len(lines) >= int(content["total_count"]):
                _check_totals(lines, content)
                return BankStatement(lines, Fen(int(content["closing_balance"])))

    def balance(self, account_no: str) -> Fen:
        """The balance now. Errors: BankUnavailable."""
        return Fen(int(self._fetch(BALANCE, {"account_no": account_no})["balance"]))

    def notice_read(self, body: bytes) -> BankAnswer:
        """Verify and read a call-back. Errors: BankNoticeRefused."""
        try:
            form = dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
            path = urlsplit(self._wire.link.notify_url).path
            verify(string_to_sign(path, form), form.get("sign", ""), self._wire.bank_key)
            content = json.loads(form["biz_content"])
            return _answer(content, str(content["out_trade_no"]))
        except (SignatureWrong, ValueError, KeyError, TypeError, OSError) as error:
            raise BankNoticeRefused() from error

    def _ask(self, path: str, content: Mapping[str, Any], order_no: str) -> BankAnswer:
        try:
            reply = self._wire.exchange(path, content)
            return _answer(reply, order_no)
        except ExchangeFailed as error:
            return BankAnswer(order_no, BankState.UNKNOWN, code=error.code)
        except (ValueError, KeyError, TypeError):
            return BankAnswer(order_no, BankState.UNKNOWN, code="bank_reply_unreadable")

    def _fetch(self, path: str, content: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            reply = self._wire.exchange(path, content)
        except ExchangeFailed as error:
            raise BankUnavailable(reason=error.code) from error
        if reply.get("return_code") != ACCEPTED:
            raise BankUnavailable(reason=str(reply.get("return_code")))
        return reply


def _answer(content: Mapping[str, Any], order_no: str) -> BankAnswer:
    """Read a payout's state. A final state counts only with all its facts, and only for this order."""
    code, message = str(content.get("return_code", ACCEPTED)), str(content.get("return_msg", ""))
    if code == NOT_FOUND:
        return BankAnswer(order_no, BankState.NOT_FOUND, code=code, message=message)
    if content.get("out_trade_no") != order_no or (code != ACCEPTED and code not in REFUSALS):
        return BankAnswer(order_no, BankState.UNKNOWN, code=code, message=message)
    return _stated(content, order_no)


def _stated(content: Mapping[str, Any], order_no: str) -> BankAnswer:
    state = STATES.get(str(content["status"]), BankState.UNKNOWN)
    fail_code = str(content["fail_code"])
    if state is BankState.FAILED and fail_code not in REFUSALS:
        state = BankState.UNKNOWN
    return BankAnswer(
        order_no=order_no,
        state=state,
        amount=Fen(int(content["amount"])),
        bank_serial=str(content["bank_serial"]),
        value_on=date.fromisoformat(content["value_date"]) if state is BankState.SUCCEEDED else None,
        code=REFUSALS.get(fail_code, fail_code),
        message=str(content["fail_message"]),
    )


def _line(entry: Mapping[str, Any]) -> StatementLine:
    return StatementLine(
        bank_serial=entry["bank_serial"],
        direction="out" if entry["direction"] == "OUT" else "in",
        amount=Fen(int(entry["amount"])),
        value_on=date.fromisoformat(entry["value_date"]),
        order_no=entry["out_trade_no"],
        counterparty_name=entry["counterparty_name"],
        counterparty_account=entry["counterparty_account"],
        remark=entry["remark"],
    )


def _check_totals(lines: Sequence[StatementLine], trailer: Mapping[str, Any]) -> None:
    paid = sum(line.amount for line in lines if line.direction == "out")
    received = sum(line.amount for line in lines if line.direction == "in")
    told = (int(trailer["total_count"]), int(trailer["total_out"]), int(trailer["total_in"]))
    if told != (len(lines), paid, received):
        raise BankUnavailable(reason="statement_totals_differ")
