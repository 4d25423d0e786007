"""A loan that cannot be brought to the new date is set aside, and blocks no other."""

from collections import Counter
from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from axle.kernel.money import Fen
from axle.platform.models import EodSetAside, EodStepRun
from axle.platform.public import business_date, business_date_set
from axle.platform.testing import client_for, make_user
from axle.servicing.models import Loan, LoanEvent
from axle.servicing.services import overpayments_apply
from axle.servicing.services.accrual_stop import accruals_stop
from axle.servicing.services.fee_charge import fee_charge
from axle.servicing.tests.acts import INSTALMENT, assert_clean, days_to, pay
from axle.servicing.tests.factories import FINANCE, START, make_loan

DUE_ON = date(2026, 2, 15)


def waits(loan):
    loan.refresh_from_db()
    return loan.unapplied


def test_one_bad_loan_stops_nothing(only_servicing_steps):
    bad, good = make_loan(1), make_loan(2)
    for loan in (bad, good):
        pay(loan, INSTALMENT)
    terms = bad.terms
    Loan.objects.filter(pk=bad.pk).update(terms={**terms, "method": "nothing", "vat_base": "nothing"})
    days_to(DUE_ON)
    assert (business_date(), waits(bad), waits(good)) == (DUE_ON, INSTALMENT, Fen(0))
    run = EodStepRun.objects.get(step="apply_overpayments", business_on=DUE_ON - timedelta(days=1))
    assert (run.rows, run.error) == (1, "")
    aside = EodSetAside.objects.get()
    assert (aside.step, aside.subject_no, aside.tries, aside.resolved_at) == (
        "apply_overpayments",
        bad.loan_no,
        1,
        None,
    )

    days_to(DUE_ON + timedelta(days=2))
    aside.refresh_from_db()
    assert (aside.tries, aside.first_on, aside.last_on) == (3, DUE_ON - timedelta(days=1), DUE_ON + timedelta(days=1))
    viewer = client_for(make_user("operator", permissions=["platform.eod.view"]))
    row = viewer.get("/lists/eod_set_asides", is_open="true")[1]["items"][0]
    assert (row["subject_no"], row["tries"]) == (bad.loan_no, 3)
    assert "nothing" in row["error"]

    Loan.objects.filter(pk=bad.pk).update(terms=terms)
    days_to(DUE_ON + timedelta(days=3))
    aside.refresh_from_db()
    assert (waits(bad), aside.tries, bool(aside.resolved_at)) == (0, 3, True)
    assert viewer.get("/lists/eod_set_asides", is_open="true")[1]["total"] == 0


PAID = {1: [INSTALMENT], 2: [Fen(1000)], 3: [Fen(INSTALMENT + 500)], 4: [Fen(600), Fen(400)], 5: [INSTALMENT]}
"""What waits on loans by number: exactly what falls due, less, more, of two receipts, and beside a fee."""


def test_money_of_ordinary_loans_is_applied_at_once_as_the_replay_would(only_servicing_steps, books, monkeypatch):
    loans = {number: make_loan(number) for number in PAID}
    for number, amounts in PAID.items():
        for amount in amounts:
            pay(loans[number], amount)
    fee_charge(actor=FINANCE, loan_no=loans[5].loan_no, amount=Fen(2000), code="late_letter")
    replayed = []
    refresh = overpayments_apply.loan_refresh
    monkeypatch.setattr(
        overpayments_apply, "loan_refresh", lambda **one: replayed.append(one["loan"].loan_no) or refresh(**one)
    )
    days_to(DUE_ON - timedelta(days=1))
    books.clear()
    days_to(DUE_ON)
    assert replayed == [loans[number].loan_no for number in (4, 5)]
    assert {number: waits(loan) for number, loan in loans.items()} == {1: 0, 2: 0, 3: 500, 4: 0, 5: 0}
    assert [loan.next_unpaid_due_on == DUE_ON for loan in loans.values()] == [False, True, False, True, True]
    assert_clean()
    told = Counter[str]()
    for event in books:
        if event.kind == "overpayment_applied":
            told[event.dimensions["loan_no"]] += sum(event.amounts.values())
    assert [told[loan.loan_no] for loan in loans.values()] == [INSTALMENT, 1000, INSTALMENT, 1000, INSTALMENT - 2000]


def stopped(*loans):
    """Stop the accrual of what is late on 1 June; gives how many were, and in how many statements."""
    business_date_set(date(2026, 6, 1))
    with CaptureQueriesContext(connection) as queries:
        done = accruals_stop(date(2026, 5, 31), 0, 1)
    for loan in loans:
        loan.refresh_from_db()
    return done, len(queries)


def test_accrual_stops_of_many_loans_in_the_statements_of_one(only_servicing_steps):
    first = make_loan(1)
    one = stopped(first)
    business_date_set(START)
    others = [make_loan(number) for number in (2, 3, 4)]
    assert (one[0], stopped(*others)) == (1, (3, one[1]))
    assert {loan.carrying for loan in [first, *others]} == {"non_accrual"}
    assert LoanEvent.objects.filter(kind="charge_off").count() == 4
    assert stopped()[0] == 0


def test_a_loan_whose_accrual_cannot_be_stopped_stops_no_other(only_servicing_steps):
    bad, good = make_loan(1), make_loan(2)
    terms = bad.terms
    Loan.objects.filter(pk=bad.pk).update(terms=terms | {"method": "nothing"})
    assert stopped(bad, good)[0] == 1
    assert (bad.carrying, good.carrying) == ("performing", "non_accrual")
    assert EodSetAside.objects.get(resolved_at=None).subject_no == bad.loan_no
    Loan.objects.filter(pk=bad.pk).update(terms=terms)
    assert stopped(bad)[0] == 1
    assert (bad.carrying, EodSetAside.objects.filter(resolved_at=None).count()) == ("non_accrual", 0)
