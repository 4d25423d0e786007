"""What refunds tell the books.

Approved, the money moves from the overpayments or suspense to the refunds that are owed; the bank's payment clears
those. So the bank account in the books moves only when the bank has paid.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.platform.public import Subject, publish
from axle.servicing.models import Loan, Refund
from axle.servicing.services.money_tell import dimensions_of


def refund_ordered_post(refund: Refund, loan: Loan | None, *, is_taken_back: bool = False) -> None:
    """The money is owed to the payer; taken back, it is again where it came from."""
    assert refund.ordered_on is not None  # an approved refund was approved on a day
    number = f"{refund.refund_no}/O"
    amounts = {"overpayment" if loan else "suspense": Fen(refund.amount)}
    event = _event(refund, loan, "refund_ordered", number, amounts, refund.ordered_on)
    publish(replace(event, event_no=f"{number}R", reverses=number) if is_taken_back else event)


def refund_paid_post(refund: Refund, loan: Loan | None, *, value_on: date, bank_account_id: int) -> None:
    """The bank has paid what was owed."""
    event = _event(refund, loan, "refund_paid", f"{refund.refund_no}/P", {"cash": Fen(refund.amount)}, value_on)
    publish(replace(event, dimensions={**event.dimensions, "bank_account": str(bank_account_id)}))


def _event(
    refund: Refund, loan: Loan | None, kind: str, number: str, amounts: Mapping[str, Fen], on: date
) -> MoneyEvent:
    return MoneyEvent(
        kind=kind,
        event_no=number,
        legal_entity_id=refund.legal_entity_id,
        value_on=on,
        amounts=amounts,
        dimensions=dimensions_of(loan) if loan else {},
        source=Subject("refund", refund.pk),
    )
