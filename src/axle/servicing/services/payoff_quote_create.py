"""Quoting what settles a loan."""

from dataclasses import asdict
from datetime import date, timedelta

from axle.amortization.public import PayoffQuote as QuotedAmounts
from axle.amortization.public import payoff_quote
from axle.platform.public import Actor, business_date, created, next_no, parameter_value
from axle.servicing.errors import PayoffDateRefused
from axle.servicing.models import Loan, PayoffQuote
from axle.servicing.parameters import QUOTE_AHEAD_DAYS, QUOTE_GRACE_DAYS
from axle.servicing.services.loan_lock import loan_in_force
from axle.servicing.services.loan_restate import life_of


def payoff_amounts(loan: Loan, on: date) -> QuotedAmounts:
    """The items that settle a loan on a date, in fen."""
    life = life_of(loan)
    return payoff_quote(life.terms, life.rules, life.events, on)


def payoff_quote_create(*, actor: Actor, loan_no: str, on: date) -> PayoffQuote:
    """Fix the payoff amount of a day. Errors: NotFound, LoanNotInForce, PayoffDateRefused."""
    loan = loan_in_force(loan_no)
    today = business_date()
    if not today <= on <= today + timedelta(days=parameter_value(QUOTE_AHEAD_DAYS.code)):
        raise PayoffDateRefused(field="on")
    quoted = payoff_amounts(loan, on)
    items = {name: value for name, value in asdict(quoted).items() if name not in {"on", "total"}}
    return created(
        PayoffQuote.objects.create(
            quote_no=next_no("PQ", on=today),
            loan=loan,
            on=on,
            expires_on=on + timedelta(days=parameter_value(QUOTE_GRACE_DAYS.code)),
            loan_version=loan.version,
            items=items,
            total=quoted.total,
            made_by=actor.name,
        )
    )
