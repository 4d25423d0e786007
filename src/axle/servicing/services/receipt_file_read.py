"""A file of receipts is entered: each row once, many at a time, and what cannot be entered is told row by row."""

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from pydantic import Field, ValidationError

from axle.kernel.types import Yuan
from axle.platform.errors import NotFound
from axle.platform.public import (
    TABLE,
    Actor,
    Input,
    acting,
    business_date,
    created,
    file_read,
    file_uploaded,
    keys_take,
    next_no,
    next_nos,
    note_change,
    rows_copy,
    track,
    user_actors,
)
from axle.servicing.errors import ReceiptFileKnown, ReceiptFileUnreadable
from axle.servicing.models import (
    LoanState,
    Receipt,
    ReceiptChannel,
    ReceiptFile,
    ReceiptFileRow,
    ReceiptFileState,
    ReceiptState,
    RowProblem,
)
from axle.servicing.selectors.visible import loans_visible
from axle.servicing.services.loan_place import PLACE, Place, serials_known

STRETCH = 1000
"""Rows that are entered in one transaction."""
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


def receipt_file_register(*, actor: Actor, file_id: int, bank_account_id: int, legal_entity_id: int) -> ReceiptFile:
    """Take a file of a company's receipts, CSV in UTF-8 or GB18030 with a head; a job enters its rows.

    Errors: NotFound, UploadRefused, ReceiptFileKnown, ReceiptFileUnreadable.
    """
    stored = file_uploaded(actor=actor, file_id=file_id, allowed=(TABLE,))
    same = ReceiptFile.objects.filter(legal_entity_id=legal_entity_id, sha256=stored.sha256)
    if known := same.exclude(state=ReceiptFileState.REJECTED).first():
        raise ReceiptFileKnown(field="file_id", file_no=known.file_no)
    _rows_of(file_read(file_id)[1])
    return created(
        ReceiptFile.objects.create(
            file_no=next_no("RF", on=business_date()),
            file_id=file_id,
            name=stored.name,
            sha256=stored.sha256,
            legal_entity_id=legal_entity_id,
            department_id=actor.department_id,
            owner_id=actor.employee_id,
            bank_account_id=bank_account_id,
            registered_by_id=actor.user_id or 0,
            registered_by=actor.name,
        )
    )


def receipt_file_enter(file_no: str) -> None:
    """Enter the rows of a file, a stretch in a transaction; run again, it goes on where it stopped."""
    known = ReceiptFile.objects.get(file_no=file_no)
    actor, rows = acting_person(known.registered_by_id), _rows_of(file_read(known.file_id)[1])
    is_open = True
    while is_open:
        with acting(actor, "receipt_file_register"):
            is_open = _stretch(actor, file_no, rows)


def _stretch(actor: Actor, file_no: str, rows: Sequence[Mapping[str, str]]) -> bool:
    """Enter the next rows; gives whether more are to come."""
    file = file_locked(file_no)
    if file.state != ReceiptFileState.READING:
        return False
    begun = file.rows
    lines = [_read(number, row) for number, row in enumerate(rows[begun : begun + STRETCH], begun + 1)]
    _enter(actor, file, lines)
    if file.rows == len(rows):
        file.state = ReceiptFileState.REGISTERED
    file.save()
    return file.state == ReceiptFileState.READING


def acting_person(user_id: int) -> Actor:
    """Who entered or confirmed a file, with today's rights. Errors: NotFound when they have left."""
    found = user_actors([user_id])
    if user_id not in found:
        raise NotFound(what="user")
    return found[user_id]


def file_locked(file_no: str) -> ReceiptFile:
    """A file locked for a change."""
    return track(ReceiptFile.objects.select_for_update().get(file_no=file_no))


def _text_of(content: bytes) -> str:
    """UTF-8 when every byte of the file is, else GB18030, which banks and Excel write. Errors: UnicodeDecodeError."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if content.startswith(codecs.BOM_UTF8):
            raise
        return content.decode("gb18030")


def _rows_of(content: bytes) -> list[dict[str, str]]:
    """Errors: ReceiptFileUnreadable."""
    try:
        reader = csv.DictReader(io.StringIO(_text_of(content), newline=""), strict=True)
        heads = [HEADS.get((head or "").strip(), (head or "").strip()) for head in reader.fieldnames or ()]
        missing = [name for name in _NEEDED if name not in heads]
        if missing:
            raise ReceiptFileUnreadable(field="file_id", reason=", ".join(missing))
        reader.fieldnames = heads
        return list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise ReceiptFileUnreadable(field="file_id", reason=str(error)[:120]) from error


class _Line(NamedTuple):
    """A row of the file; ``data`` is None when it could not be read, and ``detail`` then says which column."""

    row: int
    data: ReceiptLine | None
    loan_no: str
    detail: str = ""


def _read(number: int, row: Mapping[str, Any]) -> _Line:
    given = {name: value.strip() for name, value in row.items() if name in HEADS.values() and (value or "").strip()}
    loan_no = str(given.get("loan_no", ""))[:24]
    try:
        return _Line(number, ReceiptLine.model_validate(given), loan_no)
    except ValidationError as error:
        return _Line(number, None, loan_no, ", ".join(str(part) for part in error.errors()[0]["loc"])[:200])


def _enter(actor: Actor, file: ReceiptFile, lines: Sequence[_Line]) -> None:
    places = _places(actor, [line.loan_no for line in lines])
    known = serials_known(file.bank_account_id, [line.data.bank_serial for line in lines if line.data])
    today, good, bad = business_date(), list[tuple[_Line, Place | None]](), list[ReceiptFileRow]()
    for line in lines:
        place = places.get(line.loan_no)
        problem = _problem(file, line, place, known, today)
        if problem is RowProblem.NONE:
            good.append((line, place))
            known.add(line.data.bank_serial if line.data else "")
        else:
            amount = line.data.amount if line.data else None
            bad.append(_row(file, line, amount=amount, problem=problem, detail=line.detail))
    receipts = _receipts(file, good, today)
    rows_copy(receipts)
    taken = (_row(file, line, amount=own.amount, receipt=own) for (line, _p), own in zip(good, receipts, strict=True))
    rows_copy([*taken, *bad])
    file.rows += len(lines)
    file.refused += len(bad)
    file.amount += sum(receipt.amount for receipt in receipts)
    note_change(type="receipt", id=file.file_no, after={"receipts": len(receipts)})


def _row(file: ReceiptFile, line: _Line, **own: Any) -> ReceiptFileRow:
    return ReceiptFileRow(file=file, row=line.row, loan_no=line.loan_no, **own)


def _problem(file: ReceiptFile, line: _Line, place: Place | None, known: set[str], today: date) -> RowProblem:
    data = line.data
    if data is None:
        return RowProblem.UNREADABLE
    if data.value_on > today:
        return RowProblem.DATE_IN_FUTURE
    if data.bank_serial and data.bank_serial in known:
        return RowProblem.ALREADY_ENTERED
    return _problem_of_loan(file, data, place) if data.loan_no else RowProblem.NONE


def _problem_of_loan(file: ReceiptFile, data: ReceiptLine, place: Place | None) -> RowProblem:
    if place is None:
        return RowProblem.LOAN_UNKNOWN
    if place.legal_entity_id != file.legal_entity_id:
        return RowProblem.OTHER_ENTITY
    if place.state != LoanState.IN_FORCE:
        return RowProblem.LOAN_NOT_IN_FORCE
    return RowProblem.BEFORE_DISBURSEMENT if data.value_on < place.disbursed_on else RowProblem.NONE


def _places(actor: Actor, numbers: Sequence[str]) -> dict[str, Place]:
    rows = loans_visible(actor).filter(loan_no__in={number for number in numbers if number})
    return {row[0]: Place(*row[1:]) for row in rows.values_list("loan_no", *PLACE)}


def _receipts(file: ReceiptFile, good: Sequence[tuple[_Line, Place | None]], today: date) -> list[Receipt]:
    numbers = next_nos("RC", on=today, count=len(good)) if good else []
    keys = keys_take(Receipt, len(good)) if good else []
    return [
        _receipt(file, line, place, number, key) for (line, place), number, key in zip(good, numbers, keys, strict=True)
    ]


def _receipt(file: ReceiptFile, line: _Line, place: Place | None, number: str, key: int) -> Receipt:
    own: Any = place or file
    facts = line.data.model_dump(exclude={"loan_no"}) if line.data else {}
    return Receipt(
        pk=key,
        receipt_no=number,
        loan_id=place.loan_id if place else None,
        state=ReceiptState.REGISTERED,
        legal_entity_id=own.legal_entity_id,
        department_id=own.department_id,
        owner_id=own.owner_id,
        dealer_id=own.dealer_id,
        bank_account_id=file.bank_account_id,
        registered_by_id=file.registered_by_id,
        registered_by=file.registered_by,
        **facts,
    )
