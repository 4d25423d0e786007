"""The payoff letter (结清证明): issued once a loan is settled, void once it owes again."""

from contextlib import suppress

from axle.documents.public import DocumentView, document_render, document_seal, document_void, documents_of
from axle.kernel.money import yuan
from axle.platform.public import Actor, Subject
from axle.servicing.errors import LoanNotSettled
from axle.servicing.models import Loan, LoanState
from axle.servicing.services.loan_lock import loan_locked
from axle.servicing.services.loan_paper import paper_facts
from axle.vehicle.public import vehicle_get

TEMPLATE = "payoff_letter"


def payoff_letter_of(loan_id: int) -> DocumentView | None:
    """The letter of a loan that stands."""
    papers = documents_of(Subject("loan", loan_id))
    return next((paper for paper in papers if paper.template == TEMPLATE and paper.state != "void"), None)


def payoff_letter_issue_settled(*, actor: Actor, loan_no: str) -> None:
    """Issue the letter of a loan that was settled, unless it owes again by now. Errors: TimestampUnavailable."""
    with suppress(LoanNotSettled):
        payoff_letter_issue(actor=actor, loan_no=loan_no)


def payoff_letter_withdraw(*, actor: Actor, loan_id: int) -> None:
    """The loan owes again: its letter says what is no longer true."""
    if letter := payoff_letter_of(loan_id):
        document_void(actor=actor, document_id=letter.document_id, reason="loan_owes_again")


def payoff_letter_issue(*, actor: Actor, loan_no: str) -> DocumentView:
    """Write and seal the letter that a loan is repaid; the one that stands, when there is one.

    Errors: NotFound, LoanNotSettled, TimestampUnavailable.
    """
    loan = loan_locked(loan_no)
    if loan.state != LoanState.SETTLED:
        raise LoanNotSettled(loan_no=loan_no)
    if standing := payoff_letter_of(loan.pk):
        return standing
    letter = document_render(
        actor=actor,
        template=TEMPLATE,
        data=_facts(loan),
        subject=Subject("loan", loan.pk),
        legal_entity_id=loan.legal_entity_id,
        title=f"结清证明 {loan.contract_no}",
    )
    return document_seal(document_id=letter.document_id, legal_entity_id=loan.legal_entity_id)


def _facts(loan: Loan) -> dict[str, object]:
    vehicle = vehicle_get(loan.vehicle_id)
    return paper_facts(loan, number="letter_no", prefix="JQ") | {
        "principal": yuan(loan.principal),
        "start_on": loan.disbursed_on.isoformat(),
        "settled_on": loan.settled_on.isoformat() if loan.settled_on else "",
        "vehicle": vehicle.title,
        "vin": vehicle.vin,
    }
