"""Asking for a change of a loan."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from axle.kernel.money import Fen
from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, created, file_uploaded, next_no, parameter_value, track
from axle.servicing.errors import ChangeOpen, ChangeStateRefused, EffectiveDateRefused
from axle.servicing.models import OPEN_STATES, ChangeKind, ChangeState, Loan, LoanChange, scope_of
from axle.servicing.parameters import EXTENSION_FEE_RATE
from axle.servicing.services.change_works import WORKS
from axle.servicing.services.loan_lock import loan_in_force, loan_locked
from axle.servicing.services.paper_send import signings_cancel
from axle.servicing.services.write_off_check import write_off_check


@dataclass(frozen=True)
class ChangeTerms:
    """What else is said about a change besides what is asked.

    ``private`` is what nobody else may read of it, ``fee`` in fen (of an extension the usual one without it),
    ``effective_on`` the day before which it is not carried out, ``file_id`` what proves it.
    """

    private: dict[str, Any] | None = None
    fee: Fen | None = None
    effective_on: date | None = None
    file_id: int | None = None


def change_request(
    *,
    actor: Actor,
    loan_no: str,
    kind: str,
    asked: dict[str, Any],
    reason: str,
    terms: ChangeTerms = ChangeTerms(),
) -> LoanChange:
    """Ask for a change; another person decides. It is tried on the loan at once, so that what cannot be is refused now.

    A write-off needs its evidence.
    Errors: NotFound, LoanNotInForce, ChangeOpen, EffectiveDateRefused, those of the kind's work and of
    ``write_off_check``.
    """
    loan, today = loan_in_force(loan_no), business_date()
    if loan.changes.filter(state__in=OPEN_STATES).exists():
        raise ChangeOpen(loan_no=loan_no)
    if terms.file_id is not None:
        file_uploaded(actor=actor, file_id=terms.file_id)
    if terms.effective_on and terms.effective_on < today:
        raise EffectiveDateRefused(field="effective_on")
    change = LoanChange(
        loan=loan,
        kind=kind,
        asked=asked,
        private=terms.private,
        fee=_usual_fee(loan, kind) if terms.fee is None else terms.fee,
        reason=reason,
        file_id=terms.file_id,
        effective_on=terms.effective_on,
        requested_by_id=actor.user_id,
        requested_by=actor.name,
        requested_on=today,
        **scope_of(loan),
    )
    WORKS[kind].tried(loan, change, today)
    if kind == ChangeKind.WRITE_OFF:
        write_off_check(loan, change)
    change.change_no = next_no("BG", on=today)
    change.save(force_insert=True)
    return created(change)


def change_withdraw(*, change_no: str) -> LoanChange:
    """Whoever asked, or somebody for them, takes the request back, also while it waits for signatures or its day.

    Errors: NotFound, ChangeStateRefused.
    """
    _loan, change = change_locked(change_no, *OPEN_STATES)
    change.state = ChangeState.WITHDRAWN
    change.save()
    signings_cancel(change.document_id)
    return change


def change_locked(change_no: str, *states: str) -> tuple[Loan, LoanChange]:
    """A loan and its change, locked in this order, the change in a state. Errors: NotFound, ChangeStateRefused."""
    loan_no = LoanChange.objects.filter(change_no=change_no).values_list("loan__loan_no", flat=True).first()
    if loan_no is None:
        raise NotFound(field="change_no", what="loan_change")
    loan = loan_locked(loan_no)
    change = LoanChange.objects.select_for_update().get(change_no=change_no)
    if change.state not in states:
        raise ChangeStateRefused(state=change.state)
    return loan, track(change)


def _usual_fee(loan: Loan, kind: str) -> Fen:
    """Of an extension, a part of the principal owed, half up."""
    if kind != ChangeKind.EXTENSION:
        return Fen(0)
    exact = Decimal(loan.principal_balance) * parameter_value(EXTENSION_FEE_RATE.code)
    return Fen(int(exact.quantize(Decimal(1), ROUND_HALF_UP)))
