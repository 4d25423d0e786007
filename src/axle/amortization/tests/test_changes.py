"""Changes of a running contract, with the worked figures of the domain and sums that anyone can check."""

from datetime import date
from decimal import Decimal

import pytest

from axle.amortization import errors
from axle.amortization.public import (
    AgreedPlan,
    Deferral,
    Deposit,
    Disbursement,
    DueDayChange,
    Extension,
    Fee,
    InterestPause,
    IrregularRow,
    PartialPrepayment,
    RateChange,
    ReAgeing,
    ReAmortisation,
    Receipt,
    Rules,
    Step,
    Terms,
    payoff_quote,
    replay,
    schedule,
)
from axle.amortization.tests.loan_a import disbursed, loan_terms, paid_on_time

TERMS, FREE = loan_terms(), Rules()
TWELFTH = date(2027, 2, 25)


def after(*events, as_of, terms=TERMS, rules=FREE):
    return replay(terms, rules, events, as_of)


def to_come(position):
    return [row for row in position.schedule.instalments if row.due_on > position.as_of]


# --- the term ------------------------------------------------------------------------------------------------


def test_an_extension_by_six_periods():
    """Domain 2.9: 69,606.95 over 30 instead of 24 instalments at 9 % is 2,599.69."""
    found = after(*paid_on_time(12), Extension(id="x", on=TWELFTH, periods=6), as_of=TWELFTH)
    rows = to_come(found)
    assert (len(rows), rows[0].total, rows[-1].due_on, rows[-1].no) == (30, 259_969, date(2029, 8, 25), 42)
    assert sum(row.principal for row in rows) == 6_960_695


def test_an_extension_at_another_rate():
    event = Extension(id="x", on=TWELFTH, periods=6, annual_rate=Decimal("0.12"))
    found = after(*paid_on_time(12), event, as_of=TWELFTH)
    assert (found.annual_rate, to_come(found)[0].interest) == (Decimal("0.12"), 69_607)


def test_a_bullet_loan_is_extended_in_its_one_row():
    terms = loan_terms(method="single", periods=12)
    found = after(disbursed(terms), Extension(id="x", on=date(2026, 8, 25), periods=6), as_of=TWELFTH, terms=terms)
    (row,) = to_come(found)
    assert (row.due_on, row.principal, row.interest, row.carried) == (date(2027, 8, 25), 10_000_000, 1_350_000, 450_000)


def test_rows_that_were_agreed_one_by_one():
    """69,606.95 at 9 %: 90 days of 30/360 each; the last row takes what is left."""
    rows = (IrregularRow(due_on=date(2027, 5, 25), principal=2_000_000), IrregularRow(due_on=date(2027, 8, 25)))
    plan = AgreedPlan(id="x", on=TWELFTH, rows=rows)
    found = to_come(after(*paid_on_time(12), plan, as_of=TWELFTH))
    assert [(row.no, row.due_on, row.principal, row.interest) for row in found] == [
        (13, date(2027, 5, 25), 2_000_000, 156_616),
        (14, date(2027, 8, 25), 4_960_695, 111_616),
    ]
    later = AgreedPlan(
        id="y", on=date(2027, 3, 10), rows=(IrregularRow(due_on=date(2027, 5, 25)),), annual_rate=Decimal(0)
    )
    (row,) = to_come(after(*paid_on_time(12), plan, later, as_of=date(2027, 3, 10)))
    assert (row.principal, row.interest, row.carried) == (6_960_695, 26_103, 26_103)
    with pytest.raises(errors.RowsAreFixed):
        after(*paid_on_time(12), plan, Extension(id="z", on=date(2027, 3, 10), periods=1), as_of=date(2027, 3, 10))


def test_re_amortisation_over_fewer_rows():
    found = after(*paid_on_time(12), ReAmortisation(id="x", on=TWELFTH, periods=12), as_of=TWELFTH)
    alone = schedule(loan_terms(principal=6_960_695, periods=12, start_on=TWELFTH))
    assert [(row.principal, row.interest) for row in to_come(found)] == [
        (row.principal, row.interest) for row in alone.instalments
    ]


def test_re_amortisation_levels_what_a_shorter_term_left():
    early = PartialPrepayment(id="p", on=TWELFTH, amount=2_000_000, mode="keep_instalment")
    found = after(*paid_on_time(12), early, ReAmortisation(id="q", on=date(2027, 3, 25)), as_of=date(2027, 3, 25))
    rows = to_come(found)
    assert len(rows) == 16
    assert rows[0].total - rows[-1].total in range(-16, 17)


# --- the rate ------------------------------------------------------------------------------------------------


def test_a_rate_change_on_a_due_date():
    found = after(*paid_on_time(12), RateChange(id="x", on=TWELFTH, annual_rate=Decimal("0.06")), as_of=TWELFTH)
    alone = schedule(loan_terms(principal=6_960_695, periods=24, annual_rate=Decimal("0.06"), start_on=TWELFTH))
    assert [(row.principal, row.interest) for row in to_come(found)] == [
        (row.principal, row.interest) for row in alone.instalments
    ]


def test_a_rate_change_within_a_period_keeps_what_was_earned():
    """Ten days at 9 %, 174.02, then twenty at 6 %, 232.02."""
    on = date(2027, 3, 5)
    found = after(*paid_on_time(12), RateChange(id="x", on=on, annual_rate=Decimal("0.06")), as_of=on)
    first = to_come(found)[0]
    assert found.interest_accrued == 17_402
    assert (first.carried, first.interest, first.days) == (17_402, 40_604, 20)
    later = after(*paid_on_time(12), RateChange(id="x", on=on, annual_rate=Decimal("0.06")), as_of=date(2027, 3, 15))
    assert later.interest_accrued == 17_402 + 11_601


@pytest.mark.parametrize(("asked", "got"), [("0.01", "0.03"), ("0.05", "0.05"), ("0.30", "0.24")])
def test_a_rate_change_stays_within_the_caps(asked, got):
    rules = Rules(rate_floor=Decimal("0.03"), rate_cap=Decimal("0.24"))
    event = RateChange(id="x", on=TWELFTH, annual_rate=Decimal(asked))
    assert after(*paid_on_time(12), event, as_of=TWELFTH, rules=rules).annual_rate == Decimal(got)


# --- the due day ---------------------------------------------------------------------------------------------


def test_a_later_due_day_makes_one_long_period():
    """From the 25th to the 5th of the month after: forty days of thirty/360 in the first period."""
    event = DueDayChange(id="x", on=TWELFTH, due_day=5)
    rows = to_come(after(*paid_on_time(12), event, as_of=TWELFTH))
    assert [row.due_on for row in rows[:3]] == [date(2027, 3, 5), date(2027, 4, 5), date(2027, 5, 5)]
    assert (rows[0].days, rows[0].interest, len(rows)) == (10, 17_402, 24)
    event = DueDayChange(id="x", on=TWELFTH, due_day=5, first_due_on=date(2027, 4, 5))
    rows = to_come(after(*paid_on_time(12), event, as_of=TWELFTH))
    assert (rows[0].days, rows[0].interest, rows[1].days) == (40, 69_607, 30)


def test_the_31st_comes_back_after_a_short_month():
    event = DueDayChange(id="x", on=date(2026, 12, 26), due_day=31)
    rows = to_come(after(*paid_on_time(10), event, as_of=date(2026, 12, 26)))
    assert [row.due_on for row in rows[:4]] == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 30),
    ]


# --- holidays ------------------------------------------------------------------------------------------------


def test_a_holiday_carries_its_interest_to_the_first_row_after_it():
    found = after(*paid_on_time(12), Deferral(id="x", on=TWELFTH, periods=3), as_of=TWELFTH)
    rows = to_come(found)
    assert (len(rows), rows[0].no, rows[0].due_on, rows[-1].due_on) == (24, 13, date(2027, 6, 25), date(2029, 5, 25))
    assert rows[0].interest == 208_821  # four months of 0.75 % on 69,606.95


def test_a_holiday_without_interest():
    event = Deferral(id="x", on=TWELFTH, periods=3, interest="waived")
    rows = to_come(after(*paid_on_time(12), event, as_of=TWELFTH))
    assert (rows[0].due_on, rows[0].interest, rows[0].total) == (date(2027, 6, 25), 52_205, 317_998)


def test_a_holiday_from_principal():
    event = Deferral(id="x", on=TWELFTH, periods=3, interest="paid")
    rows = to_come(after(*paid_on_time(12), event, as_of=TWELFTH))
    assert [(row.principal, row.interest) for row in rows[:3]] == [(0, 52_205)] * 3
    assert (len(rows), rows[3].total) == (27, 317_998)


def test_a_first_part_may_be_smaller_than_deposit_residual_and_fees():
    fees = (Fee(code="service", amount=3_000_000),)
    terms = loan_terms(method="balloon", residual=4_000_000, deposit=Deposit(amount=2_000_000), fees=fees)
    first = Disbursement(id="d", on=terms.start_on, amount=1_500_000)
    rest = Disbursement(id="e", on=date(2026, 3, 1), amount=8_500_000)
    rows = to_come(after(first, rest, as_of=date(2026, 3, 1), terms=terms))
    assert sum(row.principal for row in rows) == 10_000_000
    assert rows[-1].principal > 4_000_000


# --- re-ageing, pauses, more money ---------------------------------------------------------------------------


def test_re_ageing_makes_the_loan_current():
    """Two instalments of 3,179.97 are overdue; they join 95,121.84 and leave 34 rows."""
    on = date(2026, 5, 5)
    found = after(disbursed(), ReAgeing(id="x", on=on), as_of=on)
    assert (found.days_past_due, found.overdue, found.outstanding.total) == (0, 0, 0)
    assert found.moved == (0, 0, 0, 148_178, 487_816)
    assert found.principal_balance == 9_512_184 + 487_816 + 148_178
    rows = to_come(found)
    assert (len(rows), rows[0].carried) == (34, 23_780)


def test_re_ageing_a_loan_that_has_matured():
    on = date(2029, 6, 1)
    found = after(*paid_on_time(35), ReAgeing(id="x", on=on, periods=3), as_of=on)
    rows = to_come(found)
    assert [(row.no, row.due_on) for row in rows] == [
        (37, date(2029, 6, 25)),
        (38, date(2029, 7, 25)),
        (39, date(2029, 8, 25)),
    ]
    assert sum(row.principal for row in rows) == found.principal_balance == 318_011


def test_an_interest_pause_drops_its_days_and_keeps_the_principals():
    event = InterestPause(id="x", on=date(2027, 3, 5), until=date(2027, 3, 15))
    rows = to_come(after(*paid_on_time(12), event, as_of=date(2027, 3, 5)))
    assert (rows[0].interest, rows[0].principal, rows[1].interest) == (17_402 + 17_402, 265_792, 50_212)


def test_penalty_does_not_run_in_a_pause():
    rules = Rules(penalty_rate=Decimal("0.36"))
    late = after(disbursed(), as_of=date(2026, 4, 14), rules=rules).outstanding.penalty
    pause = InterestPause(id="x", on=date(2026, 3, 30), until=date(2026, 4, 9))
    paused = after(disbursed(), pause, as_of=date(2026, 4, 14), rules=rules).outstanding.penalty
    assert (late, paused) == (4_860, 2_430)  # 2,429.97 by 0.1 % over twenty days, and over ten


def test_a_second_disbursement_joins_the_balance():
    first, second = Disbursement(id="d", on=TERMS.start_on, amount=6_000_000), date(2026, 3, 25)
    more = Disbursement(id="e", on=second, amount=4_000_000)
    rows = to_come(after(first, more, Receipt(id="r", on=second, amount=190_798), as_of=second))
    alone = schedule(loan_terms(principal=9_854_202, periods=35, start_on=second))
    assert [row.total for row in rows] == [row.total for row in alone.instalments]


def test_penalty_is_capped():
    rules = Rules(penalty_rate=Decimal("0.36"), penalty_cap=Decimal("0.01"))
    found = after(disbursed(), as_of=date(2026, 4, 24), rules=rules)
    assert found.outstanding.penalty == 3_180  # one per cent of 3,179.97


# --- refusals ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terms", "event", "error"),
    [
        (loan_terms(), Extension(id="x", on=date(2030, 1, 1), periods=6), errors.NothingToCome),
        (loan_terms(), RateChange(id="x", on=date(2030, 1, 1), annual_rate=Decimal(0)), errors.NothingToCome),
        (loan_terms(), RateChange(id="x", on=TWELFTH, annual_rate=Decimal(9)), errors.RateOutOfRange),
        (loan_terms(), Extension(id="x", on=TWELFTH, periods=0), errors.NumberOutOfRange),
        (loan_terms(), Deferral(id="x", on=TWELFTH, periods=25), errors.HolidayTooLong),
        (loan_terms(every=30), Extension(id="x", on=TWELFTH, periods=6), errors.TermTooLong),
        (loan_terms(every=30), Deferral(id="x", on=TWELFTH, periods=480, interest="paid"), errors.TermTooLong),
        (loan_terms(), Deferral(id="x", on=TWELFTH, periods=2, interest="later"), errors.UnknownChoice),
        (loan_terms(), DueDayChange(id="x", on=TWELFTH, due_day=32), errors.NumberOutOfRange),
        (loan_terms(), DueDayChange(id="x", on=TWELFTH, due_day=5, first_due_on=TWELFTH), errors.FirstDueTooEarly),
        (loan_terms(unit="week"), DueDayChange(id="x", on=date(2026, 3, 1), due_day=5), errors.DueDayNeedsMonths),
        (loan_terms(method="rule_78"), Extension(id="x", on=TWELFTH, periods=6), errors.NotForMethod),
        (loan_terms(method="flat"), Deferral(id="x", on=TWELFTH, periods=1, interest="paid"), errors.NotForMethod),
        (loan_terms(), ReAgeing(id="x", on=TWELFTH), errors.NothingDue),
        (loan_terms(), InterestPause(id="x", on=TWELFTH, until=TWELFTH), errors.PauseEndsEarly),
        (
            loan_terms(method="quarterly_interest"),
            Extension(id="x", on=TWELFTH, periods=4),
            errors.PeriodsNotQuarterly,
        ),
    ],
)
def test_refused_changes(terms, event, error):
    events = [disbursed(terms)]
    if error is errors.NothingDue:
        events = paid_on_time(12)
    with pytest.raises(error):
        replay(terms, FREE, [*events, event], date(2030, 2, 1))


def test_a_stepped_loan_that_has_matured_is_not_re_aged():
    terms = loan_terms(method="stepped", steps=(Step(first=1, last=36, ratio=Decimal(1)),))
    with pytest.raises(errors.NotForMethod):
        after(disbursed(terms), ReAgeing(id="x", on=date(2029, 6, 1)), as_of=date(2029, 6, 1), terms=terms)


def test_the_payoff_after_a_change_settles_the_loan():
    change = RateChange(id="x", on=date(2027, 3, 5), annual_rate=Decimal("0.06"))
    quote = payoff_quote(TERMS, FREE, [*paid_on_time(12), change], date(2027, 3, 15))
    assert quote.total == 6_960_695 + 17_402 + 11_601


@pytest.mark.parametrize("method", ["level_payment", "balloon", "level_principal", "stepped"])
@pytest.mark.parametrize("tail", ["last", "levelled"])
def test_a_new_rate_when_only_the_residual_of_a_lease_in_advance_is_to_come(method, tail):
    """One rent on the start date; 300.00 a month later, then at 12 % instead of 6 %: 3.00 of interest."""
    options = {"tail": tail} if method in ("level_payment", "balloon") else {}
    if method == "stepped":
        options = {"steps": (Step(first=1, last=1, ratio=Decimal(1)),)}
    terms = Terms(
        principal=100_000,
        annual_rate=Decimal("0.06"),
        method=method,
        periods=1,
        start_on=date(2026, 1, 1),
        timing="advance",
        residual=30_000,
        **options,
    )
    paid = schedule(terms).instalments[0].total
    events = [
        Disbursement(id="d", on=date(2026, 1, 1), amount=100_000),
        Receipt(id="r", on=date(2026, 1, 1), amount=paid),
        RateChange(id="c", on=date(2026, 1, 1), annual_rate=Decimal("0.12")),
    ]
    (row,) = replay(terms, Rules(), events, date(2026, 1, 1)).schedule.instalments[1:]
    assert (row.due_on, row.principal) == (date(2026, 2, 1), 100_000 - paid)
    assert row.interest == (100_000 - paid + 50) // 100


@pytest.mark.parametrize("method", ["level_payment", "level_principal"])
def test_fewer_rows_than_the_grace_of_principal_that_was_agreed(method):
    """Three rows without principal were agreed; two rows are left: one without, and the last repays everything."""
    terms = loan_terms(method=method, principal_grace_periods=3)
    shorter = ReAmortisation(id="c", on=date(2026, 3, 1), periods=2)
    rows = replay(terms, FREE, [disbursed(), shorter], date(2026, 3, 1)).schedule.instalments
    assert [row.principal for row in rows] == [0, 10_000_000]
    assert [row.interest for row in rows] == [75_000, 75_000]
