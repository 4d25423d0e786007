"""Properties of every schedule: random terms of every method, and the slow model where it knows the method."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from axle.amortization.cash_flows import borrower_flows
from axle.amortization.errors import NegativeAmortization, NoRate
from axle.amortization.public import apr, interest_accrued_to, irr_annual, quote_json, schedule, terms_to_json
from axle.amortization.tests.examples import examples
from axle.amortization.tests.slow_model import slow_schedule
from axle.amortization.tests.strategies import any_terms, simple_terms
from axle.kernel.rounding import round_fen

MANY = examples(100)


def laid_out(terms):
    """The schedule, or None where the terms ask for instalments below their interest."""
    try:
        return schedule(terms)
    except NegativeAmortization:
        return None


@MANY
@given(any_terms())
def test_a_schedule_repays_its_principal_exactly(terms):
    plan = laid_out(terms)
    if plan is None:
        return
    balance = terms.principal
    for row in plan.instalments:
        assert row.principal >= 0
        assert row.interest >= 0
        tax = row.vat - _tax_of_fees(terms, row) if terms.vat_base == "rent" else 0
        assert row.total == row.principal + row.interest + row.fee + tax
        balance -= row.principal
        assert row.balance == balance >= 0
    assert balance == 0


def _tax_of_fees(terms, row):
    """VAT inside the row's fees; only fees of a fixed amount bear any here."""
    taxed = [fee for fee in terms.fees if fee.timing == "by_instalment" and fee.vat_rate]
    return sum(round_fen(fee.amount * fee.vat_rate / (1 + fee.vat_rate)) for fee in taxed) if row.no else 0


@MANY
@given(any_terms())
def test_due_dates_ascend_and_periods_join(terms):
    plan = laid_out(terms)
    if plan is None:
        return
    rows = [row for row in plan.instalments if row.no]
    assert [row.no for row in rows] == list(range(1, len(rows) + 1))
    assert rows[0].starts_on == terms.start_on
    for before, after in pairwise(rows):
        assert before.starts_on <= after.starts_on
        assert before.due_on <= after.due_on
        if terms.holidays is None:
            assert before.due_on == after.starts_on
            assert before.due_on < after.due_on or terms.timing == "advance"


@MANY
@given(any_terms(), st.integers(0, 4000))
def test_accrued_interest_never_falls_and_ends_at_the_total(terms, day):
    plan = laid_out(terms)
    if plan is None:
        return
    on = terms.start_on + timedelta(days=day)
    assert 0 <= interest_accrued_to(plan, on) <= interest_accrued_to(plan, on + timedelta(days=1))
    assert interest_accrued_to(plan, plan.matures_on) == plan.interest_total


@MANY
@given(simple_terms(max_periods=48))
def test_the_slow_model_lays_out_the_same_rows(terms):
    plan = schedule(terms)
    rows, _ = slow_schedule(terms)
    assert [(row.due_on, row.principal, row.interest) for row in plan.instalments] == [
        (row.due_on, row.due["principal"], row.due["interest"]) for row in rows
    ]


def worth_at(plan, rate):
    """What the borrower's flows are worth at an annual rate, in doubles: below zero where they cost more than that."""
    flows = borrower_flows(plan)
    return sum(flow * (1 + rate) ** (-(on - plan.terms.start_on).days / 365) for on, flow in flows)


@MANY
@given(any_terms())
def test_rates_are_found_and_fees_raise_them(terms):
    plan = laid_out(terms)
    if plan is None:
        return
    bare = irr_annual(plan)
    try:
        full = apr(plan)
    except NoRate:
        assert worth_at(plan, 10**9) < 0
        return
    assert bare.periodic >= 0
    assert full.compound >= bare.compound or terms.fees == ()


@MANY
@given(any_terms())
def test_a_quote_in_json_says_the_same(terms):
    plan = laid_out(terms)
    if plan is None:
        return
    quote = quote_json(terms_to_json(terms))
    assert [row["due_on"] for row in quote["instalments"]] == [row.due_on.isoformat() for row in plan.instalments]
    assert quote["totals"]["interest"] == f"{plan.interest_total // 100}.{plan.interest_total % 100:02d}"
