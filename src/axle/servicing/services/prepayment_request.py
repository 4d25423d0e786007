"""A borrower asks to repay a part early; the money that comes for it is taken as such."""

from datetime import date, timedelta

from django.utils import timezone

from axle.kernel.errors import AxleError
from axle.kernel.money import Fen
from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, created, next_no, parameter_value, track
from axle.servicing.errors import PayoffDateRefused, PrepaymentAsked, PrepaymentRequestClosed
from axle.servicing.models import Loan, PrepaymentRequest, PrepaymentRequestState, Receipt, ReceiptState, scope_of
from axle.servicing.parameters import QUOTE_AHEAD_DAYS, QUOTE_GRACE_DAYS
from axle.servicing.services.loan_lock import loan_in_force
from axle.servicing.services.prepayment_effect import prepayment_effect


def prepayment_day_check(pays_on: date) -> None:
    """Refuse a day on which nobody can say what a payment would do. Errors: PayoffDateRefused."""
    today = business_date()
    if not today <= pays_on <= today + timedelta(days=parameter_value(QUOTE_AHEAD_DAYS.code)):
        raise PayoffDateRefused(field="pays_on")


def prepayment_request(*, actor: Actor, loan_no: str, amount: Fen, mode: str, pays_on: date) -> PrepaymentRequest:
    """Keep what the borrower asks; it is tried on the loan at once.

    Errors: NotFound, LoanNotInForce, PayoffDateRefused, PrepaymentAsked, those of ``prepayment_effect``.
    """
    loan = loan_in_force(loan_no)
    prepayment_day_check(pays_on)
    if loan.prepayment_requests.filter(state=PrepaymentRequestState.OPEN).exists():
        raise PrepaymentAsked(loan_no=loan_no)
    effect = prepayment_effect(loan, amount=amount, mode=mode, on=pays_on)
    return created(
        PrepaymentRequest.objects.create(
            request_no=next_no("TQ", on=business_date()),
            loan=loan,
            amount=amount,
            prepayment_mode=mode,
            pays_on=pays_on,
            open_until=pays_on + timedelta(days=parameter_value(QUOTE_GRACE_DAYS.code)),
            effect={name: getattr(effect, name) for name in ("dues", "principal", "interest", "fee")},
            requested_by=actor.name,
            **scope_of(loan),
        )
    )


def prepayment_withdraw(*, request_no: str) -> PrepaymentRequest:
    """The borrower does not want it any more. Errors: NotFound, PrepaymentRequestClosed."""
    request = _open(request_no)
    request.state = PrepaymentRequestState.WITHDRAWN
    request.save()
    return request


def prepayment_decline(*, actor: Actor, request_no: str, opinion: str) -> PrepaymentRequest:
    """Staff say why not. Errors: NotFound, PrepaymentRequestClosed."""
    request = _open(request_no)
    request.state, request.opinion = PrepaymentRequestState.DECLINED, opinion
    request.answered_by, request.answered_at = actor.name, timezone.now()
    request.save()
    return request


def mode_asked(loan: Loan, *, amount: Fen, value_on: date) -> str:
    """How the borrower wants money of an amount to be taken; empty when they asked for nothing that it can be.

    Money that was entered for it already is the one that was asked for.
    """
    asked = loan.prepayment_requests.filter(state=PrepaymentRequestState.OPEN, amount=amount, open_until__gte=value_on)
    mode = asked.values_list("prepayment_mode", flat=True).first()
    entered = {"state": ReceiptState.REGISTERED, "amount": amount, "prepayment_mode": mode}
    if mode is None or loan.receipts.filter(**entered).exists():
        return ""
    try:
        prepayment_effect(loan, amount=amount, mode=mode, on=value_on)
    except AxleError:  # what was possible when it was asked no longer is: the money is a receipt as any other
        return ""
    return mode


def prepayment_paid(loan: Loan, receipt: Receipt) -> None:
    """A confirmed receipt fulfils what was asked for it, if anything was."""
    asked = loan.prepayment_requests.select_for_update().filter(
        state=PrepaymentRequestState.OPEN, amount=receipt.amount, prepayment_mode=receipt.prepayment_mode
    )
    for request in asked:
        track(request).state, request.receipt = PrepaymentRequestState.PAID, receipt
        request.save()


def prepayment_unpaid(receipt: Receipt) -> None:
    """The receipt was taken back: what it fulfilled is ended, and may be asked for again."""
    for request in PrepaymentRequest.objects.select_for_update().filter(receipt=receipt):
        track(request).state, request.receipt = PrepaymentRequestState.EXPIRED, None
        request.save()


def prepayments_expire(today: date) -> int:
    """What nobody paid in time is over; gives how many."""
    late = PrepaymentRequest.objects.filter(state=PrepaymentRequestState.OPEN, open_until__lt=today)
    return late.update(state=PrepaymentRequestState.EXPIRED)


def _open(request_no: str) -> PrepaymentRequest:
    request = PrepaymentRequest.objects.select_for_update().filter(request_no=request_no).first()
    if request is None:
        raise NotFound(field="request_no", what="prepayment_request")
    if request.state != PrepaymentRequestState.OPEN:
        raise PrepaymentRequestClosed(state=request.state)
    return track(request)
