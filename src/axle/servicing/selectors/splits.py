"""What each payment of a loan paid, as its events tell it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from axle.amortization.public import Component
from axle.kernel.money import ZERO, Fen
from axle.servicing.models import Loan, ReceiptState
from axle.servicing.services.loan_restate import life_of


@dataclass(frozen=True)
class PaymentSplit:
    """A confirmed receipt and what it had paid by a date, by component; fen. The rest of ``amount`` waits."""

    receipt_no: str
    value_on: date
    amount: Fen
    paid: dict[Component, Fen]

    def on(self, component: Component) -> Fen:
        """What was paid on a component."""
        return self.paid.get(component, ZERO)


def payment_splits(contract_id: int, *, on: date) -> list[PaymentSplit]:
    """The receipts of a contract's loan in the order of their value dates. Errors: Loan.DoesNotExist."""
    loan = Loan.objects.get(contract_id=contract_id)
    paid: dict[str, dict[Component, Fen]] = defaultdict(dict)
    for line in life_of(loan).position(on).allocations:
        own = paid[line.receipt_id]
        own[line.component] = Fen(own.get(line.component, 0) + line.amount)
    receipts = loan.receipts.filter(state=ReceiptState.CONFIRMED).order_by("value_on", "receipt_no")
    return [PaymentSplit(one.receipt_no, one.value_on, Fen(one.amount), paid[one.receipt_no]) for one in receipts]
