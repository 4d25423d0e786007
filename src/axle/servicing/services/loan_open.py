"""A disbursed contract becomes a loan."""

from datetime import date

from axle.amortization.public import Disbursement, Rules, Terms, rules_to_json, terms_to_json
from axle.platform.public import Actor, created, next_no, publish
from axle.servicing.domain.postings import PostingDraft
from axle.servicing.events import LoanOpened
from axle.servicing.models import Loan
from axle.servicing.services.loan_restate import Life, event_store, interest_settle, money_event, position_store
from axle.servicing.services.opening import LoanOpening


def loan_open(*, actor: Actor, opening: LoanOpening, terms: Terms, rules: Rules, business_on: date) -> Loan:
    """Open the loan of a contract; a second call for the same contract gives the loan that is there.

    Interest runs from ``terms.start_on``, the day the money left. When that lies before the business date, the
    interest of the days between is accrued at once.
    """
    known = Loan.objects.filter(contract_id=opening.contract_id).first()
    if known is not None:
        return known
    loan = created(_loan(opening, terms, rules, business_on))
    disbursement = Disbursement(id=next_no("LE", on=business_on), on=terms.start_on, amount=terms.principal)
    position = Life(terms, rules, (disbursement,)).position(business_on)
    event_store(actor, loan, disbursement, business_on)
    position_store(loan, position)
    draft = PostingDraft("loan_disbursed", terms.start_on, {"principal": terms.principal}, str(opening.bank_account_id))
    publish(money_event(loan, draft, disbursement.id))
    interest_settle(loan, None, position, disbursement.id, business_on)
    publish(LoanOpened(loan.pk, loan.loan_no, loan.contract_id, loan.customer_id))
    return loan


def _loan(opening: LoanOpening, terms: Terms, rules: Rules, business_on: date) -> Loan:
    return Loan.objects.create(
        loan_no=next_no("LN", on=business_on),
        principal=terms.principal,
        annual_rate=terms.annual_rate,
        periods=terms.periods,
        method=terms.method,
        terms=terms_to_json(terms),
        rules=rules_to_json(rules),
        disbursed_on=terms.start_on,
        **vars(opening),
    )
