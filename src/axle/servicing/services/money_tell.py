"""What is told to the books about a loan."""

from typing import Protocol

from axle.ledger.events import MoneyEvent
from axle.platform.public import Subject
from axle.servicing.domain.postings import PostingDraft


class Told(Protocol):
    """A loan, or as much of it as the books are told."""

    @property
    def pk(self) -> int: ...
    @property
    def loan_no(self) -> str: ...
    @property
    def contract_no(self) -> str: ...
    @property
    def legal_entity_id(self) -> int: ...
    @property
    def customer_id(self) -> int: ...
    @property
    def dealer_id(self) -> int | None: ...
    @property
    def product_code(self) -> str: ...


def money_event(loan: Told, draft: PostingDraft, event_no: str, reverses: str | None = None) -> MoneyEvent:
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


def dimensions_of(loan: Told) -> dict[str, str]:
    """The dimensions that every entry about a loan carries."""
    return {
        "loan_no": loan.loan_no,
        "contract_no": loan.contract_no,
        "customer_id": str(loan.customer_id),
        "dealer_id": str(loan.dealer_id or ""),
        "product_code": loan.product_code,
    }
