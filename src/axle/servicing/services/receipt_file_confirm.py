"""Finance confirms the receipts of a file, many at a time; what cannot be confirmed stays registered and is told."""

from django.utils import timezone

from axle.platform.errors import NotFound
from axle.platform.public import Actor, note_change
from axle.servicing.errors import ConfirmerIsRegistrar, ReceiptFileStateRefused
from axle.servicing.models import (
    Receipt,
    ReceiptFile,
    ReceiptFilePart,
    ReceiptFileRow,
    ReceiptFileState,
    ReceiptState,
    RowProblem,
)
from axle.servicing.selectors.visible import receipts_visible
from axle.servicing.services.receipt_file_parts import (
    CONFIRMING,
    Progress,
    acting_person,
    file_locked,
    part_do,
    parts_turn,
)
from axle.servicing.services.receipts_confirm import Registered, receipt_loans_lock, receipts_confirm

STRETCH = 500
"""Receipts that are confirmed in one transaction."""


def receipt_file_confirm(*, actor: Actor, file_no: str) -> ReceiptFile:
    """Say that the money of a file is there; a job confirms its receipts.

    Errors: NotFound, ReceiptFileStateRefused, ConfirmerIsRegistrar.
    """
    file = _registered(file_no)
    if actor.user_id is not None and actor.user_id == file.registered_by_id:
        raise ConfirmerIsRegistrar()
    _ended(actor, file, ReceiptFileState.CONFIRMING)
    file.save()
    parts_turn(file)
    return file


def receipt_file_reject(*, actor: Actor, file_no: str, reason: str) -> ReceiptFile:
    """Finance does not find the money of a file: the registration of its receipts ends; the file may come again.

    Receipts that were confirmed or rejected by themselves stay as they are. Errors: NotFound, ReceiptFileStateRefused.
    """
    file = _registered(file_no)
    _ended(actor, file, ReceiptFileState.REJECTED)
    file.closing_reason = reason
    file.save()
    parts_turn(file)
    receipts = Receipt.objects.filter(file_row__file=file, state=ReceiptState.REGISTERED)
    count = receipts.update(
        state=ReceiptState.REJECTED,
        closing_reason=reason,
        confirmed_by_id=actor.user_id,
        confirmed_by=actor.name,
        confirmed_at=file.confirmed_at,
    )
    note_change(type="receipt", id=file.file_no, after={"rejected": count, "closing_reason": reason})
    return file


def _registered(file_no: str) -> ReceiptFile:
    """A file that waits for finance, locked. Errors: NotFound, ReceiptFileStateRefused."""
    if not ReceiptFile.objects.filter(file_no=file_no).exists():
        raise NotFound(field="file_no", what="receipt_file")
    file = file_locked(file_no)
    if file.state != ReceiptFileState.REGISTERED:
        raise ReceiptFileStateRefused(state=file.state)
    return file


def _ended(actor: Actor, file: ReceiptFile, state: ReceiptFileState) -> None:
    file.state = state
    file.confirmed_by_id, file.confirmed_by, file.confirmed_at = actor.user_id, actor.name, timezone.now()


def receipt_file_carry_out(file_no: str, part: int = 0) -> None:
    """Confirm the receipts of a part of a file, a stretch in a transaction; run again, it goes on where it stopped."""
    actor = acting_person(ReceiptFile.objects.get(file_no=file_no).confirmed_by_id or 0)
    part_do(actor, CONFIRMING, file_no, part, _stretch)


def _stretch(actor: Actor, own: ReceiptFilePart) -> Progress:
    """Confirm the next receipts that are still registered."""
    lines = own.file.lines.filter(part=own.part, row__gt=own.row, receipt__isnull=False).order_by("row")
    rows = dict(lines.values_list("receipt_id", "row")[:STRETCH])
    refused = _confirm(actor, rows) if rows else 0
    return Progress(max(rows.values(), default=own.row), len(rows) < STRETCH, refused=refused)


def _confirm(actor: Actor, rows: dict[int, int]) -> int:
    """Confirm receipts, by their row; gives how many are refused."""
    receipt_loans_lock(list(rows))
    found = Receipt.objects.select_for_update().filter(pk__in=rows, state=ReceiptState.REGISTERED)
    receipts = [Registered(*row) for row in found.values_list("pk", "receipt_no", "loan_id")]
    seen = set(receipts_visible(actor).filter(pk__in=rows).values_list("pk", flat=True))
    receipts.sort(key=lambda receipt: rows[receipt.receipt_id])
    refused = {receipt.receipt_id: NotFound.code for receipt in receipts if receipt.receipt_id not in seen}
    refused |= receipts_confirm(actor=actor, receipts=[receipt for receipt in receipts if receipt.receipt_id in seen])
    for receipt_id, code in refused.items():
        line = ReceiptFileRow.objects.filter(receipt_id=receipt_id)
        line.update(problem=RowProblem.CONFIRMATION_REFUSED, detail=code)
    return len(refused)
