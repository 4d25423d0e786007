"""A portfolio of any terms has the scalar form's figures, loan by loan."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from axle.amortization.errors import AmortizationError, NoRate
from axle.amortization.public import (
    NO_RATE,
    RATES_UNIT,
    Disbursement,
    Receipt,
    Rules,
    Step,
    Terms,
    interest_accrued_to,
    irr_annual,
    payoff_quote,
    portfolio,
    portfolio_interest_to,
    portfolio_payoffs,
    portfolio_rates,
    schedule,
)
from axle.amortization.tests.examples import examples
from axle.amortization.tests.strategies import any_rules, any_terms, lays_out, simple_terms
from axle.amortization.vector.portfolio import form_of

SOME = examples(40)
books = st.lists(st.one_of(simple_terms(60), any_terms().filter(lays_out)), min_size=1, max_size=5)
COLUMNS = ("principal", "interest", "fee", "vat", "total", "balance")


@SOME
@given(books)
def test_every_row_equals_the_scalar_form(terms):
    book = portfolio(terms)
    for loan, plan in enumerate(map(schedule, terms)):
        rows, count = plan.instalments, len(plan.instalments)
        assert (book.counts[loan], book.instalment[loan]) == (count, plan.instalment)
        for name in COLUMNS:
            assert getattr(book, name)[:count, loan].tolist() == [getattr(row, name) for row in rows], name
            assert not getattr(book, name)[count:, loan].any()
        assert book.starts[:count, loan].tolist() == [row.starts_on for row in rows]
        assert book.dues[:count, loan].tolist() == [row.due_on for row in rows]
        assert np.isnat(book.dues[count:, loan]).all()


@SOME
@given(books, st.integers(-100, 2500))
def test_interest_to_a_date_equals_the_scalar_form(terms, day):
    on = terms[0].start_on + timedelta(days=day)
    found = portfolio_interest_to(portfolio(terms), on)
    assert found.tolist() == [interest_accrued_to(plan, on) for plan in map(schedule, terms)]


@SOME
@given(books, st.integers(-100, 2500), any_rules(), st.integers(0, 60))
def test_payoff_and_penalty_equal_the_scalar_form(terms, day, rules, most_paid):
    on, plans = terms[0].start_on + timedelta(days=day), [schedule(one) for one in terms]
    paid = [min(most_paid, sum(row.due_on <= on for row in plan.instalments)) for plan in plans]
    found = portfolio_payoffs(portfolio(terms), np.array(paid, np.int64), on, rules)
    for loan, (plan, count) in enumerate(zip(plans, paid, strict=True)):
        events = [Disbursement(id="d", on=plan.terms.start_on, amount=plan.terms.principal)]
        events += [
            Receipt(id=f"r{row.no}", on=row.due_on, amount=row.total) for row in plan.instalments[:count] if row.total
        ]
        quote = payoff_quote(plan.terms, rules, events, on)
        for name in found._fields:
            assert getattr(found, name)[loan] == getattr(quote, name), (name, loan)


def rate_of(plan):
    try:
        return int(irr_annual(plan).periodic * RATES_UNIT)
    except NoRate:
        return NO_RATE


@SOME
@given(books)
def test_rates_equal_the_scalar_form(terms):
    assert portfolio_rates(portfolio(terms)).tolist() == [rate_of(plan) for plan in map(schedule, terms)]


# --- which form lays out what ----------------------------------------------------------------------------------


def terms_of(**keys):
    plain = {"principal": 1_000_000, "annual_rate": Decimal("0.0899"), "method": "level_payment", "periods": 12}
    return Terms(**plain | {"start_on": date(2026, 1, 31)} | keys)


@pytest.mark.parametrize("method", ["level_payment", "level_principal", "interest_first", "flat"])
def test_plain_loans_are_laid_out_together(method):
    book = portfolio([terms_of(method=method), terms_of(method=method, periods=36, stub="last", down_payment=5)])
    assert (len(book.parts), book.singles) == (1, {})
    assert book.principal.sum(axis=0).tolist() == [1_000_000, 1_000_000]


@pytest.mark.parametrize(
    "keys",
    [
        {"timing": "advance"},
        {"due_day": 15},
        {"annual_rate": Decimal("0.123456789")},
        {"method": "stepped", "steps": (Step(first=1, last=12, ratio=Decimal(1)),)},
        {"principal_grace_periods": 2},
        {"vat_rate": Decimal("0.06")},
        {"month_end": "roll"},
    ],
)
def test_other_terms_are_laid_out_one_by_one(keys):
    assert form_of(terms_of(**keys)) is None
    assert list(portfolio([terms_of(), terms_of(**keys)]).singles) == [1]


def test_a_balloon_is_a_level_payment_with_a_residual():
    balloon = terms_of(method="balloon", residual=300_000)
    book = portfolio([balloon])
    assert book.singles == {}
    assert book.principal[-1, 0] == schedule(balloon).instalments[-1].principal > 300_000


# --- edges -----------------------------------------------------------------------------------------------------


def test_rules_with_finer_rates_are_followed_too():
    rules, on = Rules(penalty_rate=Decimal("0.123456789012")), date(2026, 6, 1)
    found = portfolio_payoffs(portfolio([terms_of()]), np.array([1]), on, rules)
    row = schedule(terms_of()).instalments[0]
    events = [
        Disbursement(id="d", on=date(2026, 1, 31), amount=1_000_000),
        Receipt(id="r", on=row.due_on, amount=row.total),
    ]
    assert found.penalty.tolist() == [payoff_quote(terms_of(), rules, events, on).penalty] != [0]


def test_a_loan_that_starts_later_owes_nothing():
    found = portfolio_payoffs(
        portfolio([terms_of(), terms_of(timing="advance")]), np.zeros(2, int), date(2026, 1, 1), Rules()
    )
    assert found.total.tolist() == [0, 0]


def test_a_refusal_says_which_terms():
    bad = terms_of(method="rule_78", annual_rate=Decimal(1), periods=480)
    with pytest.raises(AmortizationError) as refusal:
        portfolio([terms_of(), bad])
    assert (refusal.value.code, refusal.value.field) == ("negative_amortization", "terms[1].annual_rate")


def test_rows_ahead_of_their_due_dates_are_refused():
    with pytest.raises(AmortizationError):
        portfolio_payoffs(portfolio([terms_of(timing="advance")]), np.array([2]), date(2026, 1, 31), Rules())


def test_no_loans():
    book, none = portfolio([]), np.zeros(0, np.int64)
    assert (book.principal.shape, portfolio_rates(book).tolist()) == ((0, 0), [])
    assert portfolio_payoffs(book, none, date(2026, 1, 1), Rules()).total.tolist() == []
