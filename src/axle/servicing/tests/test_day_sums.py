"""What the closing of a day adds up before the date is held, and completes when it is."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from axle.kernel.money import Fen
from axle.platform.models import ParameterValue
from axle.platform.public import business_date, business_date_set, eod_run
from axle.servicing.eod import SHARDS
from axle.servicing.models import Loan
from axle.servicing.parameters import ACCRUAL_POLICY
from axle.servicing.selectors import controls
from axle.servicing.selectors.day_details import day_parts_of
from axle.servicing.selectors.day_sums import DUE_ON_DAY, RUNNING_INTEREST, sums_complete, sums_settle
from axle.servicing.services.accrual_stop import accrual_stop
from axle.servicing.services.fee_charge import fee_charge
from axle.servicing.services.payoff_quote_create import payoff_quote_create
from axle.servicing.tests.acts import INSTALMENT, assert_clean, days_to, kept_loan, paid_up_loan, pay, totals
from axle.servicing.tests.factories import FINANCE, make_loan

DUE_2 = date(2026, 3, 15)


def _payoff(loan: Loan) -> None:
    quote = payoff_quote_create(actor=FINANCE, loan_no=loan.loan_no, on=business_date())
    pay(loan, quote.total, quote=quote.quote_no)


CHANGES: dict[str, Callable[[Loan], object]] = {
    "nothing": lambda loan: None,
    "a receipt": lambda loan: pay(loan, INSTALMENT),
    "a payoff": _payoff,
    "a fee": lambda loan: fee_charge(actor=FINANCE, loan_no=loan.loan_no, amount=Fen(10_000), code="late_letter"),
    "a new loan": lambda loan: make_loan(number=3, business_on=business_date()),
}


def two_loans(books):
    """The second is six weeks younger; on the second due date of the first one, which this gives."""

    def two_months():
        loan = paid_up_loan(books)
        make_loan(number=2, business_on=business_date())
        days_to(DUE_2)
        return loan

    return kept_loan(books, "two loans on a due date", two_months)


@pytest.fixture
def older(books, only_servicing_steps):
    return two_loans(books)


@pytest.fixture
def late(books, only_servicing_steps):
    """The older of the two, five weeks later, with nothing paid."""

    def three_months():
        loan = two_loans(books)
        days_to(date(2026, 4, 20))
        return loan

    return kept_loan(books, "two loans late", three_months)


@pytest.mark.parametrize("change", CHANGES)
def test_what_happens_between_is_in_the_sum_as_if_all_were_summed_at_the_end(older, change):
    on = DUE_2
    settled = [sums_settle(what, on) for what in (RUNNING_INTEREST, DUE_ON_DAY)]
    CHANGES[change](older)
    for what, before in zip((RUNNING_INTEREST, DUE_ON_DAY), settled, strict=True):
        assert sums_complete(what, on, before) == sums_complete(what, on, sums_settle(what, on))


@pytest.mark.parametrize("change", CHANGES)
def test_the_loans_behind_an_entry_add_up_to_it_whatever_came_later(older, books, change):
    on = DUE_2
    books.clear()
    eod_run(until=on)
    CHANGES[change](older)
    parts = day_parts_of(list(Loan.objects.values_list("pk", flat=True)), on)
    told = {event.kind: sum(event.amounts.values()) for event in books if event.event_no.startswith(f"{event.kind}/")}
    assert sum(one["interest"] for one in parts.values()) == told["interest_accrued"] > 0
    assert sum(one["interest_due"] for one in parts.values()) == told["interest_due"] > 0


AT_CLOSE: dict[str, Callable[[int], Fen]] = {
    "principal": controls.principal_outstanding,
    "non_accrual_principal": controls.principal_non_accrual,
    "interest_receivable": controls.interest_receivable,
    "interest_off_balance": controls.interest_off_balance,
    "fees_receivable": controls.fees_receivable,
    "overpayments": controls.overpayments,
    "claims_kept": controls.claims_kept,
    "overdue_principal": controls.principal_overdue,
    **{f"allowance_{stage}": partial(controls.allowance, stage=stage) for stage in (1, 2, 3)},
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_close_the_sub_ledger_is_known_without_reading_all_plans(late, change):
    """What the close kept, brought to the present, is what all loans and plans say: with arrears, too."""
    company, younger = late.legal_entity_id, Loan.objects.exclude(pk=late.pk).get()
    CHANGES[change](late)
    quick = controls.totals_at_close()["interest_receivable"][company]
    assert quick == controls.interest_receivable(company) > 0
    accrual_stop(younger.loan_no)
    totals = controls.totals_at_close()
    assert totals["interest_receivable"][company] < quick
    assert totals["interest_off_balance"][company] > 0
    assert totals.keys() <= AT_CLOSE.keys()
    assert {name: totals[name][company] for name in totals} == {name: AT_CLOSE[name](company) for name in totals}
    with CaptureQueriesContext(connection) as asked:
        controls.totals_at_close()
    assert len(asked) <= 13


def test_loans_that_moved_before_are_added_as_they_stand(loan):
    _payoff(loan)
    on = business_date()
    settled = sums_settle(RUNNING_INTEREST, on)
    assert (settled.sums, settled.moved) == ({}, frozenset({loan.pk}))
    other = make_loan(number=2, business_on=on)
    (group,) = sums_complete(RUNNING_INTEREST, on, settled)
    assert group == (other.legal_entity_id, other.product_code)


def test_several_days_at_once_are_the_same_as_one_by_one(books, only_servicing_steps):
    """Over New Year, a month's end and due dates, with nobody at work; interest runs on, however late the loan."""
    first = date(2026, 9, 1)
    business_date_set(first)
    loan = make_loan(start_on=first, business_on=first)
    ParameterValue.objects.create(code=ACCRUAL_POLICY.code, value="stage_3_net", effective_from=first, set_by="x")
    eod_run(until=(last := date(2027, 1, 20)))
    at_once = totals(books)
    days = sorted({event.value_on for event in books if event.kind == "interest_accrued"})
    passing = [first + timedelta(days=number) for number in range((days[-1] - first).days + 1)]
    assert days == [on for on in passing if (on + timedelta(days=1)).day != 31]  # 30/360
    loan.refresh_from_db()
    assert at_once["interest_due.interest"] == sum(
        loan.instalments.filter(due_on__lte=last).values_list("interest", flat=True)
    )
    assert business_date() == last + timedelta(days=1)
    assert_clean()


def test_a_day_takes_no_more_queries_for_many_loans_than_for_one(loan):
    """New loans move on the day (a statement for each sum) and are classified (locked, looked at again, written)."""
    with CaptureQueriesContext(connection) as one:
        eod_run(until=business_date())
    for number in range(2, 14):
        make_loan(number=number, business_on=business_date())
    with CaptureQueriesContext(connection) as many:
        eod_run(until=business_date())
    overdue_principal, inspections = 1, 8
    assert len(many) <= len(one) + 2 + 4 * SHARDS + overdue_principal + inspections
    assert len(one) <= 115


def test_a_receipt_takes_few_queries_however_long_the_history(loan):
    pay(loan, 1000)
    with CaptureQueriesContext(connection) as short:
        pay(loan, 1000)
    for _time in range(5):
        pay(loan, 1000)
    with CaptureQueriesContext(connection) as long:
        pay(loan, 1000)
    assert len(long) == len(short) <= 26
