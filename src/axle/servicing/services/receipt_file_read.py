"""A file of receipts is entered: each row once, many at a time, and what cannot be entered is told row by row."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import IntegrityError

from axle.kernel.money import Fen
from axle.platform.public import (
    TABLE,
    Actor,
    business_date,
    created,
    file_read,
    file_uploaded,
    keys_take,
    next_no,
    next_nos,
    note_change,
    rows_copy_alike,
)
from axle.servicing.errors import ReceiptFileKnown
from axle.servicing.models import (
    Loan,
    LoanState,
    Receipt,
    ReceiptFile,
    ReceiptFilePart,
    ReceiptFileRow,
    ReceiptFileState,
    ReceiptState,
    RowProblem,
)
from axle.servicing.services.loan_place import Place, loan_places, serials_known
from axle.servicing.services.prepayment_request import mode_asked
from axle.servicing.services.receipt_file_lines import ReadLine, ReceiptLine, line_read, loan_no_of, rows_of
from axle.servicing.services.receipt_file_parts import (
    ENTERING,
    Progress,
    acting_person,
    part_do,
    part_of,
    parts_make,
)

STRETCH = 1000
"""Rows that are entered in one transaction."""


def receipt_file_register(*, actor: Actor, file_id: int, bank_account_id: int, legal_entity_id: int) -> ReceiptFile:
    """Take a file of a company's receipts, CSV in UTF-8 or GB18030 with a head; a job enters its rows.

    Errors: NotFound, UploadRefused, ReceiptFileKnown, ReceiptFileUnreadable.
    """
    stored = file_uploaded(actor=actor, file_id=file_id, allowed=(TABLE,))
    same = ReceiptFile.objects.filter(legal_entity_id=legal_entity_id, sha256=stored.sha256)
    if known := same.exclude(state=ReceiptFileState.REJECTED).first():
        raise ReceiptFileKnown(field="file_id", file_no=known.file_no)
    rows = rows_of(file_read(file_id)[1])
    file = created(
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
    parts_make(file, rows=len(rows), stretch=STRETCH)
    return file


def receipt_file_enter(file_no: str, part: int = 0) -> None:
    """Enter the rows of a part of a file, a stretch in a transaction; run again, it goes on where it stopped."""
    file = ReceiptFile.objects.get(file_no=file_no)
    actor, parts = acting_person(file.registered_by_id), file.parts.count()
    read = enumerate(rows_of(file_read(file.file_id)[1]), 1)
    rows = {number: row for number, row in read if part_of(loan_no_of(row), number, parts) == part}

    def enter() -> None:
        part_do(actor, ENTERING, file_no, part, lambda actor, own: _stretch(actor, own, rows))

    try:
        enter()
    except IntegrityError:  # somebody entered a number of the bank's in the same moment, which is known now
        enter()


def _stretch(actor: Actor, own: ReceiptFilePart, rows: Mapping[int, Mapping[str, str]]) -> Progress:
    known = list(rows)
    begin = bisect_right(known, own.row)
    numbers, is_last = known[begin : begin + STRETCH], begin + STRETCH >= len(known)
    if not numbers:
        return Progress(own.row, is_last)
    refused, amount = _enter(actor, own, [line_read(number, rows[number]) for number in numbers])
    return Progress(numbers[-1], is_last, rows=len(numbers), refused=refused, amount=amount)


_ROW = ("row", "loan_no", "amount", "receipt_id", "problem", "detail")
_OWN = ("amount", "value_on", "channel", "payer_name", "payer_account", "bank_serial", "note")
_PLACED = ("legal_entity_id", "department_id", "owner_id", "dealer_id")
_RECEIPT = ("id", "receipt_no", "loan_id", "prepayment_mode", *_PLACED, *_OWN)


class _Good(NamedTuple):
    """A line that becomes a receipt, and whose that is."""

    line: ReadLine
    data: ReceiptLine
    of: Place | ReceiptFile
    loan_id: int | None
    prepayment_mode: str

    def values(self) -> Iterator[Any]:
        """What the receipt has of its own after its key and number, as ``_RECEIPT``."""
        yield from (self.loan_id, self.prepayment_mode)
        yield from (getattr(self.of, name) for name in _PLACED)
        yield from (getattr(self.data, name) for name in _OWN)


def _enter(actor: Actor, own: ReceiptFilePart, lines: Sequence[ReadLine]) -> tuple[int, int]:
    """Make receipts of lines; gives how many are refused, and the money of the others in fen."""
    file, today = own.file, business_date()
    places = loan_places(actor, {line.loan_no for line in lines if line.loan_no})
    known = serials_known(file.bank_account_id, [line.data.bank_serial for line in lines if line.data])
    good, bad = list[_Good](), list[tuple[ReadLine, RowProblem]]()
    for line in lines:
        place = places.get(line.loan_no)
        problem = _problem(file, line.data, place, known, today)
        if line.data is None or problem is not RowProblem.NONE:
            bad.append((line, problem))
        else:
            mode = _mode_asked(line.data, place)
            if place and mode:
                places[line.loan_no] = place._replace(is_asked=False)
            good.append(_Good(line, line.data, place or file, place and place.loan_id, mode))
            known.add(line.data.bank_serial)
    taken = _stored(own, good, today) if good else []
    refused = [
        (line.row, line.loan_no, line.data.amount if line.data else None, None, problem, line.detail)
        for line, problem in bad
    ]
    rows_copy_alike(ReceiptFileRow(file=file, part=own.part), _ROW, [*taken, *refused])
    note_change(type="receipt", id=file.file_no, after={"receipts": len(good)})
    return len(bad), sum(one.data.amount for one in good)


def _stored(own: ReceiptFilePart, good: Sequence[_Good], today: date) -> list[tuple[Any, ...]]:
    """Keep the receipts of lines; gives the rows of the file that they were, as ``_ROW``."""
    keys, numbers = keys_take(Receipt, len(good)), next_nos("RC", on=today, count=len(good))
    receipts = [(key, number, *one.values()) for one, key, number in zip(good, keys, numbers, strict=True)]
    rows_copy_alike(_receipt_like(own.file), _RECEIPT, receipts)
    return [
        (one.line.row, one.line.loan_no, one.data.amount, key, RowProblem.NONE, "")
        for one, key in zip(good, keys, strict=True)
    ]


def _problem(
    file: ReceiptFile, data: ReceiptLine | None, place: Place | None, known: set[str], today: date
) -> RowProblem:
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


def _mode_asked(data: ReceiptLine, place: Place | None) -> str:
    """Money that the borrower announced as a part to be repaid early is that."""
    if place is None or not place.is_asked:
        return ""
    return mode_asked(Loan.objects.get(pk=place.loan_id), amount=Fen(data.amount), value_on=data.value_on)


def _receipt_like(file: ReceiptFile) -> Receipt:
    """What the receipts of a file have in common."""
    return Receipt(
        state=ReceiptState.REGISTERED,
        bank_account_id=file.bank_account_id,
        registered_by_id=file.registered_by_id,
        registered_by=file.registered_by,
    )
