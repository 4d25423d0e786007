"""What every paper about a loan says: its number and day, the lender, the borrower, the contract."""

from typing import Any

from axle.party.public import customer_contact
from axle.platform.public import business_date, legal_entity, next_no
from axle.servicing.models import Loan


def paper_facts(loan: Loan, *, number: str, prefix: str) -> dict[str, Any]:
    """The common facts; ``number`` is the key of the paper's own number, which begins with ``prefix``."""
    borrower, lender, today = customer_contact(loan.customer_id), legal_entity(loan.legal_entity_id), business_date()
    return {
        number: next_no(prefix, on=today),
        "made_on": today.isoformat(),
        "lender": {"name": lender.name, "uscc": lender.uscc},
        "borrower_name": borrower.name,
        "borrower_id_no": borrower.id_no,
        "contract_no": loan.contract_no,
        "loan_no": loan.loan_no,
    }
