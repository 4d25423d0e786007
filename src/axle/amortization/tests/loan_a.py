"""Loan A, the worked example of the domain: 100,000.00 yuan, 9 %, 36 months, level payment, from 2026-02-25."""

from datetime import date
from decimal import Decimal

from axle.amortization.public import Disbursement, FeeBand, Prepayment, Receipt, Rules, Terms, schedule

START = date(2026, 2, 25)


def loan_terms(**changes):
    base = {
        "principal": 10_000_000,
        "annual_rate": Decimal("0.09"),
        "method": "level_payment",
        "periods": 36,
        "start_on": START,
    }
    return Terms(**(base | changes))


def loan_rules(**changes):
    """Penalty and compound interest at one and a half times the contract rate; 5 %, then 3 % for early repayment."""
    bands = (FeeBand(before_month=12, rate=Decimal("0.05")), FeeBand(before_month=24, rate=Decimal("0.03")))
    base = {
        "penalty_rate": Decimal("0.135"),
        "compound_rate": Decimal("0.135"),
        "prepayment": Prepayment(fee_bands=bands),
    }
    return Rules(**(base | changes))


def disbursed(terms=None):
    terms = terms or loan_terms()
    return Disbursement(id="d", on=terms.start_on, amount=terms.principal)


def paid_on_time(count, terms=None):
    """The disbursement and the first ``count`` instalments, each paid on its due date."""
    terms = terms or loan_terms()
    rows = schedule(terms).instalments[:count]
    return [disbursed(terms), *(Receipt(id=f"r{row.no:02d}", on=row.due_on, amount=row.total) for row in rows)]
