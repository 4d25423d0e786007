"""Repayment methods with the worked figures of the domain (appendix B) and their edges."""

from datetime import date
from decimal import Decimal

import pytest

from axle.amortization.errors import IrregularRowsInvalid, NegativeAmortization
from axle.amortization.level import level_fraction
from axle.amortization.public import IrregularRow, Step, Terms, schedule
from axle.amortization.tests.loan_a import START, loan_terms
from axle.kernel.rounding import half_up


def rows_of(plan, *numbers):
    return [(row.principal, row.interest, row.balance) for row in plan.instalments if row.no in numbers]


def test_level_payment():
    plan = schedule(loan_terms())
    assert plan.instalment == 317997
    assert rows_of(plan, 1, 2, 3, 12, 13) == [
        (242997, 75000, 9757003),
        (244819, 73178, 9512184),
        (246656, 71341, 9265528),
        (263813, 54184, 6960695),
        (265792, 52205, 6694903),
    ]
    assert [row.total for row in plan.instalments] == [317997] * 35 + [318011]
    assert (plan.instalments[-1].principal, plan.instalments[-1].interest) == (315644, 2367)
    assert plan.interest_total == 1447906


def test_level_principal():
    plan = schedule(loan_terms(method="level_principal"))
    totals = [row.total for row in plan.instalments]
    assert (plan.instalment, totals[0], totals[1], totals[34], totals[35]) == (277778, 352778, 350695, 281945, 279853)
    assert rows_of(plan, 36) == [(277770, 2083, 0)]
    assert plan.interest_total == 1387500


@pytest.mark.parametrize(("day_count", "interest"), [("actual/360", 77500), ("30/360", 75000)])
def test_interest_first(day_count, interest):
    plan = schedule(loan_terms(method="interest_first", start_on=date(2026, 3, 25), day_count=day_count))
    assert rows_of(plan, 1) == [(0, interest, 10_000_000)]
    assert plan.instalments[-1].principal == 10_000_000


def test_flat():
    plan = schedule(loan_terms(method="flat", annual_rate=Decimal("0.072")))
    assert [row.total for row in plan.instalments] == [337778] * 35 + [337770]
    assert {row.interest for row in plan.instalments} == {60000}
    assert plan.instalments[-1].principal == 277770


def test_card_instalment():
    plan = schedule(loan_terms(principal=9_000_000, method="flat", annual_rate=Decimal("0.04")))
    assert {(row.principal, row.interest, row.total) for row in plan.instalments} == {(250000, 30000, 280000)}


def test_balloon():
    plan = schedule(loan_terms(principal=20_000_000, annual_rate=Decimal("0.06"), method="balloon", residual=6_000_000))
    assert (plan.instalment, plan.instalments[-1].total, plan.interest_total) == (455907, 6455909, 2412654)


def test_by_the_quarter():
    assert schedule(loan_terms(every=3, periods=12)).instalment == 960174


def test_extension_over_thirty_periods():
    assert schedule(loan_terms(principal=6960695, periods=30)).instalment == 259969


def test_direct_lease_rent_before_tax():
    assert schedule(loan_terms(annual_rate=Decimal("0.08"))).instalment == 313364


@pytest.mark.parametrize(("timing", "rent"), [("arrears", 464529), ("advance", 461759)])
def test_lease_rent(timing, rent):
    plan = schedule(loan_terms(principal=15_000_000, annual_rate=Decimal("0.072"), timing=timing))
    assert plan.instalment == rent
    assert len(plan.instalments) == 36
    assert plan.instalments[0].due_on == (START if timing == "advance" else date(2026, 3, 25))


def test_residual_of_rents_in_advance_has_its_own_row():
    plan = schedule(loan_terms(timing="advance", residual=1_000_000))
    last, before = plan.instalments[-1], plan.instalments[-2]
    assert (len(plan.instalments), last.no, last.due_on) == (37, 37, date(2029, 2, 25))
    assert before.total == plan.instalment
    assert abs(last.total - 1_000_000) <= 36


def test_level_principal_in_advance_keeps_the_residual_for_the_end():
    plan = schedule(loan_terms(method="level_principal", timing="advance", residual=1_000_000))
    assert plan.instalments[0].interest == 0
    assert plan.instalments[-1].principal == 1_000_000
    assert plan.instalments[-2].balance == 1_000_000


def test_stepped_by_ratio_and_amount():
    steps = (
        Step(first=1, last=12, amount=100000),
        Step(first=13, last=24, ratio=Decimal("0.5")),
        Step(first=25, last=36, ratio=Decimal(1)),
    )
    plan = schedule(loan_terms(method="stepped", steps=steps))
    totals = [row.total for row in plan.instalments]
    assert totals[:12] == [100000] * 12
    assert len(set(totals[12:24])) == len(set(totals[24:35])) == 1
    assert abs(totals[12] * 2 - totals[24]) <= 1
    assert abs(totals[35] - totals[34]) <= 36
    assert plan.instalments[-1].balance == 0


def test_a_step_below_the_interest_is_refused():
    steps = (Step(first=1, last=12, amount=70000), Step(first=13, last=36, ratio=Decimal(1)))
    with pytest.raises(NegativeAmortization) as refusal:
        schedule(loan_terms(method="stepped", steps=steps))
    assert refusal.value.params == {"period": 1}


def test_quarterly_interest():
    plan = schedule(loan_terms(method="quarterly_interest", periods=12))
    assert [(row.no, row.due_on, row.days, row.interest) for row in plan.instalments] == [
        (1, date(2026, 5, 25), 90, 225000),
        (2, date(2026, 8, 25), 90, 225000),
        (3, date(2026, 11, 25), 90, 225000),
        (4, date(2027, 2, 25), 90, 225000),
    ]
    assert [row.principal for row in plan.instalments] == [0, 0, 0, 10_000_000]


def test_single():
    (row,) = schedule(loan_terms(method="single", periods=6, day_count="actual/360")).instalments
    assert (row.due_on, row.days, row.principal, row.interest) == (date(2026, 8, 25), 181, 10_000_000, 452500)


def test_irregular():
    rows = (
        IrregularRow(due_on=date(2026, 6, 30), total=4_000_000),
        IrregularRow(due_on=date(2026, 10, 31), principal=3_000_000),
        IrregularRow(due_on=date(2027, 1, 31)),
    )
    plan = schedule(loan_terms(method="irregular", periods=3, irregular=rows, day_count="actual/365"))
    assert [(row.days, row.principal, row.interest) for row in plan.instalments] == [
        (125, 3691781, 308219),
        (123, 3000000, 191321),
        (92, 3308219, 75047),
    ]


def test_irregular_rows_that_repay_too_much_are_refused():
    rows = (IrregularRow(due_on=date(2026, 6, 30), principal=10_000_001), IrregularRow(due_on=date(2026, 7, 31)))
    with pytest.raises(IrregularRowsInvalid) as refusal:
        schedule(loan_terms(method="irregular", periods=2, irregular=rows))
    assert refusal.value.params == {"row": 1}


def test_rule_78():
    plan = schedule(loan_terms(principal=1_200_000, annual_rate=Decimal("0.12"), method="rule_78", periods=12))
    assert plan.interest_total == 144000
    assert [row.interest for row in plan.instalments] == [half_up(144000 * k, 78) for k in range(12, 0, -1)]
    assert {row.total for row in plan.instalments} == {112000}


def test_interest_free_and_grace_periods():
    plan = schedule(loan_terms(interest_free_periods=3, principal_grace_periods=2))
    assert [row.interest for row in plan.instalments[:3]] == [0, 0, 0]
    assert [row.principal for row in plan.instalments[:2]] == [0, 0]
    assert len({row.total for row in plan.instalments[2:35]}) == 1


def test_zero_rate():
    plan = schedule(loan_terms(annual_rate=Decimal(0)))
    assert (plan.instalment, plan.interest_total, plan.instalments[-1].total) == (277778, 0, 277770)


@pytest.mark.parametrize("method", ["level_payment", "level_principal", "interest_first", "flat"])
def test_one_fen_over_480_periods(method):
    plan = schedule(loan_terms(principal=1, method=method, periods=480))
    assert sum(row.principal for row in plan.instalments) == 1
    assert plan.instalments[-1].balance == 0


def test_an_instalment_multiple_above_the_debt_is_refused():
    with pytest.raises(NegativeAmortization):
        schedule(loan_terms(principal=10_000, instalment_multiple=100_000))


def test_level_instalment_with_a_long_first_period():
    """Stub factor 1.1 % (44 days of actual/360), then 0.75 % a month: 3,191.02."""
    factors = [44 * 900, *[30 * 900] * 35]
    assert half_up(*level_fraction(10_000_000, factors, 360 * 10_000)) == 319102


def test_levelled_tail_moves_the_instalment_by_the_smallest_unit():
    terms = {"principal": 100_00, "annual_rate": Decimal("0.2"), "periods": 30}
    plain, levelled = schedule(loan_terms(**terms)), schedule(loan_terms(**terms, tail="levelled"))
    gap = abs(plain.instalments[-1].total - plain.instalment)
    assert abs(levelled.instalments[-1].total - levelled.instalment) <= gap


def test_terms_are_values():
    assert loan_terms() == loan_terms()
    assert isinstance(hash(loan_terms()), int)
    assert Terms(**{f: getattr(loan_terms(), f) for f in Terms.__slots__}) == loan_terms()


def test_rule_78_never_pays_interest_back():
    """Half of 51 rows round up; the last ones give that back without falling below nothing."""
    plan = schedule(
        loan_terms(
            principal=99450,
            annual_rate=Decimal("0.0001"),
            method="rule_78",
            periods=51,
            every=2,
            interest_free_periods=1,
        )
    )
    assert min(row.interest for row in plan.instalments) == 0
    assert plan.interest_total == 83


def test_levelled_tails_far_off_are_found_at_once():
    """A first period of 75 days at a high rate asks for more interest than the instalment: the tail is millions off."""
    plan = schedule(
        loan_terms(
            principal=10**10,
            annual_rate=Decimal("0.99"),
            periods=60,
            start_on=date(2026, 1, 31),
            first_due_on=date(2026, 6, 30),
            tail="levelled",
        )
    )
    others = plan.instalments[1:-1]
    assert abs(plan.instalments[-1].total - others[-1].total) < 10**10
    assert sum(row.principal for row in plan.instalments) == 10**10


@pytest.mark.parametrize("tail", ["last", "levelled"])
def test_a_residual_in_a_row_of_its_own_takes_the_remainder(tail):
    """Rents in advance and 60,000.00 at the end: the last row stays within the remainder of 36 rents."""
    plan = schedule(loan_terms(principal=20_000_000, timing="advance", residual=6_000_000, tail=tail))
    assert abs(plan.instalments[-1].total - 6_000_000) <= 40
    assert plan.instalments[-1].no == 37


def test_interest_free_periods_have_no_digit():
    """100,000 at 0.6 % a month over 12, three of them free: 5,400.00, by 45ths from the fourth row on."""
    rows = schedule(
        loan_terms(method="rule_78", annual_rate=Decimal("0.072"), periods=12, interest_free_periods=3)
    ).instalments
    assert [row.interest for row in rows[:5]] == [0, 0, 0, 108_000, 96_000]
    assert sum(row.interest for row in rows) == 540_000
    free = schedule(loan_terms(method="rule_78", periods=12, interest_free_periods=12))
    assert free.interest_total == 0
