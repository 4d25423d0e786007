"""How a payout can go: scripts chosen by a control rule, else by the payee account's last six digits."""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum


class Behaviour(StrEnum):
    """The named ways in which the bank can treat a payout."""

    SUCCESS = "success"
    NAME_MISMATCH = "name_mismatch"
    ACCOUNT_CLOSED = "account_closed"
    ACCEPT_THEN_FAIL = "accept_then_fail"
    DUPLICATE_CALLBACK = "duplicate_callback"
    TIMEOUT_PROCESSED = "timeout_processed"
    TIMEOUT_NOT_PROCESSED = "timeout_not_processed"
    WRONG_SIGNATURE = "wrong_signature"
    DELAYED = "delayed"
    NO_CALLBACK = "no_callback"
    CALLBACK_WRONG_SIGNATURE = "callback_wrong_signature"
    CALLBACK_WRONG_AMOUNT = "callback_wrong_amount"
    UNMAPPED_CODE = "unmapped_code"
    TIMEOUT_CALLBACK = "timeout_callback"


@dataclass(frozen=True)
class Failure:
    """Why the bank does not pay, in its own code and words."""

    code: str
    message: str


NAME_MISMATCH = Failure("E1001", "收款人户名不符")
ACCOUNT_CLOSED = Failure("E1002", "收款账户已销户")
RETURNED = Failure("E2001", "收款行退回")
NO_FUNDS = Failure("E3001", "付款账户余额不足")
UNCLEAR = Failure("E9977", "系统处理异常")


@dataclass(frozen=True)
class Script:
    """What happens to one payout from the submission to the call-back."""

    refusal: Failure | None = None
    settlement_failure: Failure | None = None
    is_unclear: bool = False
    is_processed: bool = True
    is_answered: bool = True
    is_reply_forged: bool = False
    callback_copies: int = 1
    is_callback_forged: bool = False
    is_callback_amount_wrong: bool = False
    delay_seconds: float | None = None


SCRIPTS: dict[Behaviour, Script] = {
    Behaviour.SUCCESS: Script(),
    Behaviour.NAME_MISMATCH: Script(refusal=NAME_MISMATCH),
    Behaviour.ACCOUNT_CLOSED: Script(refusal=ACCOUNT_CLOSED),
    Behaviour.ACCEPT_THEN_FAIL: Script(settlement_failure=RETURNED),
    Behaviour.DUPLICATE_CALLBACK: Script(callback_copies=2),
    Behaviour.TIMEOUT_PROCESSED: Script(is_answered=False, callback_copies=0),
    Behaviour.TIMEOUT_NOT_PROCESSED: Script(is_answered=False, is_processed=False),
    Behaviour.WRONG_SIGNATURE: Script(is_reply_forged=True),
    Behaviour.DELAYED: Script(delay_seconds=60.0),
    Behaviour.NO_CALLBACK: Script(callback_copies=0),
    Behaviour.CALLBACK_WRONG_SIGNATURE: Script(is_callback_forged=True),
    Behaviour.CALLBACK_WRONG_AMOUNT: Script(is_callback_amount_wrong=True),
    Behaviour.UNMAPPED_CODE: Script(is_unclear=True),
    Behaviour.TIMEOUT_CALLBACK: Script(is_answered=False),
}

ACCOUNT_SUFFIXES: dict[str, Behaviour] = {
    "900001": Behaviour.NAME_MISMATCH,
    "900002": Behaviour.ACCOUNT_CLOSED,
    "900003": Behaviour.ACCEPT_THEN_FAIL,
    "900004": Behaviour.DUPLICATE_CALLBACK,
    "900005": Behaviour.TIMEOUT_PROCESSED,
    "900006": Behaviour.TIMEOUT_NOT_PROCESSED,
    "900007": Behaviour.WRONG_SIGNATURE,
    "900008": Behaviour.DELAYED,
    "900009": Behaviour.NO_CALLBACK,
    "900010": Behaviour.CALLBACK_WRONG_SIGNATURE,
    "900011": Behaviour.CALLBACK_WRONG_AMOUNT,
    "900012": Behaviour.UNMAPPED_CODE,
    "900013": Behaviour.TIMEOUT_CALLBACK,
}
"""The last six digits of a payee account that choose a behaviour."""


@dataclass(frozen=True)
class Choice:
    """The behaviour for one submission and how long its settlement takes."""

    behaviour: Behaviour
    delay_seconds: float

    @property
    def script(self) -> Script:
        """The script that the behaviour names."""
        return SCRIPTS[self.behaviour]


def behaviour_choose(
    connection: sqlite3.Connection,
    *,
    out_trade_no: str,
    payee_account: str,
    amount_fen: int,
    default_delay: float,
) -> Choice:
    """The newest matching rule decides (and is used up by one), else the account's suffix, else success."""
    rule = connection.execute(
        "SELECT * FROM bank_rule WHERE (out_trade_no IS NULL OR out_trade_no = ?)"
        " AND (payee_account IS NULL OR payee_account = ?) AND (amount_fen IS NULL OR amount_fen = ?)"
        " AND (times_left IS NULL OR times_left > 0) ORDER BY rule_id DESC LIMIT 1",
        (out_trade_no, payee_account, amount_fen),
    ).fetchone()
    if rule is None:
        behaviour = ACCOUNT_SUFFIXES.get(payee_account[-6:], Behaviour.SUCCESS)
        return Choice(behaviour, _delay(behaviour, default_delay))
    connection.execute("UPDATE bank_rule SET times_left = times_left - 1 WHERE rule_id = ?", (rule["rule_id"],))
    behaviour = Behaviour(rule["behaviour"])
    delay = rule["delay_seconds"]
    return Choice(behaviour, _delay(behaviour, default_delay) if delay is None else delay)


def _delay(behaviour: Behaviour, default: float) -> float:
    own = SCRIPTS[behaviour].delay_seconds
    return default if own is None else own
