"""Finance confirms the receipts of a file, many at a time; what cannot be confirmed stays registered and is told."""

from django.utils import timezone

from axle.platform.errors import NotFound
from axle.platform.public import Actor, acting, note_change
from axle.servicing.errors import ConfirmerIsRegistrar, ReceiptFileStateRefused
from axle.servicing.models import Receipt, ReceiptFile, ReceiptFileRow, ReceiptFileState, ReceiptState, RowProblem
from axle.servicing.selectors.visible import receipts_visible
from axle.servicing.services.receipt_file_read import acting_person, file_locked
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
    return file


def receipt_file_reject(*, actor: Actor, file_no: str, reason: str) -> ReceiptFile:
    """Finance does not find the money of a file: the registration of its receipts ends; the file may come again.

    Receipts that were confirmed or rejected by themselves stay as they are. Errors: NotFound, ReceiptFileStateRefused.
    """
    file = _registered(file_no)
    _ended(actor, file, ReceiptFileState.REJECTED)
    file.closing_reason = reason
    file.save()
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


def receipt_file_carry_out(file_no: str) -> None:
    """Confirm the receipts of a file, a stretch in a transaction; run again, it goes on where it stopped."""
    actor = acting_person(ReceiptFile.objects.get(file_no=file_no).confirmed_by_id or 0)
    is_open = True
    while is_open:
        with acting(actor, "receipt_file_confirm"):
            is_open = _stretch(actor, file_no)


def _stretch(actor: Actor, file_no: str) -> bool:
    """Confirm the next receipts that are still registered; gives whether more are to come."""
    file = file_locked(file_no)
    if file.state != ReceiptFileState.CONFIRMING:
        return False
    lines = file.lines.filter(row__gt=file.confirmed_to, receipt__isnull=False).order_by("row")
    rows = dict(lines.values_list("receipt_id", "row")[:STRETCH])
    if rows:
        _confirm(actor, file, rows)
    else:
        file.state = ReceiptFileState.CONFIRMED
    file.save()
    return bool(rows)


def _confirm(actor: Actor, file: ReceiptFile, rows: dict[int, int]) -> None:
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
    file.refused += len(refused)
    file.confirmed_to = max(rows.values())
