"""The payoff letter (结清证明)."""

from axle.documents.public import DocumentView, document_render, document_seal
from axle.kernel.money import yuan
from axle.platform.public import Actor, Subject
from axle.servicing.errors import LoanNotSettled
from axle.servicing.models import Loan, LoanState
from axle.servicing.services.loan_lock import loan_locked
from axle.servicing.services.loan_paper import paper_facts
from axle.vehicle.public import vehicle_get


def payoff_letter_issue(*, actor: Actor, loan_no: str) -> DocumentView:
    """Write and seal the letter that a loan is repaid. Errors: NotFound, LoanNotSettled."""
    loan = loan_locked(loan_no)
    if loan.state != LoanState.SETTLED:
        raise LoanNotSettled(loan_no=loan_no)
    letter = document_render(
        actor=actor,
        template="payoff_letter",
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
