"""Payment holidays (还款假期): what becomes of the interest, exact to the fen, and of changes that come during one."""

from datetime import date
from decimal import Decimal

import pytest

from axle.amortization import errors
from axle.amortization.public import (
    Deferral,
    DueDayChange,
    InterestPause,
    PartialPrepayment,
    Payoff,
    RateChange,
    Rules,
    payoff_quote,
    replay,
    replay_json,
)
from axle.amortization.tests.loan_a import disbursed, loan_terms, paid_on_time

FREE = Rules()
TWELFTH = date(2027, 2, 25)


def holiday(interest, periods=3, on=TWELFTH):
    return Deferral(id="x", on=on, periods=periods, interest=interest)


def after(*events, as_of, terms=None, rules=FREE):
    return replay(terms or loan_terms(), rules, events, as_of)


def to_come(position):
    return [row for row in position.schedule.instalments if row.due_on > position.as_of]


def test_capitalised_interest_joins_the_principal_and_bears_interest():
    """69,606.95 at 0.75 % a month: 522.05, 525.97, 529.91 join; 71,184.88 is repaid in 24 instalments."""
    rows = to_come(after(*paid_on_time(12), holiday("capitalised"), as_of=TWELFTH))
    assert [(row.principal, row.interest, row.capitalised, row.total) for row in rows[:3]] == [
        (0, 52_205, 52_205, 0),
        (0, 52_597, 52_597, 0),
        (0, 52_991, 52_991, 0),
    ]
    assert [row.balance for row in rows[:3]] == [7_012_900, 7_065_497, 7_118_488]
    assert (len(rows), rows[3].interest, rows[3].total) == (27, 53_389, 325_206)
    assert sum(row.principal for row in rows) == 7_118_488
    assert rows[-1].balance == 0


def test_capitalised_interest_is_moved_when_its_row_falls_due_and_is_never_overdue():
    found = after(*paid_on_time(12), holiday("capitalised"), as_of=date(2027, 4, 30))
    assert (found.moved.interest, found.outstanding.total, found.days_past_due) == (104_802, 0, 0)
    assert (found.principal_balance, found.principal_not_due) == (7_065_497, 7_065_497)
    assert found.interest_accrued == 8_832  # 5 of 30 days on 70,654.97
    assert found.due.interest == found.paid.interest + 104_802


def test_a_payoff_in_the_holiday_asks_for_what_has_joined_and_no_more():
    on = date(2027, 4, 30)
    events = [*paid_on_time(12), holiday("capitalised")]
    quote = payoff_quote(loan_terms(), FREE, events, on)
    assert (quote.principal_not_due, quote.interest_accrued, quote.total) == (7_065_497, 8_832, 7_074_329)
    assert after(*events, Payoff(id="z", on=on, amount=quote.total), as_of=on).is_settled


def test_a_rate_change_in_a_holiday_leaves_it_a_holiday():
    on = date(2027, 3, 25)
    change = RateChange(id="y", on=on, annual_rate=Decimal("0.12"))
    for interest, first, last in (("paid", (0, 69_607, 0), 0), ("capitalised", (0, 70_129, 70_129), 70_830)):
        rows = to_come(after(*paid_on_time(12), holiday(interest), change, as_of=on))
        assert (rows[0].principal, rows[0].interest, rows[0].capitalised) == first
        assert (rows[1].principal, rows[1].capitalised, len(rows)) == (0, last, 26)
        assert rows[2].principal > 0


def test_a_partial_prepayment_in_a_holiday_lowers_what_joins():
    on = date(2027, 3, 25)
    part = PartialPrepayment(id="y", on=on, amount=1_012_900)
    rows = to_come(after(*paid_on_time(12), holiday("capitalised"), part, as_of=on))
    assert (rows[0].interest, rows[0].capitalised, rows[0].balance) == (45_000, 45_000, 6_045_000)


def test_a_pause_in_a_holiday_joins_less_and_the_last_row_repays_less():
    event = InterestPause(id="y", on=TWELFTH, until=date(2027, 3, 25))
    rows = to_come(after(*paid_on_time(12), holiday("capitalised"), event, as_of=TWELFTH))
    assert [row.capitalised for row in rows[:4]] == [0, 52_205, 52_597, 0]
    assert (rows[2].balance, sum(row.principal for row in rows), rows[-1].balance) == (7_065_497, 7_065_497, 0)


def test_a_second_holiday_comes_before_the_rest_of_the_first():
    on = date(2027, 3, 25)
    second = Deferral(id="y", on=on, periods=1, interest="paid")
    rows = to_come(after(*paid_on_time(12), holiday("capitalised"), second, as_of=on))
    assert [row.capitalised > 0 for row in rows[:4]] == [False, True, True, False]
    assert (rows[0].principal, rows[0].total, len(rows)) == (0, 52_597, 27)


@pytest.mark.parametrize("interest", ["paid", "capitalised"])
def test_an_interest_first_loan_goes_on_with_interest_alone(interest):
    terms = loan_terms(method="interest_first", periods=12)
    rows = to_come(after(disbursed(terms), holiday(interest, 2, terms.start_on), as_of=terms.start_on, terms=terms))
    assert [row.interest for row in rows[:2]] == [75_000, 75_000 if interest == "paid" else 75_563]
    assert (len(rows), rows[-1].principal) == (14, 10_000_000 if interest == "paid" else 10_150_563)


def test_a_rent_that_is_capitalised_bears_its_vat_when_it_is_paid():
    """13 % on the rent: nothing is taxed in the holiday, the rents after it bear tax on all that they repay."""
    terms = loan_terms(vat_rate=Decimal("0.13"), vat_base="rent")
    found = after(*paid_on_time(12, terms), holiday("capitalised"), as_of=TWELFTH, terms=terms)
    rows = to_come(found)
    assert [(row.vat, row.total) for row in rows[:3]] == [(0, 0)] * 3
    assert rows[3].vat == 42_277  # of 3,252.06


def test_interest_that_is_capitalised_contains_its_vat_once():
    terms = loan_terms(vat_rate=Decimal("0.06"))
    rows = to_come(after(*paid_on_time(12, terms), holiday("capitalised"), as_of=TWELFTH, terms=terms))
    assert [row.vat for row in rows[:4]] == [2_955, 2_977, 2_999, 3_022]


def test_the_schedule_tells_what_joins():
    terms = {
        "principal": "12000.00",
        "annual_rate": "0.12",
        "method": "level_principal",
        "periods": 12,
        "start_on": "2026-01-31",
    }
    events = [
        {"id": "d", "kind": "disbursement", "on": "2026-01-31", "amount": "12000.00"},
        {"id": "x", "kind": "deferral", "on": "2026-01-31", "periods": 1, "interest": "capitalised"},
    ]
    rows = replay_json({"terms": terms, "events": events, "as_of": "2026-01-31"})["schedule"]
    assert (rows[0]["capitalised"], rows[0]["total"], rows[0]["balance"]) == ("120.00", "0.00", "12120.00")
    assert ("capitalised" in rows[1], rows[1]["principal"], len(rows)) == (False, "1010.00", 13)


@pytest.mark.parametrize("method", ["flat", "single", "quarterly_interest"])
@pytest.mark.parametrize("interest", ["paid", "capitalised"])
def test_methods_without_rows_of_interest_alone(method, interest):
    terms = loan_terms(method=method)
    with pytest.raises(errors.HolidayNeedsPrincipal) as refusal:
        after(disbursed(terms), holiday(interest), as_of=TWELFTH, terms=terms)
    assert refusal.value.params == {"id": "x", "method": method}


# --- thirty days a month -------------------------------------------------------------------------------------

END_OF_MONTH = loan_terms(principal=1_200_000, annual_rate=Decimal("0.12"), start_on=date(2026, 1, 31), periods=12)


def test_a_waived_month_is_a_whole_one_however_short():
    """31 January to 28 February is waived, 28 February to 31 March bears thirty days: 1 % of 12,000.00."""
    event = Deferral(id="x", on=date(2026, 1, 31), periods=1, interest="waived")
    row = to_come(after(disbursed(END_OF_MONTH), event, as_of=date(2026, 1, 31), terms=END_OF_MONTH))[0]
    assert (row.starts_on, row.due_on, row.days, row.interest) == (date(2026, 2, 28), date(2026, 3, 31), 30, 12_000)


def test_a_carried_month_gives_up_no_day():
    """From 30 March the first period has no day left, and the next one all of its thirty."""
    events = paid_on_time(1, END_OF_MONTH)
    event = Deferral(id="x", on=date(2026, 3, 30), periods=1)
    row = to_come(after(*events, event, as_of=date(2026, 3, 30), terms=END_OF_MONTH))[0]
    plain = after(*events, as_of=date(2026, 3, 30), terms=END_OF_MONTH)
    assert plain.interest_accrued == 11_054  # thirty days on 11,053.81
    assert (row.due_on, row.days, row.carried, row.interest) == (date(2026, 4, 30), 30, 11_054, 22_108)


def test_a_pause_that_ends_in_a_carried_holiday_is_counted_once():
    """Paused to 2 May, put off on 1 March: the row to 1 June bears 29 days, from 2 May on."""
    terms = loan_terms(principal=1_200_000, annual_rate=Decimal("0.12"), start_on=date(2026, 2, 1), periods=4)
    pause = InterestPause(id="p", on=date(2026, 2, 1), until=date(2026, 5, 2))
    events = [disbursed(terms), pause, Deferral(id="x", on=date(2026, 2, 1), periods=3)]
    row = to_come(after(*events, as_of=date(2026, 2, 1), terms=terms))[0]
    assert (row.starts_on, row.due_on, row.days, row.interest) == (date(2026, 5, 2), date(2026, 6, 1), 29, 11_600)


def test_another_due_day_in_a_carried_holiday_bears_the_bridge_interest():
    events = [disbursed(END_OF_MONTH), Deferral(id="x", on=date(2026, 1, 31), periods=1)]
    change = DueDayChange(id="y", on=date(2026, 3, 1), due_day=5)
    found = after(*events, change, as_of=date(2026, 3, 1), terms=END_OF_MONTH)
    row = to_come(found)[0]
    assert (row.due_on, row.carried) == (date(2026, 3, 5), 12_400)  # 31 days so far
    assert (row.days, row.interest) == (4, 14_000)  # 35 days in all
