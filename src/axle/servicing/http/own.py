"""A borrower's own loans on the phone."""

from datetime import date

from pydantic import BaseModel

from axle.amortization.public import Amounts
from axle.kernel.money import Fen
from axle.kernel.types import Yuan
from axle.platform.public import Actor, business_date
from axle.servicing import permissions as may
from axle.servicing.http.base import api
from axle.servicing.http.loans import quote_out
from axle.servicing.http.models import PayoffQuoteOut, ScheduleRowOut, schedule_out
from axle.servicing.models import Loan, LoanState, PayoffQuote
from axle.servicing.selectors.loan_page import loan_page
from axle.servicing.selectors.visible import loan_visible, loans_visible
from axle.servicing.services.payoff_quote_create import payoff_amounts

_ZERO = Amounts(*[Fen(0)] * 5)


class OwnLoanOut(BaseModel):
    """One of a borrower's loans."""

    loan_no: str
    state: LoanState
    vehicle: str
    principal: Yuan
    principal_balance: Yuan
    next_due_on: date | None
    next_due_total: Yuan
    overdue_amount: Yuan
    days_past_due: int


class OwnLoansOut(BaseModel):
    items: list[OwnLoanOut]


class OwnLoanDetail(OwnLoanOut):
    """A borrower's loan with its plan."""

    on: date
    schedule: list[ScheduleRowOut]


def _facts(loan: Loan) -> OwnLoanDetail:
    page = loan_page(loan)
    position = page.position
    return OwnLoanDetail(
        loan_no=loan.loan_no,
        state=LoanState(loan.state),
        vehicle=f"{loan.vehicle.trim.make} {loan.vehicle.trim.series}",
        principal=Fen(loan.principal),
        principal_balance=position.principal_balance,
        next_due_on=position.next_due_on,
        next_due_total=position.next_due,
        overdue_amount=position.overdue,
        days_past_due=position.days_past_due,
        on=page.on,
        schedule=schedule_out(page),
    )


@api.query("own_loans", "/me/loans", permission=may.LOAN_VIEW)
def own_loans(actor: Actor) -> OwnLoansOut:
    """The loans of the borrower who asks."""
    rows = loans_visible(actor).filter(customer_id=actor.customer_id or 0).select_related("vehicle__trim")
    found = [_facts(loan) for loan in rows.order_by("-disbursed_on")]
    return OwnLoansOut(items=[OwnLoanOut(**loan.model_dump(exclude={"on", "schedule"})) for loan in found])


@api.query("own_loan_get", "/me/loans/{loan_no}", permission=may.LOAN_VIEW)
def own_loan_get(actor: Actor, loan_no: str) -> OwnLoanDetail:
    """One of the borrower's loans with its plan."""
    return _facts(loan_visible(actor, loan_no))


@api.query("own_payoff_preview", "/me/loans/{loan_no}/payoff", permission=may.LOAN_VIEW)
def own_payoff_preview(actor: Actor, loan_no: str) -> PayoffQuoteOut:
    """What would settle the loan today; a quote to pay by is made by staff."""
    loan = loan_visible(actor, loan_no)
    today = business_date()
    quoted = payoff_amounts(loan, today)
    items = {name: getattr(quoted, name) for name in PayoffQuoteOut.model_fields if hasattr(quoted, name)}
    del items["on"], items["total"]
    return quote_out(PayoffQuote(quote_no="", loan=loan, on=today, expires_on=today, items=items, total=quoted.total))
