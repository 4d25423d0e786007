"""What is told to the books about a loan."""

from axle.ledger.events import MoneyEvent
from axle.platform.public import Subject
from axle.servicing.domain.postings import PostingDraft
from axle.servicing.models import Loan


def money_event(loan: Loan, draft: PostingDraft, event_no: str, reverses: str | None = None) -> MoneyEvent:
    """A posting of a loan as the books read it."""
    return MoneyEvent(
        kind=draft.kind,
        event_no=event_no,
        legal_entity_id=loan.legal_entity_id,
        value_on=draft.on,
        amounts=draft.amounts,
        dimensions=dimensions_of(loan) | {"bank_account": draft.bank_account},
        source=Subject("loan", loan.pk),
        reverses=reverses,
    )


def dimensions_of(loan: Loan) -> dict[str, str]:
    """The dimensions that every entry about a loan carries."""
    return {
        "loan_no": loan.loan_no,
        "contract_no": loan.contract_no,
        "customer_id": str(loan.customer_id),
        "dealer_id": str(loan.dealer_id or ""),
        "product_code": loan.product_code,
    }
