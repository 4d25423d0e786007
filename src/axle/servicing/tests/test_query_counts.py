"""How many questions the database is asked: the same for a short history and a long one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from axle.kernel.dates import add_months
from axle.kernel.money import Fen
from axle.platform.public import business_date_set
from axle.servicing.models import Posting
from axle.servicing.selectors.loan_page import loan_page
from axle.servicing.services.payoff_quote_create import payoff_quote_create
from axle.servicing.services.receipt_confirm import receipt_confirm, receipt_reverse
from axle.servicing.tests.acts import INSTALMENT, assert_clean, pay
from axle.servicing.tests.factories import CASHIER, FINANCE, make_loan

FIRST_DUE = date(2026, 2, 15)
LATE = Fen(50_00)


def paid_for(months: int, contract: int):
    """A loan that was paid on time, and what the last confirmation asked."""
    loan, counts = make_loan(contract), []
    for month in range(months):
        business_date_set(add_months(FIRST_DUE, month))
        receipt = pay(loan, INSTALMENT, serial=f"{contract}/{month}", confirm=False)
        counts.append(asked(lambda no=receipt.receipt_no: receipt_confirm(actor=FINANCE, receipt_no=no)))
    return loan, counts[-1]


def asked(act) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def costs(months: int) -> dict[str, int]:
    """Questions of what people do with a loan; all of its later receipts are split anew by an early one."""
    loan, on_time = paid_for(months, months)
    before = Posting.objects.filter(loan=loan, is_reversed=True).count()
    early, last_due = pay(loan, LATE, FIRST_DUE, confirm=False), add_months(FIRST_DUE, months - 1)
    payoff_quote_create(actor=CASHIER, loan_no=loan.loan_no, on=last_due)  # the first of a series begins it
    found = {
        "on time": on_time,
        "page": asked(lambda: loan_page(loan)),
        "quote": asked(lambda: payoff_quote_create(actor=CASHIER, loan_no=loan.loan_no, on=last_due)),
        "registration": asked(lambda: pay(loan, LATE, confirm=False)),
        "backdated": asked(lambda: receipt_confirm(actor=FINANCE, receipt_no=early.receipt_no)),
    }
    assert Posting.objects.filter(loan=loan, is_reversed=True).count() - before == months - 1
    found["reversal"] = asked(lambda: receipt_reverse(actor=FINANCE, receipt_no=early.receipt_no, reason="登记错借据"))
    assert_clean()
    return found


@pytest.mark.usefixtures("only_servicing_steps")
def test_a_long_history_asks_no_more_than_a_short_one():
    short, long = costs(3), costs(9)
    assert short == long
    most = {"page": 2, "quote": 9, "registration": 8, "on time": 6, "backdated": 16, "reversal": 20}
    assert {name: count for name, count in long.items() if count > most[name]} == {}
