"""A disbursed contract becomes a loan."""

from datetime import date

from axle.amortization.public import Rules, Terms
from axle.platform.public import Actor, created, next_no, publish, publish_all
from axle.servicing.domain.carrying import NOTHING_RECKONED, PERFORMING, interest_differences, reckoned
from axle.servicing.events import LoanOpened
from axle.servicing.models import Loan
from axle.servicing.services.carrying_settle import interest_told
from axle.servicing.services.loan_restate import Life
from axle.servicing.services.loans_store import disbursement_of, loan_new, loan_row, loans_store, money_events_of
from axle.servicing.services.opening import LoanOpening


def loan_open(*, actor: Actor, opening: LoanOpening, terms: Terms, rules: Rules, business_on: date) -> Loan:
    """Open the loan of a contract; a second call for the same contract gives the loan that is there.

    Interest runs from ``terms.start_on``, the day the money left. When that lies before the business date, the
    interest of the days between is accrued at once.
    """
    known = Loan.objects.filter(contract_id=opening.contract_id).first()
    if known is not None:
        return known
    loan = loan_row(opening, terms, rules, loan_no=next_no("LN", on=business_on))
    disbursement = disbursement_of(terms, event_no=next_no("LE", on=business_on))
    new = loan_new(loan, Life(terms, rules, (disbursement,)), entered_on=business_on, on=business_on)
    loans_store(actor, [new])
    created(loan)
    earned = interest_differences(PERFORMING, NOTHING_RECKONED, reckoned(new.position))
    publish_all([*money_events_of(new), *interest_told(loan, earned, disbursement.id, business_on)])
    publish(LoanOpened(loan.pk, loan.loan_no, loan.contract_id, loan.customer_id))
    return loan
