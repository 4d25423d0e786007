"""A bank in memory that does what the test says; it remembers every payment that it made."""

from dataclasses import dataclass, field, replace
from datetime import date

from axle.kernel.money import Fen
from axle.payments.errors import BankNoticeRefused
from axle.payments.ports import BankAnswer, BankState, BankStatement, PayoutInstruction, StatementLine


class PowerCut(BaseException):
    """The worker dies here."""


@dataclass
class ScriptedBank:
    """``reply`` says how submissions are answered; ``takes`` whether they are taken; ``cut`` kills the worker."""

    reply: BankState = BankState.PROCESSING
    takes: bool = True
    cut: str = ""
    taken: dict[str, BankAnswer] = field(default_factory=dict)
    submissions: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    lines: list[StatementLine] = field(default_factory=list)
    notices: dict[bytes, BankAnswer] = field(default_factory=dict)

    def payout_submit(self, instruction: PayoutInstruction) -> BankAnswer:
        if self.cut == "before":
            raise PowerCut
        self.submissions.append(instruction.order_no)
        if self.takes:
            self._take(instruction)
        if self.cut == "after":
            raise PowerCut
        known = self.taken.get(instruction.order_no)
        if self.reply is BankState.PROCESSING and known is not None:
            return known
        return BankAnswer(instruction.order_no, self.reply, code="name_mismatch", message="收款人户名不符")

    def payout_query(self, order_no: str) -> BankAnswer:
        self.queries.append(order_no)
        return self.taken.get(order_no) or BankAnswer(order_no, BankState.NOT_FOUND)

    def statement(self, account_no: str, on: date) -> BankStatement:
        moved = [line.amount if line.direction == "in" else -line.amount for line in self.lines if line.value_on <= on]
        return BankStatement([line for line in self.lines if line.value_on == on], Fen(sum(moved)))

    def balance(self, account_no: str) -> Fen:
        return Fen(0)

    def notice_read(self, body: bytes) -> BankAnswer:
        if body not in self.notices:
            raise BankNoticeRefused()
        return self.notices[body]

    def settle(self, order_no: str, on: date, state: BankState = BankState.SUCCEEDED) -> BankAnswer:
        """End an order at the bank; a paid one appears on the statement."""
        answer = replace(self.taken[order_no], state=state, bank_serial=f"S{order_no}")
        if state is BankState.SUCCEEDED:
            answer = replace(answer, value_on=on)
            self.lines.append(debit(order_no, answer.amount or Fen(0), on))
        self.taken[order_no] = answer
        return answer

    def _take(self, instruction: PayoutInstruction) -> None:
        first = BankAnswer(instruction.order_no, BankState.PROCESSING, instruction.amount)
        self.taken.setdefault(instruction.order_no, first)


def debit(order_no: str, amount: int, on: date, serial: str = "") -> StatementLine:
    """A statement line that pays an order."""
    return StatementLine(
        serial or f"S{order_no}", "out", Fen(amount), on, order_no, "杭州某汽车销售有限公司", "6222", "购车款"
    )
