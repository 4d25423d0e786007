"""Saying whose unmatched money is, taking that back, and dividing it."""

from collections.abc import Sequence
from dataclasses import dataclass

from axle.amortization.public import Receipt as ReceiptEvent
from axle.kernel.money import Fen
from axle.platform.public import Actor, business_date, created, next_no
from axle.servicing.errors import PartsDiffer, ReceiptOfOtherEntity, ReceiptStateRefused
from axle.servicing.models import Loan, Receipt, ReceiptState, scope_of
from axle.servicing.services.loan_lock import loan_in_force
from axle.servicing.services.receipt_confirm import loan_of_receipt, receipt_counts, receipt_leaves, receipt_locked

_SAME = (
    "legal_entity_id", "department_id", "owner_id", "value_on", "channel", "bank_account_id", "bank_serial",
    "payer_name", "payer_account", "note", "registered_by_id", "registered_by", "confirmed_by_id", "confirmed_by",
    "confirmed_at",
)  # fmt: skip
"""What a part has of the receipt that it is a part of."""


@dataclass(frozen=True)
class ReceiptPart:
    """A part of unmatched money, in fen, and the loan that it is for when that is known."""

    amount: Fen
    loan_no: str | None = None


def receipt_match(*, actor: Actor, receipt_no: str, loan_no: str) -> Receipt:
    """Say whose money in suspense is: it moves to the loan, by its value date.

    Errors: NotFound, ReceiptStateRefused when it is not in suspense, LoanNotInForce, ReceiptOfOtherEntity.
    """
    loan = loan_in_force(loan_no)
    receipt = _in_suspense(receipt_no)
    _claim(actor, receipt, loan)
    return receipt


def receipt_split(*, actor: Actor, receipt_no: str, parts: Sequence[ReceiptPart]) -> list[Receipt]:
    """Divide unmatched money; each part goes to its loan, or waits on. The parts add up to the receipt.

    Errors: NotFound, ReceiptStateRefused when it is not in suspense, PartsDiffer, LoanNotInForce,
    ReceiptOfOtherEntity.
    """
    loans = {number: loan_in_force(number) for number in sorted({part.loan_no for part in parts if part.loan_no})}
    receipt = _in_suspense(receipt_no)
    if len(parts) < 2 or sum(part.amount for part in parts) != receipt.amount:
        raise PartsDiffer(field="parts")
    receipt.state = ReceiptState.SPLIT
    receipt.save()
    made = [_part(receipt, part.amount) for part in parts]
    for row, part in zip(made, parts, strict=True):
        if part.loan_no:
            _claim(actor, row, loans[part.loan_no])
    return made


def receipt_unclaim(*, actor: Actor, receipt_no: str, reason: str) -> Receipt:
    """The money was not this borrower's after all (取消认领): what it paid is owed again, and the money waits anew.

    Gives the receipt as which it waits.
    Errors: NotFound, ReceiptStateRefused when it was not claimed from suspense, RefundStands.
    """
    loan = loan_of_receipt(receipt_no)
    receipt = receipt_locked(receipt_no, ReceiptState.CONFIRMED)
    if loan is None or not receipt.is_from_suspense:
        raise ReceiptStateRefused(state="not_claimed")
    receipt.state, receipt.closing_reason = ReceiptState.UNCLAIMED, reason
    receipt.save()
    receipt_leaves(actor, loan, receipt)
    return _part(receipt, Fen(receipt.amount))


def _in_suspense(receipt_no: str) -> Receipt:
    receipt = receipt_locked(receipt_no, ReceiptState.CONFIRMED)
    if receipt.loan_id is not None:
        raise ReceiptStateRefused(state="matched")
    return receipt


def _claim(actor: Actor, receipt: Receipt, loan: Loan) -> None:
    if receipt.legal_entity_id != loan.legal_entity_id:
        raise ReceiptOfOtherEntity(field="loan_no", loan_no=loan.loan_no)
    receipt.loan, receipt.is_from_suspense = loan, True
    for name, value in scope_of(loan).items():
        setattr(receipt, name, value)
    receipt.save()
    event = ReceiptEvent(id=receipt.receipt_no, on=max(receipt.value_on, loan.disbursed_on), amount=Fen(receipt.amount))
    receipt_counts(actor, loan, event)


def _part(receipt: Receipt, amount: Fen) -> Receipt:
    return created(
        Receipt.objects.create(
            receipt_no=next_no("RC", on=business_date()),
            part_of=receipt,
            amount=amount,
            state=ReceiptState.CONFIRMED,
            **{name: getattr(receipt, name) for name in _SAME},
        )
    )
