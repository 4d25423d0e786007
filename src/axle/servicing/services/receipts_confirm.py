"""Finance confirms many receipts at once: together where money alone moved the loan, else by the service for one."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from axle.kernel.errors import AxleError
from axle.platform.public import Actor, attempt, note_change
from axle.servicing.models import ReceiptState
from axle.servicing.services.receipt_confirm import receipt_confirm, splits_of
from axle.servicing.services.receipt_split import Split, splits_keep


class Registered(NamedTuple):
    """A receipt that is to be confirmed."""

    receipt_id: int
    receipt_no: str
    loan_id: int | None


def receipts_confirm(*, actor: Actor, receipts: Sequence[Registered]) -> dict[int, str]:
    """Confirm registered receipts, of which the actor registered none; gives the codes of refusals by receipt.

    The same results as one by one in the order given. Call inside a transaction, with loans and receipts locked.
    """
    refused = dict[int, str]()
    for together in _rounds(receipts):
        refused |= _confirm(actor, together)
    return refused


def _rounds(receipts: Sequence[Registered]) -> list[list[Registered]]:
    """Receipts that may be confirmed together: of a loan that has several, the next one sees the last."""
    seen, rounds = Counter[int | None](), list[list[Registered]]()
    for receipt in receipts:
        place = seen[receipt.loan_id] if receipt.loan_id else 0
        seen[receipt.loan_id] += 1
        if place == len(rounds):
            rounds.append([])
        rounds[place].append(receipt)
    return rounds


def _confirm(actor: Actor, receipts: Sequence[Registered]) -> dict[int, str]:
    splits = splits_of([receipt.receipt_id for receipt in receipts if receipt.loan_id])
    if splits:
        splits_keep(actor, splits, timezone.now())
        _note(actor, splits)
    done, refused = {split.fact.receipt_id for split in splits}, dict[int, str]()
    for receipt in receipts:
        if receipt.receipt_id not in done:
            try:
                with attempt():
                    receipt_confirm(actor=actor, receipt_no=receipt.receipt_no)
            except AxleError as error:
                refused[receipt.receipt_id] = error.code
    return refused


def receipt_loans_lock(receipts: Sequence[int]) -> None:
    """Lock the loans of some receipts, in their order; loans are always locked before their receipts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM servicing_loan WHERE id IN (SELECT loan_id FROM servicing_receipt WHERE id = ANY(%s))"
            " ORDER BY id FOR UPDATE",
            [list(receipts)],
        )


def _note(actor: Actor, splits: Sequence[Split]) -> None:
    for split in splits:
        fact = split.fact
        note_change(type="receipt", id=fact.receipt_id, before={"state": "registered"}, after=_confirmed(actor))
        note_change(type="loan", id=fact.loan_id, after={"receipt_no": fact.receipt_no})


def _confirmed(actor: Actor) -> dict[str, Any]:
    return {"state": ReceiptState.CONFIRMED.value, "confirmed_by": actor.name, "confirmed_by_id": actor.user_id}
