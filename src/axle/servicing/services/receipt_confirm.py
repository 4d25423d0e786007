"""Finance confirmation, rejection and reversal of receipts."""

from collections.abc import Sequence

from django.utils import timezone

from axle.amortization.public import Event, Payoff, Reversal
from axle.amortization.public import Receipt as ReceiptEvent
from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.platform.errors import NotFound
from axle.platform.public import Actor, Subject, business_date, next_no, publish, row_read, track
from axle.servicing.errors import ConfirmerIsRegistrar, LoanNotInForce, ReceiptStateRefused
from axle.servicing.models import Loan, LoanState, Receipt, ReceiptState
from axle.servicing.services.loan_restate import loan_restate
from axle.servicing.services.prepayment_effect import prepayment_event
from axle.servicing.services.prepayment_request import prepayment_paid, prepayment_unpaid
from axle.servicing.services.receipt_register import quote_in_force
from axle.servicing.services.receipt_split import Split, split_note, splits_keep
from axle.servicing.services.residue_waive import residue_return, residue_waive, splits_without_residue
from axle.servicing.services.splits_by_plan import splits_by_plan
from axle.servicing.services.splits_by_replay import splits_by_replay


def receipt_locked(receipt_no: str, *states: str) -> Receipt:
    """A receipt locked for a change, in one of the states. Errors: NotFound, ReceiptStateRefused."""
    receipt = Receipt.objects.select_for_update().filter(receipt_no=receipt_no).first()
    if receipt is None:
        raise NotFound(field="receipt_no", what="receipt")
    return _in_state(receipt, *states)


def _in_state(receipt: Receipt, *states: str) -> Receipt:
    if receipt.state not in states:
        raise ReceiptStateRefused(state=receipt.state)
    return track(receipt)


def _event_of(receipt: Receipt) -> Event:
    number, on, amount = receipt.receipt_no, receipt.value_on, Fen(receipt.amount)
    if receipt.prepayment_mode:
        return prepayment_event(number, amount=amount, mode=receipt.prepayment_mode, on=on)
    kind = Payoff if receipt.payoff_quote_id else ReceiptEvent
    return kind(id=number, on=on, amount=amount)


def _suspense_event(receipt: Receipt, *, is_taken_back: bool = False) -> MoneyEvent:
    """Money in suspense, or out of it again: a whole entry, or of a part of what came in its share of it."""
    number, is_part = f"{receipt.receipt_no}/S", receipt.part_of_id is not None
    return MoneyEvent(
        kind="receipt_suspended_reduced" if is_part else "receipt_suspended",
        event_no=f"{number}R" if is_taken_back else number,
        legal_entity_id=receipt.legal_entity_id,
        value_on=receipt.value_on,
        amounts={"cash": Fen(receipt.amount)},
        dimensions={"bank_account": str(receipt.bank_account_id)},
        source=Subject("receipt", receipt.pk),
        reverses=number if is_taken_back and not is_part else None,
    )


def loan_of_receipt(receipt_no: str) -> Loan | None:
    """The loan of a receipt, locked first: loans are always locked before their receipts."""
    loan = Loan.objects.select_for_update(of=("self",)).filter(receipts__receipt_no=receipt_no).first()
    return track(loan) if loan else None


_LOCKED = """
SELECT r.* FROM servicing_receipt r JOIN servicing_loan l ON l.id = r.loan_id
WHERE r.receipt_no = %s FOR UPDATE OF l, r
"""
"""A receipt with its loan: rows are locked in the order in which they are named."""


def receipt_confirm(*, actor: Actor, receipt_no: str) -> Receipt:
    """Finance confirms that the money is there: it is posted to its loan, or to suspense.

    Errors: NotFound, ReceiptStateRefused, ConfirmerIsRegistrar, LoanNotInForce, PayoffQuoteExpired.
    """
    found = row_read(Receipt, _LOCKED, [receipt_no])
    states = [ReceiptState.REGISTERED]
    receipt = _in_state(found, *states) if found else receipt_locked(receipt_no, *states)
    if actor.user_id is not None and actor.user_id == receipt.registered_by_id:
        raise ConfirmerIsRegistrar()
    receipt.state = ReceiptState.CONFIRMED
    receipt.confirmed_by_id, receipt.confirmed_by = actor.user_id, actor.name
    receipt.confirmed_at = timezone.now()
    if receipt.loan_id and (splits := splits_of([receipt.pk])):
        splits_keep(actor, splits, receipt.confirmed_at)
        split_note(splits[0])
        return receipt
    receipt.save(update_fields=["state", "confirmed_by_id", "confirmed_by", "confirmed_at"])
    if receipt.loan_id is None:
        publish(_suspense_event(receipt))
    else:
        _apply(actor, track(Loan.objects.get(pk=receipt.loan_id)), receipt)
    return receipt


def splits_of(receipts: Sequence[int]) -> list[Split]:
    """How receipts of loans that money alone has moved are split; at most one of a loan may be asked for.

    Not told are those that leave so little that it is let go.
    """
    told = splits_by_plan(receipts)
    return splits_without_residue(told.splits + splits_by_replay(told.others))


def _apply(actor: Actor, loan: Loan, receipt: Receipt) -> None:
    if loan.state != LoanState.IN_FORCE:
        raise LoanNotInForce(loan_no=loan.loan_no)
    if receipt.payoff_quote:
        number = receipt.payoff_quote.quote_no
        quote_in_force(loan, number, value_on=receipt.value_on, amount=Fen(receipt.amount))
    receipt_counts(actor, loan, _event_of(receipt))
    if receipt.prepayment_mode:
        prepayment_paid(loan, receipt)


def receipt_reject(*, actor: Actor, receipt_no: str, reason: str) -> Receipt:
    """Finance does not find the money: the registration ends. Errors: NotFound, ReceiptStateRefused."""
    receipt = receipt_locked(receipt_no, ReceiptState.REGISTERED)
    receipt.state, receipt.closing_reason = ReceiptState.REJECTED, reason
    receipt.confirmed_by_id, receipt.confirmed_by = actor.user_id, actor.name
    receipt.save()
    return receipt


def receipt_reverse(*, actor: Actor, receipt_no: str, reason: str) -> Receipt:
    """Take a confirmed receipt back: bounced, wrong loan, entered twice (冲正). What it paid is owed again.

    Errors: NotFound, ReceiptStateRefused, RefundStands when its money was paid back.
    """
    loan = loan_of_receipt(receipt_no)
    receipt = receipt_locked(receipt_no, ReceiptState.CONFIRMED)
    receipt.state, receipt.closing_reason = ReceiptState.REVERSED, reason
    receipt.save()
    if loan is not None:
        receipt_leaves(actor, loan, receipt)
    if receipt.prepayment_mode:
        prepayment_unpaid(receipt)
    if loan is None or receipt.is_from_suspense:
        publish(_suspense_event(receipt, is_taken_back=True))
    return receipt


def receipt_counts(actor: Actor, loan: Loan, event: Event) -> None:
    """The money counts on the loan; the last fen that it leaves may be let go."""
    position = loan_restate(actor=actor, loan=loan, event=event, business_on=business_date())
    residue_waive(actor=actor, loan=loan, position=position)


def receipt_leaves(actor: Actor, loan: Loan, receipt: Receipt) -> None:
    """The loan is again as if the receipt had not paid it. Errors: RefundStands."""
    today = business_date()
    happened = max(receipt.value_on, loan.disbursed_on)
    residue_return(actor=actor, loan=loan, since=happened)
    reversal = Reversal(id=next_no("LE", on=today), on=happened, of=receipt.receipt_no)
    loan_restate(actor=actor, loan=loan, event=reversal, business_on=today)
