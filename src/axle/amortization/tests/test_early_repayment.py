"""Payoff and partial prepayment with the worked figures of the domain."""

from datetime import date
from decimal import Decimal

import pytest

from axle.amortization.payoff import prepayment_fee
from axle.amortization.public import (
    FeeBand,
    PartialPrepayment,
    Payoff,
    Prepayment,
    Receipt,
    Rules,
    Subvention,
    payoff_quote,
    replay,
    schedule,
)
from axle.amortization.tests.loan_a import disbursed, loan_rules, loan_terms, paid_on_time

TERMS, RULES, FREE = loan_terms(), loan_rules(), Rules()
TENTH_DAY = date(2027, 3, 5)


def test_payoff_ten_days_into_the_thirteenth_period():
    quote = payoff_quote(TERMS, RULES, paid_on_time(12), TENTH_DAY)
    assert (quote.principal_not_due, quote.interest_accrued, quote.prepayment_fee) == (6960695, 17402, 208821)
    assert (quote.total, quote.per_diem) == (7186918, 1740)


def test_the_payoff_amount_settles_the_loan():
    events = [*paid_on_time(12), Payoff(id="z", on=TENTH_DAY, amount=7186918)]
    found = replay(TERMS, RULES, events, TENTH_DAY)
    assert (found.is_settled, found.settled_on, found.unapplied) == (True, TENTH_DAY, 0)
    early = found.rows[-1]
    assert (early.kind, early.ref, early.paid.principal, early.paid.interest, early.paid.fee) == (
        "prepayment",
        "z",
        6960695,
        17402,
        208821,
    )


def test_one_fen_short_is_a_plain_receipt_that_waits():
    events = [*paid_on_time(12), Payoff(id="z", on=TENTH_DAY, amount=7186917)]
    found = replay(TERMS, RULES, events, TENTH_DAY)
    assert (found.is_settled, found.unapplied, found.plain_receipts) == (False, 7186917, ("z",))
    assert found.next_due_on == date(2027, 3, 25)


def test_the_broken_interest_of_a_stub_is_paid_once():
    """It waits for the last row; when that row is the running one, its whole interest has it already."""
    terms = loan_terms(periods=2, start_on=date(2026, 1, 31), first_due_on=date(2026, 4, 10), stub="last")
    rows = schedule(terms).instalments
    for interest_to, running in (("date", 12_547 + 100_000), ("period_end", rows[-1].interest)):
        rules = Rules(prepayment=Prepayment(interest_to=interest_to))
        quote = payoff_quote(terms, rules, [disbursed(terms)], date(2026, 4, 20))
        assert quote.interest_accrued == running
    assert rows[-1].interest == 137_640


def test_waiting_money_counts_towards_the_payoff():
    waiting = Receipt(id="w", on=date(2027, 3, 1), amount=1_000_000)
    events = [*paid_on_time(12), waiting]
    quote = payoff_quote(TERMS, RULES, events, TENTH_DAY)
    assert (quote.unapplied, quote.total) == (1_000_000, 6186918)
    found = replay(TERMS, RULES, [*events, Payoff(id="z", on=TENTH_DAY, amount=quote.total)], TENTH_DAY)
    assert found.is_settled


def test_payoff_of_a_loan_in_arrears():
    quote = payoff_quote(TERMS, RULES, [disbursed()], date(2026, 5, 5))
    assert (quote.principal_due, quote.interest_due) == (487816, 148178)
    assert (quote.penalty, quote.compound) == (4654, 1427)
    assert quote.principal_not_due == 9512184
    assert quote.interest_accrued == 23780
    assert quote.prepayment_fee == 475609
    assert quote.per_diem == 2617  # 23.78046 of interest on 95,121.84 and 2.384978 of penalty on 6,359.94


def test_payoff_with_interest_to_the_period_end():
    rules = Rules(prepayment=Prepayment(interest_to="period_end"))
    quote = payoff_quote(TERMS, rules, paid_on_time(12), TENTH_DAY)
    assert (quote.interest_accrued, quote.per_diem) == (52205, 0)
    on_due_date = payoff_quote(TERMS, rules, paid_on_time(12), date(2027, 2, 25))
    assert on_due_date.interest_accrued == 0


def test_payoff_of_a_loan_whose_last_row_carries_the_broken_interest():
    terms = loan_terms(start_on=date(2026, 3, 12), due_day=25, stub="last")
    quote = payoff_quote(terms, FREE, [disbursed(terms)], date(2026, 4, 25))
    assert (quote.interest_due, quote.interest_accrued) == (75000, 32500)


def test_payoff_after_maturity_is_what_is_owed():
    quote = payoff_quote(TERMS, FREE, paid_on_time(35), date(2029, 3, 25))
    assert (quote.total, quote.principal_not_due, quote.interest_accrued) == (318011, 0, 0)


# --- the fee -------------------------------------------------------------------------------------------------

BANDS = (FeeBand(before_month=12, rate=Decimal("0.05")), FeeBand(before_month=24, rate=Decimal("0.03")))


@pytest.mark.parametrize(
    ("on", "fee"),
    [
        (date(2026, 2, 25), 500),
        (date(2027, 2, 24), 500),
        (date(2027, 2, 25), 300),
        (date(2028, 2, 24), 300),
        (date(2028, 2, 25), 0),
    ],
)
def test_fee_by_age(on, fee):
    assert prepayment_fee(Prepayment(fee_bands=BANDS), TERMS, on, 10_000) == fee


@pytest.mark.parametrize(("principal", "fee"), [(0, 0), (1000, 2000), (100_000, 5100), (10_000_000, 90_000)])
def test_fee_has_a_fixed_part_a_minimum_and_a_maximum(principal, fee):
    rule = Prepayment(fee_bands=BANDS, fee_fixed=100, fee_min=2000, fee_max=90_000)
    assert prepayment_fee(rule, TERMS, date(2026, 3, 1), principal) == fee


# --- partial prepayment --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "instalment", "last_no", "last_total"),
    [("keep_term", 226628, 36, 226631), ("keep_instalment", 317997, 29, 207797)],
)
def test_twenty_thousand_after_twelve_periods(mode, instalment, last_no, last_total):
    on = date(2027, 2, 25)
    events = [*paid_on_time(12), PartialPrepayment(id="x", on=on, amount=2_000_000, mode=mode)]
    found = replay(TERMS, FREE, events, on)
    last = found.schedule.instalments[-1]
    assert (found.principal_balance, found.schedule.instalment) == (4960695, instalment)
    assert (last.no, last.total, last.balance) == (last_no, last_total, 0)


def test_between_due_dates_interest_to_date_comes_first():
    events = [*paid_on_time(12), PartialPrepayment(id="x", on=TENTH_DAY, amount=2_017_402)]
    found = replay(TERMS, FREE, events, TENTH_DAY)
    assert (found.principal_balance, found.unapplied, found.interest_accrued) == (4960695, 0, 0)
    early = next(row for row in found.rows if row.kind == "prepayment")
    assert (early.paid.interest, early.paid.principal) == (17402, 2_000_000)
    following = found.schedule.instalments[13]
    assert (following.no, following.starts_on, following.days, following.interest) == (13, TENTH_DAY, 20, 24803)
    totals = {row.total for row in found.schedule.instalments[13:-1]}
    assert len(totals) == 1


def test_dues_and_penalty_come_before_the_prepayment():
    events = [disbursed(), PartialPrepayment(id="x", on=date(2026, 4, 14), amount=1_320_382 + 48785)]
    found = replay(TERMS, loan_rules(prepayment=Prepayment()), events, date(2026, 4, 14))
    assert (found.outstanding.total, found.days_past_due) == (0, 0)
    assert found.paid.principal == 242997 + 1_000_000 + (48785 - 46346)
    assert found.paid.interest == 75000 + 46346


def test_the_fee_comes_out_of_the_same_money():
    events = [*paid_on_time(12), PartialPrepayment(id="x", on=date(2027, 2, 25), amount=2_060_000)]
    found = replay(TERMS, RULES, events, date(2027, 2, 25))
    assert (found.paid.fee, found.principal_balance, found.unapplied) == (60000, 4960695, 0)


def test_too_little_is_a_plain_receipt():
    rules = Rules(prepayment=Prepayment(principal_min=100_000))
    events = [*paid_on_time(12), PartialPrepayment(id="x", on=date(2027, 2, 25), amount=99_999)]
    found = replay(TERMS, rules, events, date(2027, 2, 25))
    assert (found.unapplied, found.plain_receipts, found.principal_balance) == (99_999, ("x",), 6960695)


def test_enough_for_everything_pays_the_loan_off():
    events = [*paid_on_time(12), PartialPrepayment(id="x", on=date(2027, 2, 25), amount=7_000_000)]
    found = replay(TERMS, FREE, events, date(2027, 2, 25))
    assert (found.is_settled, found.unapplied) == (True, 39305)


def test_period_end_interest_on_the_prepaid_part():
    rules = Rules(prepayment=Prepayment(interest_to="period_end"))
    events = [*paid_on_time(12), PartialPrepayment(id="x", on=TENTH_DAY, amount=2_027_402)]
    found = replay(TERMS, rules, events, TENTH_DAY)
    early = next(row for row in found.rows if row.kind == "prepayment")
    assert (early.paid.interest, early.paid.principal) == (27402, 2_000_000)


@pytest.mark.parametrize(
    "method", ["level_principal", "interest_first", "flat", "balloon", "single", "quarterly_interest"]
)
@pytest.mark.parametrize("mode", ["keep_term", "keep_instalment"])
def test_every_method_goes_on_to_its_end(method, mode):
    residual = {"residual": 1_000_000} if method == "balloon" else {}
    terms = loan_terms(method=method, **residual)
    events = [disbursed(terms), PartialPrepayment(id="x", on=date(2026, 3, 7), amount=4_000_000, mode=mode)]
    found = replay(terms, FREE, events, date(2026, 3, 7))
    rows = found.schedule.instalments
    assert sum(row.principal for row in rows) == 10_000_000
    assert rows[-1].balance == 0
    assert found.principal_balance == 6_030_000 == found.principal_not_due


def test_a_residual_above_the_new_balance_shrinks_to_it():
    terms = loan_terms(method="balloon", residual=6_000_000)
    events = [disbursed(terms), PartialPrepayment(id="x", on=terms.start_on, amount=5_000_000)]
    found = replay(terms, FREE, events, terms.start_on)
    assert [row.principal for row in found.schedule.instalments[-2:]] == [0, 5_000_000]


def test_two_prepayments_in_one_period():
    days = [date(2026, 3, 5), date(2026, 3, 15)]
    events = [disbursed(), *(PartialPrepayment(id=f"x{on.day}", on=on, amount=1_000_000) for on in days)]
    found = replay(TERMS, FREE, events, days[-1])
    first, second = (row for row in found.rows if row.kind == "prepayment")
    assert (first.paid.interest, second.paid.interest) == (25000, 22563)
    following = next(row for row in found.schedule.instalments if row.no == 1)
    assert (following.days, following.starts_on) == (10, days[-1])


# --- a direct lease, whose VAT is added to the rent ----------------------------------------------------------

LEASE = {"annual_rate": Decimal("0.08"), "vat_rate": Decimal("0.13"), "vat_base": "rent"}


def test_payoff_of_a_direct_lease_bears_vat():
    """After one rent 97,533.03 are left; nine days at 8 % are 195.07; 13 % of both are 12,704.65."""
    terms = loan_terms(**LEASE)
    events = paid_on_time(1, terms)
    quote = payoff_quote(terms, loan_rules(), events, date(2026, 4, 4))
    assert (quote.principal_not_due, quote.interest_accrued, quote.vat) == (9_753_303, 19_507, 1_270_465)
    paid = [*events, Payoff(id="x", on=date(2026, 4, 4), amount=quote.total)]
    assert replay(terms, loan_rules(), paid, date(2026, 4, 4)).is_settled


def test_money_that_repays_a_part_of_a_direct_lease_early_pays_its_vat_first():
    terms = loan_terms(**LEASE)
    event = PartialPrepayment(id="x", on=date(2026, 3, 25), amount=1_130_000)
    position = replay(terms, Rules(), [*paid_on_time(1, terms), event], date(2026, 3, 25))
    row = next(row for row in position.rows if row.ref == "x")
    assert (row.paid.principal, row.paid.fee, position.unapplied) == (1_000_000, 130_000, 0)


def test_a_subsidised_loan_is_repaid_early_in_part():
    terms = loan_terms(subvention=Subvention(settlement_rate=Decimal("0.12")))
    event = PartialPrepayment(id="x", on=date(2027, 2, 25), amount=2_000_000)
    plain, subsidised = (
        replay(each, Rules(), [*paid_on_time(12, each), event], event.on) for each in (loan_terms(), terms)
    )
    assert subsidised.rows == plain.rows
