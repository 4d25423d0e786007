"""What payments needs from a bank; ``config.wiring`` installs the adapters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, Protocol

from axle.kernel.money import Fen
from axle.payments.errors import BankChannelUnknown


class BankState(StrEnum):
    """What the bank's answer means for an order. UNKNOWN: nothing can be concluded, ask again."""

    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    NOT_FOUND = "not_found"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PayeeAccount:
    """Where money goes: account holder, bank and account number, in clear."""

    name: str
    bank_name: str
    account_no: str


@dataclass(frozen=True)
class PayoutInstruction:
    """One payment for the bank; ``order_no`` is our number, by which the bank pays at most once."""

    order_no: str
    payer_account_no: str
    payee: PayeeAccount
    amount: Fen
    purpose: str
    transfer_on: date


@dataclass(frozen=True)
class BankAnswer:
    """The bank's word on one order, by reply, query or call-back.

    ``amount`` is None when the bank did not say.
    """

    order_no: str
    state: BankState
    amount: Fen | None = None
    bank_serial: str = ""
    value_on: date | None = None
    code: str = ""
    message: str = ""


@dataclass(frozen=True)
class StatementLine:
    """One movement on a bank account; ``order_no`` is empty when it did not come from an order of ours."""

    bank_serial: str
    direction: Literal["out", "in"]
    amount: Fen
    value_on: date
    order_no: str
    counterparty_name: str
    counterparty_account: str
    remark: str


@dataclass(frozen=True)
class BankStatement:
    """What the bank states of an account's day; ``closing`` is its own balance at the end of it, where it tells one."""

    lines: Sequence[StatementLine]
    closing: Fen | None = None


class BankGateway(Protocol):
    """A bank-enterprise link (银企直联)."""

    def payout_submit(self, instruction: PayoutInstruction) -> BankAnswer:
        """Order one payment.

        Never raises for trouble outside: a time-out or an unreadable reply is UNKNOWN.
        """
        ...

    def payout_query(self, order_no: str) -> BankAnswer:
        """Ask how an order stands; NOT_FOUND only when the bank says that it never took it."""
        ...

    def statement(self, account_no: str, on: date) -> BankStatement:
        """All movements of a day, checked against the statement's own totals. Errors: BankUnavailable."""
        ...

    def balance(self, account_no: str) -> Fen:
        """The account's balance now. Errors: BankUnavailable."""
        ...

    def notice_read(self, body: bytes) -> BankAnswer:
        """Verify and read a call-back. Errors: BankNoticeRefused."""
        ...


_gateways: dict[str, BankGateway] = {}


def bank_gateway_install(channel: str, gateway: BankGateway) -> None:
    """Connect the bank channel that ``BankAccount.channel`` names; done once, in ``axle.config.wiring``."""
    _gateways[channel] = gateway


def bank_gateway(channel: str) -> BankGateway:
    """The adapter of a channel. Errors: BankChannelUnknown."""
    try:
        return _gateways[channel]
    except KeyError as error:
        raise BankChannelUnknown(channel=channel) from error
