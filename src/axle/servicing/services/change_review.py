"""Deciding on a change of a loan, carrying it out, and taking it back."""

from datetime import timedelta

from django.utils import timezone

from axle.kernel.money import Fen, yuan
from axle.platform.errors import StaleVersion
from axle.platform.public import Actor, business_date, parameter_value
from axle.servicing import permissions as may
from axle.servicing.errors import LoanNotInForce, ReviewerIsRequester, WriteOffOverAuthority
from axle.servicing.models import ChangeKind, ChangeState, Loan, LoanChange, LoanState
from axle.servicing.parameters import SIGNED_KINDS, SIGNING_DAYS, WRITE_OFF_AUTHORITY
from axle.servicing.services.change_execute import change_carry_out
from axle.servicing.services.change_paper import change_paper
from axle.servicing.services.change_request import change_locked
from axle.servicing.services.change_works import WORKS
from axle.servicing.services.guarantor_sign import GUARANTOR, guarantor_to_sign
from axle.servicing.services.paper_send import Signer, signings_open
from axle.servicing.services.write_off_check import write_off_check


def change_approve(*, actor: Actor, change_no: str, version: int | None = None, opinion: str = "") -> LoanChange:
    """Agree to a change. ``version`` is the loan's, as the reviewer saw it.

    It is carried out today unless its parties have to sign first or it takes effect on a later day.
    Errors: NotFound, ChangeStateRefused, ReviewerIsRequester, LoanNotInForce, StaleVersion when the loan has changed
    since, PermissionMissing, WriteOffOverAuthority and those of ``write_off_check`` for a write-off, those of the
    kind's work.
    """
    loan, change = _for_review(actor, change_no)
    if change.kind == ChangeKind.WRITE_OFF:
        _write_off_authority(actor, loan)
        write_off_check(loan, change)
    if loan.state != LoanState.IN_FORCE:
        raise LoanNotInForce(loan_no=loan.loan_no)
    if version is not None and loan.version != version:
        raise StaleVersion()
    _decided(change, actor, opinion)
    signers = _signers(actor, loan, change)
    if signers:
        _send_for_signing(actor, loan, change, signers)
    else:
        change_carry_out(actor=actor, loan=loan, change=change)
    return change


def change_reject(*, actor: Actor, change_no: str, opinion: str) -> LoanChange:
    """Refuse a change. Errors: NotFound, ChangeStateRefused, ReviewerIsRequester."""
    _loan, change = _for_review(actor, change_no)
    change.state = ChangeState.REJECTED
    _decided(change, actor, opinion)
    change.save()
    return change


def change_reverse(*, actor: Actor, change_no: str, reason: str) -> LoanChange:
    """Take an executed change back: everything is again what it would have been without it (冲正).

    Errors: NotFound, ChangeStateRefused, ChangeOvertaken, those of the engine when later events stand on the change.
    """
    loan, change = change_locked(change_no, ChangeState.EXECUTED)
    WORKS[change.kind].taken_back(actor, loan, change, business_date())
    change.state, change.closing_reason = ChangeState.REVERSED, reason
    change.save()
    return change


def _send_for_signing(actor: Actor, loan: Loan, change: LoanChange, signers: list[Signer]) -> None:
    """The change waits until all have signed its paper, and not for ever."""
    today = business_date()
    outcome = WORKS[change.kind].tried(loan, change, today)
    change.before, change.after = outcome.before, outcome.after
    change.document_id = change_paper(actor, loan, change, signers).document_id
    change.sign_until = today + timedelta(days=parameter_value(SIGNING_DAYS.code))
    change.state = ChangeState.SIGNING
    change.save()
    signings_open(loan=loan, document_id=change.document_id, signers=signers, sign_until=change.sign_until)


def _signers(actor: Actor, loan: Loan, change: LoanChange) -> list[Signer]:
    """Who has to sign: both debtors of a transfer, else debtor and guarantor where the parameters say so."""
    debtor, signers = Signer(loan.customer_id, "borrower"), []
    if change.kind == ChangeKind.DEBT_TRANSFER:
        signers = [debtor, Signer(change.asked["customer_id"], "new_borrower")]
    elif change.kind in parameter_value(SIGNED_KINDS.code):
        signers = [debtor]
    guarantor_id = guarantor_to_sign(actor, loan, change)
    is_other = guarantor_id is not None and guarantor_id not in [signer.customer_id for signer in signers]
    return [*signers, Signer(guarantor_id, GUARANTOR)] if guarantor_id is not None and is_other else signers


def _write_off_authority(actor: Actor, loan: Loan) -> None:
    if actor.may(may.WRITE_OFF_APPROVE_LARGE):
        return
    actor.require(may.WRITE_OFF_APPROVE)
    most = parameter_value(WRITE_OFF_AUTHORITY.code, legal_entity_id=loan.legal_entity_id)
    if loan.principal_balance > most:
        raise WriteOffOverAuthority(principal=yuan(Fen(loan.principal_balance)), most=yuan(most))


def _for_review(actor: Actor, change_no: str) -> tuple[Loan, LoanChange]:
    loan, change = change_locked(change_no, ChangeState.REQUESTED)
    if actor.user_id is not None and actor.user_id == change.requested_by_id:
        raise ReviewerIsRequester()
    return loan, change


def _decided(change: LoanChange, actor: Actor, opinion: str) -> None:
    change.reviewed_by_id, change.reviewed_by = actor.user_id, actor.name
    change.reviewed_at, change.opinion = timezone.now(), opinion
