"""Every vector form equals the scalar form, loan by loan: methods, day counts, positions, rates."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from axle.amortization.day_count import year_part
from axle.amortization.errors import AmortizationError, NoRate
from axle.amortization.public import (
    NO_RATE,
    RATE_UNIT,
    RATES_UNIT,
    Disbursement,
    Receipt,
    Rules,
    Terms,
    accrued_to,
    interest_accrued_to,
    interest_to,
    irr,
    irrs,
    loans,
    payoff_quote,
    payoffs,
    penalties,
    schedule,
    schedules,
)
from axle.amortization.tests.examples import examples
from axle.amortization.tests.strategies import ALL_DAY_COUNTS, caps, prepayments
from axle.amortization.vector.calendar import due_dates
from axle.amortization.vector.calendar import year_part as year_parts

SOME = examples(60)

methods = st.sampled_from(["level_payment", "level_principal", "interest_first", "flat"])
day_counts = st.sampled_from(ALL_DAY_COUNTS)
starts = st.one_of(
    st.dates(date(2019, 1, 1), date(2032, 12, 31)),
    st.sampled_from([date(2024, 1, 31), date(2023, 8, 31), date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 30)]),
)
rows = st.tuples(
    st.one_of(st.integers(1, 1000), st.integers(1, 10**9), st.integers(1, 5 * 10**12)),
    st.one_of(st.just(0), st.integers(0, 4 * 10**7), st.integers(0, RATE_UNIT)),
    st.one_of(st.integers(1, 15), st.integers(1, 60)),
    starts,
    st.sampled_from([0, 0, 3]),
)
books = st.lists(rows, min_size=1, max_size=5)


def laid_out(book, method, day_count, every):
    """The vector schedules of a book, and the scalar schedule of each of its loans."""
    if method not in ("level_payment", "level_principal"):
        book = [(*row[:4], 0) for row in book]
    residuals = [row[0] // row[4] if row[4] and row[0] >= row[4] else 0 for row in book]
    columns = [np.array(column, dtype=np.int64) for column in list(zip(*book, strict=True))[:3]]
    days = np.array([row[3] for row in book], dtype="datetime64[D]")
    plan = schedules(
        loans(*columns, days, np.array(residuals, dtype=np.int64)), method, day_count=day_count, every=every
    )
    scalars = [
        schedule(
            Terms(
                principal=principal,
                annual_rate=Decimal(rate) / RATE_UNIT,
                method=method,
                periods=periods,
                start_on=start,
                day_count=day_count,
                every=every,
                residual=residual,
            )
        )
        for (principal, rate, periods, start, _), residual in zip(book, residuals, strict=True)
    ]
    return plan, scalars


@SOME
@given(books, methods, day_counts, st.sampled_from([1, 1, 3]))
def test_schedules_of_every_method_equal_the_scalar_form(book, method, day_count, every):
    plan, scalars = laid_out(book, method, day_count, every)
    for loan, scalar in enumerate(scalars):
        count = len(scalar.instalments)
        assert plan.rows.instalment[loan] == scalar.instalment
        for column, name in ((plan.rows.principal, "principal"), (plan.rows.interest, "interest")):
            assert column[:count, loan].tolist() == [getattr(row, name) for row in scalar.instalments]
            assert not column[count:, loan].any()
        assert plan.rows.balance[:count, loan].tolist() == [row.balance for row in scalar.instalments]
        assert plan.dates[1 : count + 1, loan].tolist() == [row.due_on for row in scalar.instalments]


@SOME
@given(books, methods, day_counts, st.integers(0, 2500))
def test_interest_to_a_date_equals_the_scalar_form(book, method, day_count, day):
    plan, scalars = laid_out(book, method, day_count, 1)
    on = book[0][3] + timedelta(days=day)
    base = plan.loans.principal if method == "flat" else None
    assert interest_to(plan, on, base=base).tolist() == [interest_accrued_to(scalar, on) for scalar in scalars]
    running = [sum(1 for row in scalar.instalments if row.starts_on < on < row.due_on) for scalar in scalars]
    assert [bool(found) <= bool(count) for found, count in zip(accrued_to(plan, on, base=base), running, strict=True)]


eight_places = st.integers(0, 36_000_000).map(lambda units: Decimal(units) / RATE_UNIT)


@st.composite
def late_rules(draw):
    on_instalment = draw(st.booleans())
    return Rules(
        grace_days=draw(st.sampled_from([0, 3, 15])),
        grace_is_retroactive=draw(st.booleans()),
        penalty_rate=draw(eight_places),
        penalty_base="instalment" if on_instalment else "principal",
        compound_rate=Decimal(0) if on_instalment else draw(eight_places),
        penalty_cap=draw(caps),
        compound_cap=draw(caps),
        penalty_year_days=draw(st.sampled_from([360, 365])),
        prepayment=draw(prepayments),
    )


@SOME
@given(books, methods, day_counts, st.integers(0, 2500), late_rules(), st.integers(0, 60))
def test_payoff_and_penalty_equal_the_scalar_form(book, method, day_count, day, rules, most_paid):
    """Loans that paid their first instalments on time and nothing since; the scalar form replays that life."""
    plan, scalars = laid_out(book, method, day_count, 1)
    on = max(row[3] for row in book) + timedelta(days=day)
    due = [[row for row in scalar.instalments if row.due_on <= on] for scalar in scalars]
    paid = [min(most_paid, len(rows)) for rows in due]
    base = plan.loans.principal if method == "flat" else None
    found = payoffs(plan, np.array(paid, dtype=np.int64), on, rules, base=base)
    for loan, scalar in enumerate(scalars):
        terms = scalar.terms
        events = [Disbursement(id="d", on=terms.start_on, amount=terms.principal)]
        events += [
            Receipt(id=f"r{row.no}", on=row.due_on, amount=row.total) for row in due[loan][: paid[loan]] if row.total
        ]
        quote = payoff_quote(terms, rules, events, on)
        for name in found._fields:
            assert getattr(found, name)[loan] == getattr(quote, name), name


def test_penalty_of_the_worked_example():
    """Instalments 1 and 2 of loan A, 41 and 10 days late: 37.36 and 9.18, compound 11.53 and 2.74."""
    rules = Rules(penalty_rate=Decimal("0.135"), compound_rate=Decimal("0.135"))
    due = np.array(["2026-03-25", "2026-04-25"], dtype="datetime64[D]")
    found = penalties(np.array([242997, 244819]), np.array([75000, 73178]), due, date(2026, 5, 5), rules)
    assert (found.penalty.tolist(), found.compound.tolist()) == ([3736, 918], [1153, 274])


def test_rows_ahead_of_their_due_dates_are_refused():
    plan, _ = laid_out([(1000, 0, 12, date(2026, 1, 1), 0)], "level_payment", "30/360", 1)
    with pytest.raises(AmortizationError):
        payoffs(plan, np.array([2]), date(2026, 2, 1), Rules())


# --- calendar ------------------------------------------------------------------------------------------------


@examples(300)
@given(day_counts, st.dates(date(1995, 1, 1), date(2105, 1, 1)), st.integers(0, 1500))
def test_parts_of_a_year_equal_the_scalar_form(day_count, start, days):
    end = start + timedelta(days=days)
    columns = (np.array([on], dtype="datetime64[D]") for on in (start, end))
    assert year_parts(day_count, *columns).tolist() == [year_part(day_count, start, end)]


def test_due_dates_return_to_the_day_after_a_short_month():
    dates = due_dates(np.array(["2024-01-31"], dtype="datetime64[D]"), 4, 1)
    assert [str(on) for on in dates[:, 0]] == ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]


# --- rates ---------------------------------------------------------------------------------------------------

lent = st.lists(
    st.lists(st.one_of(st.just(0), st.integers(0, 10**6)), min_size=6, max_size=6).filter(any), min_size=1, max_size=6
)


def scalar_rate(flows):
    try:
        return int(irr(flows) * RATES_UNIT)
    except NoRate:
        return NO_RATE


@examples(200)
@given(lent, st.integers(1, 10**7))
def test_rates_equal_the_scalar_form(amounts, principal):
    flows = [[-principal, *row] for row in amounts]
    assert irrs(np.array(flows, dtype=np.int64).T).tolist() == [scalar_rate(row) for row in flows]


@examples(100)
@given(st.lists(st.lists(st.integers(-(10**6), 10**6), min_size=5, max_size=5), min_size=1, max_size=5))
def test_flows_of_any_shape_are_left_to_the_scalar_form(flows):
    assert irrs(np.array(flows, dtype=np.int64).T).tolist() == [scalar_rate(row) for row in flows]


def test_rates_of_a_portfolio_equal_the_scalar_form():
    random = np.random.default_rng(20261126)
    principal = random.integers(10**6, 5 * 10**7, 3000)
    payment = (principal * random.uniform(0.9, 2.5, 3000) / 36).astype(np.int64)
    flows = np.vstack([-principal, np.tile(payment, (36, 1))])
    sample = random.choice(3000, 300, replace=False)
    assert irrs(flows)[sample].tolist() == [scalar_rate(flows[:, loan].tolist()) for loan in sample]


# --- refusals ------------------------------------------------------------------------------------------------


def column(*values):
    return np.array(values, dtype=np.int64)


@pytest.mark.parametrize(
    ("start", "residual"), [("1850-01-01", 0), ("2300-01-01", 0), ("2026-01-01", -1), ("2026-01-01", 100)]
)
def test_columns_out_of_bounds_are_refused(start, residual):
    with pytest.raises(AmortizationError):
        loans(column(100), column(1), column(1), np.array([start], dtype="datetime64[D]"), column(residual))


@pytest.mark.parametrize("method", ["flat", "interest_first", "stepped"])
def test_methods_refuse_what_they_do_not_have(method):
    book = loans(column(100), column(1), column(3), np.array(["2026-01-01"], dtype="datetime64[D]"), column(50))
    with pytest.raises(AmortizationError):
        schedules(book, method)


def test_an_empty_book():
    empty = column()
    plan = schedules(loans(empty, empty, empty, np.array([], dtype="datetime64[D]")))
    assert plan.rows.principal.shape == (0, 0)
    assert irrs(np.zeros((3, 0), np.int64)).tolist() == []
