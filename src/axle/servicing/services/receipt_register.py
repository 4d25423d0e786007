"""Registration of money that came in."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from axle.kernel.money import Fen
from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, created, row_insert_numbered
from axle.servicing.errors import (
    PayoffAmountWrong,
    PayoffQuoteExpired,
    PrepaymentNotPossible,
    ReceiptAlreadyEntered,
    ReceiptBeforeDisbursement,
    ReceiptDateInFuture,
)
from axle.servicing.models import Loan, PayoffQuote, Receipt
from axle.servicing.services.loan_place import SERIAL_KNOWN, Place, loan_place
from axle.servicing.services.prepayment_effect import prepayment_effect
from axle.servicing.services.prepayment_request import mode_asked


@dataclass(frozen=True)
class ReceiptData:
    """Money as the cashier sees it; ``amount`` in fen, ``value_on`` the day it arrived."""

    amount: Fen
    value_on: date
    channel: str
    bank_account_id: int
    payer_name: str
    payer_account: str | None = None
    bank_serial: str = ""
    note: str = ""
    prepayment_mode: str = ""


def _check(data: ReceiptData, place: Place | None) -> None:
    if data.value_on > business_date():
        raise ReceiptDateInFuture(field="value_on")
    if place and data.value_on < place.disbursed_on:
        raise ReceiptBeforeDisbursement(field="value_on")


def _check_prepayment(data: ReceiptData, loan: Loan | None, payoff_quote_no: str | None) -> None:
    if not data.prepayment_mode:
        return
    if loan is None or payoff_quote_no:
        raise PrepaymentNotPossible(field="prepayment_mode")
    prepayment_effect(loan, amount=data.amount, mode=data.prepayment_mode, on=data.value_on)


def quote_in_force(loan: Loan, quote_no: str, *, value_on: date, amount: Fen) -> PayoffQuote:
    """The quote that a payoff is paid by. Errors: NotFound, PayoffQuoteExpired, PayoffAmountWrong."""
    quote = PayoffQuote.objects.filter(quote_no=quote_no, loan=loan).first()
    if quote is None:
        raise NotFound(field="payoff_quote_no", what="payoff_quote")
    is_late = value_on != quote.on or business_date() > quote.expires_on
    if is_late or quote.loan_version != loan.version:
        raise PayoffQuoteExpired(field="payoff_quote_no", on=quote.on)
    if amount != quote.total:
        raise PayoffAmountWrong(field="amount")
    return quote


def _scope_of_maker(actor: Actor, legal_entity_id: int) -> dict[str, Any]:
    """Unmatched money is looked after by whoever entered it."""
    return {
        "legal_entity_id": legal_entity_id,
        "department_id": actor.department_id,
        "owner_id": actor.employee_id,
    }


def receipt_register(
    *, actor: Actor, data: ReceiptData, loan_no: str | None, legal_entity_id: int, payoff_quote_no: str | None = None
) -> Receipt:
    """Enter a receipt, for a loan or unmatched; nothing is posted before finance confirms it.

    Money that the borrower announced as a part to be repaid early is that, unless it is entered as something else.
    Money may have come in a month whose books are closed: it counts from its day and is booked in the open month.
    Errors: NotFound, LoanNotInForce, ReceiptDateInFuture, ReceiptBeforeDisbursement, ReceiptAlreadyEntered,
    PayoffQuoteExpired, PayoffAmountWrong, PrepaymentNotPossible, PrepaymentTooSmall, PrepaymentSettles.
    """
    place = loan_place(loan_no) if loan_no else None
    is_read = place and (data.prepayment_mode or payoff_quote_no or place.is_asked)
    loan = Loan.objects.get(pk=place.loan_id) if place and is_read else None
    if loan and not payoff_quote_no and not data.prepayment_mode:
        data = replace(data, prepayment_mode=mode_asked(loan, amount=data.amount, value_on=data.value_on))
    _check(data, place)
    _check_prepayment(data, loan, payoff_quote_no)
    quote = None
    if loan and payoff_quote_no:
        quote = quote_in_force(loan, payoff_quote_no, value_on=data.value_on, amount=data.amount)
    receipt = Receipt(
        loan_id=place.loan_id if place else None,
        payoff_quote=quote,
        **(place.scope() if place else _scope_of_maker(actor, legal_entity_id)),
        registered_by_id=actor.user_id,
        registered_by=actor.name,
        **vars(data),
    )
    serial, on = [data.bank_serial, data.bank_serial, data.bank_account_id], business_date()
    if not row_insert_numbered(receipt, number="receipt_no", prefix="RC", on=on, unless=SERIAL_KNOWN, params=serial):
        raise ReceiptAlreadyEntered(field="bank_serial")
    return created(receipt)
