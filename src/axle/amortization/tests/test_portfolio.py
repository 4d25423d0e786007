"""A portfolio of any terms has the scalar form's figures, loan by loan."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from axle.amortization.choices import Stub
from axle.amortization.errors import AmortizationError, NoRate
from axle.amortization.public import (
    NO_RATE,
    RATES_UNIT,
    Disbursement,
    Fee,
    Holidays,
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
from axle.amortization.tests.strategies import any_rules, any_terms, lays_out, rates, simple_terms, starts
from axle.amortization.vector.portfolio import form_of

SOME = examples(40)


def is_level(fee):
    return fee.base == "principal"


@st.composite
def alike(draw):
    """Loans that one vector form lays out: other principals, rates, starts and shares of residual."""
    base = draw(any_terms(draw(st.sampled_from(VECTOR_METHODS))).filter(lays_out))
    base = replace(base, fees=tuple(filter(is_level, base.fees)), holidays=None, subvention=None)
    loans = [base]
    for _ in range(draw(st.integers(0, 4))):
        start, factor = draw(starts), draw(st.integers(1, 30))
        first = base.first_due_on and start + (base.first_due_on - base.start_on)
        sizes = {"principal": base.principal * factor, "residual": base.residual * draw(st.integers(0, factor))}
        if base.method == "balloon" or base.timing == "advance":
            sizes["residual"] = base.residual * factor
        one = replace(base, annual_rate=draw(rates), start_on=start, first_due_on=first, deposit=None, **sizes)
        loans += [one] if lays_out(one) else []
    return loans


books = st.one_of(
    st.lists(st.one_of(simple_terms(60), any_terms().filter(lays_out)), min_size=1, max_size=5), alike(), alike()
)
VECTOR_METHODS = ("level_payment", "balloon", "level_principal", "interest_first", "flat", "stepped")
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


TOGETHER = [
    {"timing": "advance"},
    {"timing": "advance", "residual": 300_000},
    {"due_day": 15},
    {"annual_rate": Decimal("0.123456789")},
    {"method": "stepped", "steps": (Step(first=1, last=12, ratio=Decimal(1)),)},
    {"principal_grace_periods": 2},
    {"interest_free_periods": 2},
    {"month_end": "roll"},
    {"unit": "week", "tail": "levelled"},
    {"vat_rate": Decimal("0.06"), "fees": (Fee(code="a", amount=100, timing="by_instalment"),)},
    {"vat_rate": Decimal("0.13"), "vat_base": "rent", "timing": "advance"},
    {"rent": 87_500, "annual_rate": Decimal("0.089123456789")},
    *({"first_due_on": date(2026, 3, 15), "stub": stub} for stub in get_args(Stub)),
]


@pytest.mark.parametrize("keys", TOGETHER)
def test_what_has_a_vector_form(keys):
    book = portfolio([terms_of(), terms_of(**keys), terms_of(**keys)])
    assert (len(book.parts), book.singles) == (2, {})
    rows = schedule(terms_of(**keys)).instalments
    for loan in (1, 2):
        assert book.total[: len(rows), loan].tolist() == [row.total for row in rows]


@pytest.mark.parametrize(
    "keys",
    [
        {"method": "rule_78"},
        {"method": "single"},
        {"method": "quarterly_interest"},
        {"vat_rate": Decimal("0.1234567")},
        {"fees": (Fee(code="a", rate=Decimal("0.01"), base="balance", timing="by_instalment"),)},
        {"holidays": Holidays(calendar="cn")},
    ],
)
def test_other_terms_are_laid_out_one_by_one(keys):
    assert form_of(terms_of(**keys)) is None
    assert list(portfolio([terms_of(), terms_of(**keys)]).singles) == [1]


def test_an_instalment_that_no_double_can_round_is_left_to_the_scalar_form():
    """1.00 yuan over two interest-free rows with a grace row: 50 fen and a half, which a double cannot tell."""
    keys = {"principal": 101, "annual_rate": Decimal(0), "periods": 3, "principal_grace_periods": 1}
    book = portfolio([terms_of(**keys)])
    assert list(book.singles) == [0]
    assert book.principal[:, 0].tolist() == [0, 51, 50]


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
