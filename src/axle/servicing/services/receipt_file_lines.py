"""The lines of a file of receipts as they were written, and as they must be."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from pydantic import Field, ValidationError

from axle.kernel.types import Yuan
from axle.platform.public import Input, spreadsheet_text
from axle.servicing.errors import ReceiptFileUnreadable
from axle.servicing.models import ReceiptChannel

HEADS = {
    "借据号": "loan_no",
    "金额": "amount",
    "到账日": "value_on",
    "渠道": "channel",
    "付款人": "payer_name",
    "付款账号": "payer_account",
    "银行流水号": "bank_serial",
    "备注": "note",
}
"""The columns by their Chinese heads; the English names are understood as well."""
_NAMES = frozenset(HEADS.values())
_NEEDED = ("amount", "value_on", "payer_name")


class ReceiptLine(Input):
    """A row as it must be; without a loan its money waits in suspense once confirmed."""

    loan_no: str = Field("", max_length=24)
    amount: Yuan = Field(gt=0, le=100_000_000_00)
    value_on: date
    channel: ReceiptChannel = ReceiptChannel.DEBIT
    payer_name: str = Field(min_length=1, max_length=64)
    payer_account: str | None = Field(None, max_length=32)
    bank_serial: str = Field("", max_length=64)
    note: str = Field("", max_length=200)


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The lines of a file by the names of their columns. Errors: ReceiptFileUnreadable."""
    try:
        reader = csv.DictReader(io.StringIO(spreadsheet_text(content), newline=""), strict=True)
        heads = [HEADS.get((head or "").strip(), (head or "").strip()) for head in reader.fieldnames or ()]
        missing = [name for name in _NEEDED if name not in heads]
        if missing:
            raise ReceiptFileUnreadable(field="file_id", reason=", ".join(missing))
        reader.fieldnames = heads
        return list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise ReceiptFileUnreadable(field="file_id", reason=str(error)[:120]) from error


class ReadLine(NamedTuple):
    """A row of the file; ``data`` is None when it could not be read, and ``detail`` then says which column."""

    row: int
    data: ReceiptLine | None
    loan_no: str
    detail: str = ""


def loan_no_of(row: Mapping[str, Any]) -> str:
    """The loan that a line names; empty when it names none."""
    return (row.get("loan_no") or "").strip()[:24]


def line_read(number: int, row: Mapping[str, Any]) -> ReadLine:
    """A line with its number, as far as it can be read."""
    given = {name: value.strip() for name, value in row.items() if name in _NAMES and (value or "").strip()}
    try:
        return ReadLine(number, ReceiptLine.model_validate(given), loan_no_of(row))
    except ValidationError as error:
        said = ", ".join(str(part) for part in error.errors()[0]["loc"])[:200]
        return ReadLine(number, None, loan_no_of(row), said)
