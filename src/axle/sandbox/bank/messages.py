"""What travels in ``biz_content``: requests read and checked, results written."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

MAX_TEXT = 200


class BusinessRefusal(Exception):
    """The gateway answers with a return code instead of a result."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message


@dataclass(frozen=True)
class PayoutRequest:
    """The business content of one submission; ``transfer_date`` is the day that the bank books it on."""

    out_trade_no: str
    payer_account: str
    payee_name: str
    payee_account: str
    payee_bank: str
    amount_fen: int
    purpose: str
    transfer_date: str
    notify_url: str

    @property
    def fingerprint(self) -> str:
        """Equal for equal content."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)


def payout_request(content: Mapping[str, Any]) -> PayoutRequest:
    """Read a submission. Errors: BusinessRefusal 400002 names the field."""
    return PayoutRequest(
        out_trade_no=text_field(content, "out_trade_no"),
        payer_account=text_field(content, "payer_account"),
        payee_name=text_field(content, "payee_name"),
        payee_account=text_field(content, "payee_account"),
        payee_bank=text_field(content, "payee_bank"),
        amount_fen=fen_field(content, "amount"),
        purpose=text_field(content, "purpose"),
        transfer_date=day_field(content, "transfer_date"),
        notify_url=text_field(content, "notify_url"),
    )


def text_field(content: Mapping[str, Any], name: str) -> str:
    """A non-empty text of at most 200 characters."""
    value = content.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= MAX_TEXT:
        raise BusinessRefusal("400002", f"{name} is missing or wrong")
    return value


def fen_field(content: Mapping[str, Any], name: str) -> int:
    """A positive amount in fen, written as digits."""
    text = text_field(content, name)
    if not (text.isascii() and text.isdigit()) or len(text) > 15 or int(text) == 0:
        raise BusinessRefusal("400002", f"{name} is missing or wrong")
    return int(text)


def day_field(content: Mapping[str, Any], name: str) -> str:
    """An ISO date."""
    text = text_field(content, name)
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise BusinessRefusal("400002", f"{name} is missing or wrong") from error


def payout_result(row: sqlite3.Row) -> dict[str, Any]:
    """A payout as submission, query and call-back tell it."""
    is_paid = row["status"] == "SUCCESS"
    return {
        "out_trade_no": row["out_trade_no"],
        "status": row["status"],
        "amount": str(row["amount_fen"]),
        "bank_serial": row["bank_serial"],
        "value_date": row["value_on"] if is_paid else "",
        "fail_code": row["fail_code"],
        "fail_message": row["fail_message"],
    }
