"""Charging a fee to a loan."""

from axle.amortization.public import Charge
from axle.kernel.money import Fen
from axle.platform.public import Actor, business_date, next_no
from axle.servicing.errors import ClaimNotOurs, WrittenOffAlready
from axle.servicing.models import Carrying, Loan
from axle.servicing.services.loan_lock import loan_in_force
from axle.servicing.services.loan_restate import loan_restate


def fee_charge(*, actor: Actor, loan_no: str, amount: Fen, code: str) -> Loan:
    """Charge a fee, due today; money that waits on the loan pays it at once.

    Errors: NotFound, LoanNotInForce, WrittenOffAlready, ClaimNotOurs.
    """
    loan = loan_in_force(loan_no)
    if loan.carrying == Carrying.WRITTEN_OFF:
        raise WrittenOffAlready(field="loan_no")
    if loan.carrying == Carrying.SOLD:
        raise ClaimNotOurs(field="loan_no")
    today = business_date()
    event = Charge(id=next_no("LE", on=today), on=today, amount=amount, code=code)
    loan_restate(actor=actor, loan=loan, event=event, business_on=today)
    return loan
