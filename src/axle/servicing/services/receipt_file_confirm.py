"""Finance confirms the receipts of a file, many at a time; what cannot be confirmed stays registered and is told."""

from django.utils import timezone

from axle.platform.errors import NotFound
from axle.platform.public import Actor, acting
from axle.servicing.errors import ConfirmerIsRegistrar, ReceiptFileStateRefused
from axle.servicing.models import Receipt, ReceiptFile, ReceiptFileRow, ReceiptFileState, ReceiptState, RowProblem
from axle.servicing.selectors.visible import receipts_visible
from axle.servicing.services.receipt_file_read import acting_person, file_locked
from axle.servicing.services.receipts_confirm import receipt_loans_lock, receipts_confirm

STRETCH = 500
"""Receipts that are confirmed in one transaction."""


def receipt_file_confirm(*, actor: Actor, file_no: str) -> ReceiptFile:
    """Say that the money of a file is there; a job confirms its receipts.

    Errors: NotFound, ReceiptFileStateRefused, ConfirmerIsRegistrar.
    """
    if not ReceiptFile.objects.filter(file_no=file_no).exists():
        raise NotFound(field="file_no", what="receipt_file")
    file = file_locked(file_no)
    if file.state != ReceiptFileState.REGISTERED:
        raise ReceiptFileStateRefused(state=file.state)
    if actor.user_id is not None and actor.user_id == file.registered_by_id:
        raise ConfirmerIsRegistrar()
    file.state = ReceiptFileState.CONFIRMING
    file.confirmed_by_id, file.confirmed_by, file.confirmed_at = actor.user_id, actor.name, timezone.now()
    file.save()
    return file


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
    seen = set(receipts_visible(actor).filter(pk__in=rows).values_list("pk", flat=True))
    receipts = sorted(found, key=lambda receipt: rows[receipt.pk])
    refused = {receipt.pk: NotFound.code for receipt in receipts if receipt.pk not in seen}
    refused |= receipts_confirm(actor=actor, receipts=[receipt for receipt in receipts if receipt.pk in seen])
    for receipt_id, code in refused.items():
        line = ReceiptFileRow.objects.filter(receipt_id=receipt_id)
        line.update(problem=RowProblem.CONFIRMATION_REFUSED, detail=code)
    file.refused += len(refused)
    file.confirmed_to = max(rows.values())
