"""Chargebacks, credits, acceleration, non-accrual, write-off, sale of the claim and the end of a lease."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from axle.amortization import errors
from axle.amortization.public import (
    Acceleration,
    AccrualResumption,
    Chargeback,
    ChargeOff,
    ClaimTransfer,
    Deposit,
    DepositOffset,
    DueDayChange,
    Extension,
    InterestPause,
    LeaseTermination,
    PurchaseOption,
    Receipt,
    Recovery,
    Reversal,
    Rules,
    Subvention,
    SubventionReceipt,
    Waiver,
    WriteOff,
    replay,
)
from axle.amortization.tests.loan_a import disbursed, loan_terms, paid_on_time

TERMS, FREE = loan_terms(), Rules()
LATE = Rules(penalty_rate=Decimal("0.36"))
FIRST_DUE = date(2026, 3, 25)


def after(*events, as_of, terms=TERMS, rules=FREE):
    return replay(terms, rules, events, as_of)


# --- money that goes back, and money that was held -----------------------------------------------------------


def test_a_chargeback_lets_penalty_run_from_its_day():
    """The instalment was paid on time for ten days; ten days after the chargeback the penalty is of ten days."""
    events = [disbursed(), Receipt(id="r", on=FIRST_DUE, amount=317_997)]
    back = Chargeback(id="c", on=date(2026, 4, 4), of="r")
    found = after(*events, back, as_of=date(2026, 4, 14), rules=LATE)
    assert (found.paid.total, found.charged_back, found.received) == (0, 317_997, 317_997)
    assert (found.outstanding.penalty, found.days_past_due) == (2_430, 20)
    undone = after(*events, Reversal(id="v", on=date(2026, 4, 4), of="r"), as_of=date(2026, 4, 14), rules=LATE)
    assert undone.outstanding.penalty == 4_860


def test_a_partial_chargeback_takes_what_was_paid_last():
    events = [disbursed(), Receipt(id="r", on=FIRST_DUE, amount=400_000)]
    found = after(*events, Chargeback(id="c", on=FIRST_DUE, of="r", amount=100_000), as_of=FIRST_DUE)
    assert (found.unapplied, found.outstanding.principal, found.outstanding.interest) == (0, 17_997, 0)
    assert [line.amount for line in found.allocations] == [75_000, 242_997, -17_997]


def test_money_that_waits_pays_what_a_chargeback_opens():
    events = [
        disbursed(),
        Receipt(id="a", on=FIRST_DUE, amount=317_997),
        Receipt(id="b", on=date(2026, 3, 26), amount=50_000),
    ]
    found = after(*events, Chargeback(id="c", on=date(2026, 3, 27), of="a"), as_of=date(2026, 3, 27))
    assert (found.unapplied, found.paid.interest, found.outstanding.total) == (0, 50_000, 267_997)


def test_a_chargeback_of_a_reversed_receipt_does_nothing():
    events = [disbursed(), Receipt(id="r", on=FIRST_DUE, amount=317_997), Chargeback(id="c", on=FIRST_DUE, of="r")]
    found = after(*events, Reversal(id="v", on=FIRST_DUE, of="r"), as_of=FIRST_DUE)
    assert (found.received, found.charged_back) == (0, 0)


def test_the_deposit_pays_and_is_not_cash():
    terms = loan_terms(deposit=Deposit(amount=1_000_000))
    found = after(disbursed(), DepositOffset(id="o", on=FIRST_DUE, amount=100_000), as_of=FIRST_DUE, terms=terms)
    assert (found.received, found.credited, found.paid.total) == (0, 100_000, 100_000)


def test_subvention_is_kept_apart():
    terms = loan_terms(subvention=Subvention(mode="fixed", amount=715_702))
    found = after(disbursed(), SubventionReceipt(id="s", on=FIRST_DUE, amount=715_702), as_of=FIRST_DUE, terms=terms)
    assert (found.subvention_received, found.received, found.outstanding.total) == (715_702, 0, 317_997)


# --- default -------------------------------------------------------------------------------------------------


def test_acceleration_makes_everything_due():
    on = date(2026, 5, 5)
    found = after(disbursed(), Acceleration(id="x", on=on), as_of=on)
    assert found.outstanding == (0, 0, 0, 148_178 + 23_780, 10_000_000)
    assert (found.principal_not_due, found.next_due_on, found.declared.accelerated_on) == (0, None, on)
    later = after(disbursed(), Acceleration(id="x", on=on), as_of=date(2026, 5, 15), rules=LATE)
    assert later.outstanding.interest == 171_958
    assert later.outstanding.penalty == 12_393 + 4_896 + 95_122  # 51 and 20 days late, ten on what was accelerated


def test_non_accrual_suspends_what_is_earned_from_then_on():
    on = date(2026, 6, 25)
    events = [disbursed(), ChargeOff(id="x", on=on)]
    found = after(*events, as_of=date(2026, 7, 25))
    assert (found.declared.non_accrual_since, found.declared.interest_suspended) == (on, 67_628)
    back = after(*events, AccrualResumption(id="y", on=date(2026, 7, 1)), as_of=date(2026, 7, 25))
    assert (back.declared.non_accrual_since, back.declared.interest_suspended) == (None, 0)


def test_a_non_accrual_loan_pays_principal_first_where_that_is_agreed():
    rules = Rules(standing_orders=(("non_accrual", ("fee", "principal", "interest", "penalty", "compound")),))
    events = [disbursed(), ChargeOff(id="x", on=FIRST_DUE), Receipt(id="r", on=date(2026, 3, 26), amount=250_000)]
    found = after(*events, as_of=date(2026, 3, 26), rules=rules)
    assert (found.paid.principal, found.paid.interest) == (242_997, 7_003)


def test_a_write_off_keeps_the_claim_and_stops_the_clock():
    on = date(2026, 5, 5)
    events = [disbursed(), WriteOff(id="x", on=on)]
    found = after(*events, as_of=date(2027, 5, 5), rules=LATE)
    assert found.declared.written_off == found.outstanding
    assert found.outstanding.principal == 10_000_000
    recovered = after(*events, Recovery(id="r", on=date(2026, 9, 1), amount=6_000_000), as_of=date(2026, 9, 1))
    assert (recovered.recovered, recovered.paid.principal, recovered.paid.interest) == (6_000_000, 6_000_000, 0)


@pytest.mark.parametrize(("days", "is_free"), [(0, True), (3, True), (4, False)])
def test_what_is_in_grace_when_a_loan_is_written_off_costs_no_penalty_later(days, is_free):
    rules, on = replace(LATE, grace_days=3), FIRST_DUE + timedelta(days=days)
    events = [disbursed(), WriteOff(id="x", on=on)]
    then, later = (after(*events, as_of=day, rules=rules) for day in (on, date(2027, 5, 5)))
    assert later.outstanding == then.outstanding == then.declared.written_off
    assert (then.outstanding.penalty == 0) is is_free


def test_a_recovery_needs_a_write_off():
    with pytest.raises(errors.NotWrittenOff):
        after(disbursed(), Recovery(id="r", on=FIRST_DUE, amount=1), as_of=FIRST_DUE)


def test_a_sold_claim_goes_on_for_its_holder():
    event = ClaimTransfer(id="x", on=FIRST_DUE, to="SPV 1", price=9_500_000)
    found = after(disbursed(), event, as_of=FIRST_DUE)
    assert (found.declared.holder, found.declared.transferred_on, found.outstanding.total) == (
        "SPV 1",
        FIRST_DUE,
        317_997,
    )


# --- leases --------------------------------------------------------------------------------------------------

LEASE = loan_terms(timing="advance", residual=1_000_000)


def test_a_terminated_lease_falls_due_and_the_vehicle_pays():
    on = date(2026, 3, 7)
    event = LeaseTermination(id="x", on=on, fee=200_000, vehicle_value=8_000_000)
    first = after(disbursed(LEASE), as_of=on, terms=LEASE)
    found = after(disbursed(LEASE), event, as_of=on, terms=LEASE)
    owed = first.outstanding.total + first.principal_not_due + first.interest_accrued + 200_000
    assert (found.outstanding.total, found.credited) == (owed - 8_000_000, 8_000_000)
    assert (found.declared.terminated_on, found.rows[-1].kind) == (on, "termination")


def test_the_purchase_option_passes_the_title():
    events = [*paid_on_time(36, LEASE)]
    on = date(2029, 2, 1)
    short = after(*events, PurchaseOption(id="b", on=on, amount=1), as_of=on, terms=LEASE)
    assert (short.declared.purchased_on, short.plain_receipts) == (None, ("b",))
    owed = short.outstanding.total + short.principal_not_due + short.interest_accrued
    bought = after(*events, PurchaseOption(id="b", on=on, amount=owed), as_of=on, terms=LEASE)
    assert (bought.is_settled, bought.declared.purchased_on, bought.unapplied) == (True, on, 0)


def test_the_purchase_price_is_part_of_what_the_lessee_pays():
    """A nominal price of 100.00 (名义货价) at the end of the last rent: the title passes with the last fen of it."""
    terms = loan_terms(purchase_price=10_000)
    events, on = paid_on_time(36, terms), date(2029, 2, 25)
    short = after(*events, PurchaseOption(id="b", on=on, amount=9_999), as_of=on, terms=terms)
    assert (short.declared.purchased_on, short.plain_receipts, short.unapplied) == (None, ("b",), 9_999)
    bought = after(*events, PurchaseOption(id="b", on=on, amount=10_000), as_of=on, terms=terms)
    assert (bought.declared.purchased_on, bought.unapplied, bought.paid.fee) == (on, 0, 10_000)


def test_a_purchase_option_pays_the_vat_that_is_added_to_the_rent():
    """After 12 rents 69,606.95 are left; 13 % on it and the price: one fen less is a plain receipt."""
    terms = loan_terms(purchase_price=10_000, vat_rate=Decimal("0.13"), vat_base="rent")
    events, on = paid_on_time(12, terms), date(2027, 2, 25)
    owed = 6_960_695 + 904_890 + 10_000
    short = after(*events, PurchaseOption(id="b", on=on, amount=owed - 1), as_of=on, terms=terms)
    assert (short.declared.purchased_on, short.is_settled) == (None, False)
    bought = after(*events, PurchaseOption(id="b", on=on, amount=owed), as_of=on, terms=terms)
    assert (bought.declared.purchased_on, bought.is_settled, bought.unapplied) == (on, True, 0)


# --- what an event needs -------------------------------------------------------------------------------------

DEPOSIT = loan_terms(deposit=Deposit(rate=Decimal("0.1")))
SUSPENDED = ChargeOff(id="off", on=FIRST_DUE)
RESUMED = AccrualResumption(id="back", on=FIRST_DUE)
ENDED = LeaseTermination(id="end", on=FIRST_DUE)


@pytest.mark.parametrize(
    ("terms", "before", "event", "error"),
    [
        (TERMS, [], DepositOffset(id="x", on=FIRST_DUE, amount=1), errors.NoDeposit),
        (DEPOSIT, [], DepositOffset(id="x", on=FIRST_DUE, amount=1_000_001), errors.DepositUsedUp),
        (
            DEPOSIT,
            [DepositOffset(id="a", on=FIRST_DUE, amount=600_000)],
            DepositOffset(id="x", on=FIRST_DUE, amount=400_001),
            errors.DepositUsedUp,
        ),
        (TERMS, [], SubventionReceipt(id="x", on=FIRST_DUE, amount=1), errors.NoSubvention),
        (TERMS, [], LeaseTermination(id="x", on=FIRST_DUE), errors.NotALease),
        (TERMS, [], PurchaseOption(id="x", on=FIRST_DUE, amount=1), errors.NoPurchaseOption),
        (LEASE, [ENDED], PurchaseOption(id="x", on=date(2026, 4, 1), amount=1), errors.LeaseHasEnded),
        (LEASE, [ENDED], LeaseTermination(id="x", on=date(2026, 4, 1)), errors.LeaseHasEnded),
        (TERMS, [], AccrualResumption(id="x", on=FIRST_DUE), errors.NotNonAccrual),
        (TERMS, [SUSPENDED, RESUMED], AccrualResumption(id="x", on=date(2026, 4, 1)), errors.NotNonAccrual),
        (TERMS, [WriteOff(id="w", on=FIRST_DUE)], WriteOff(id="x", on=date(2026, 4, 1)), errors.WrittenOffTwice),
        (TERMS, [], Recovery(id="x", on=FIRST_DUE, amount=1), errors.NotWrittenOff),
        (TERMS, [], Waiver(id="x", on=FIRST_DUE, component="interest", amount=1, no=37), errors.UnknownInstalment),
        (TERMS, [], Waiver(id="x", on=FIRST_DUE, component="interest", amount=1, no=0), errors.UnknownInstalment),
        (
            TERMS,
            [WriteOff(id="w", on=FIRST_DUE)],
            InterestPause(id="x", on=date(2026, 4, 1), until=date(2026, 5, 1), keeps_penalty=True),
            errors.NothingToCome,
        ),
        (
            TERMS,
            [],
            DueDayChange(id="x", on=FIRST_DUE, due_day=5, first_due_on=date(2026, 4, 20)),
            errors.FirstDueOffDueDay,
        ),
        (
            TERMS,
            [],
            DueDayChange(id="x", on=date(2026, 4, 20), due_day=5, first_due_on=date(2026, 4, 5)),
            errors.FirstDueTooEarly,
        ),
        (
            loan_terms(annual_rate=Decimal("0.28"), instalment_multiple=100_000),
            [],
            Extension(id="x", on=FIRST_DUE, periods=440),
            errors.NegativeAmortization,
        ),
    ],
)
def test_an_event_that_lacks_what_it_needs_is_refused_by_its_id(terms, before, event, error):
    with pytest.raises(error) as refusal:
        after(disbursed(terms), *before, event, as_of=date(2026, 5, 1), terms=terms)
    assert (refusal.value.params["id"], refusal.value.field) == ("x", "events")


def test_a_reversed_offset_gives_the_deposit_back():
    events = [
        disbursed(DEPOSIT),
        DepositOffset(id="a", on=FIRST_DUE, amount=600_000),
        Reversal(id="v", on=FIRST_DUE, of="a"),
        DepositOffset(id="b", on=FIRST_DUE, amount=1_000_000),
    ]
    assert after(*events, as_of=FIRST_DUE, terms=DEPOSIT).credited == 1_000_000


def test_a_chargeback_takes_back_no_more_than_came_in():
    events = [
        disbursed(),
        Receipt(id="r", on=FIRST_DUE, amount=100),
        Chargeback(id="c", on=FIRST_DUE, of="r", amount=101),
    ]
    with pytest.raises(errors.ChargebackTooLarge):
        after(*events, as_of=FIRST_DUE)


@pytest.mark.parametrize("of", ["nobody", "d", "later"])
def test_a_chargeback_names_money_that_came_before(of):
    later = Receipt(id="later", on=date(2026, 4, 1), amount=100)
    with pytest.raises(errors.ChargebackOfUnknown):
        after(disbursed(), later, Chargeback(id="c", on=FIRST_DUE, of=of), as_of=FIRST_DUE)


def test_rules_can_be_told_apart_in_a_set():
    assert len({Rules(), Rules(), LATE}) == 2
