"""Replay of loan A, act by act, with the worked figures of the domain."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from axle.amortization import errors
from axle.amortization.public import (
    Amounts,
    Charge,
    Disbursement,
    PartialPrepayment,
    Receipt,
    Refund,
    Reversal,
    Waiver,
    replay,
    schedule,
)
from axle.amortization.tests.loan_a import START, disbursed, loan_rules, loan_terms, paid_on_time

TERMS, RULES = loan_terms(), loan_rules()
FIRST_DUE, SECOND_DUE = date(2026, 3, 25), date(2026, 4, 25)


def position(*events, as_of, rules=RULES, terms=TERMS):
    return replay(terms, rules, events, as_of)


def row(found, no):
    return next(row for row in found.rows if (row.kind, row.no) == ("instalment", no))


# --- time passes ---------------------------------------------------------------------------------------------


def test_before_the_first_due_date_interest_accrues():
    found = position(disbursed(), as_of=date(2026, 3, 10))
    assert (found.principal_balance, found.principal_not_due, found.interest_accrued) == (10_000_000, 10_000_000, 37500)
    assert (found.outstanding.total, found.days_past_due, found.next_due_on, found.next_due) == (
        0,
        0,
        FIRST_DUE,
        317997,
    )


def test_on_the_due_date_an_instalment_is_due_and_not_overdue():
    found = position(disbursed(), as_of=FIRST_DUE)
    assert found.outstanding == Amounts(0, 0, 0, 75000, 242997)
    assert (found.overdue, found.days_past_due, found.next_due_on) == (0, 0, SECOND_DUE)


def test_twenty_days_late():
    found = position(disbursed(), as_of=date(2026, 4, 14))
    assert found.outstanding == Amounts(0, 1822, 563, 75000, 242997)
    assert (found.overdue, found.days_past_due) == (320382, 20)


def test_twenty_days_late_with_penalty_on_the_whole_instalment():
    rules = loan_rules(penalty_base="instalment", compound_rate=Decimal(0))
    assert position(disbursed(), as_of=date(2026, 4, 14), rules=rules).outstanding.penalty == 2385


def test_two_instalments_late():
    found = position(disbursed(), as_of=date(2026, 5, 5))
    assert row(found, 1).outstanding == Amounts(0, 3736, 1153, 75000, 242997)
    assert row(found, 2).outstanding == Amounts(0, 918, 274, 73178, 244819)
    assert (row(found, 1).days_past_due, row(found, 2).days_past_due, found.days_past_due) == (41, 10, 41)
    assert found.overdue == 642075


# --- money ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "first", "second"),
    [
        ("horizontal", Amounts(0, 0, 0, 0, 122886), Amounts(0, 918, 274, 73178, 244819)),
        ("vertical", Amounts(0, 0, 0, 0, 197256), Amounts(0, 0, 0, 0, 244819)),
    ],
)
def test_two_thousand_yuan_late(mode, first, second):
    on = date(2026, 5, 5)
    rules = loan_rules(allocation_mode=mode)
    found = position(disbursed(), Receipt(id="r", on=on, amount=200000), as_of=on, rules=rules)
    assert (row(found, 1).outstanding, row(found, 2).outstanding) == (first, second)
    assert sum(line.amount for line in found.allocations) == 200000


def test_early_money_waits_for_its_due_date():
    early = Receipt(id="r", on=date(2026, 3, 20), amount=320000)
    before = position(disbursed(), early, as_of=date(2026, 3, 24))
    assert (before.unapplied, before.paid.total, before.allocations) == (320000, 0, ())
    after = position(disbursed(), early, as_of=FIRST_DUE)
    assert (after.unapplied, after.paid.total) == (2003, 317997)
    assert {line.on for line in after.allocations} == {FIRST_DUE}
    assert row(after, 1).settled_on == FIRST_DUE


def test_money_that_waits_is_spent_oldest_first():
    receipts = [Receipt(id=name, on=date(2026, 3, 10), amount=200000) for name in ("b", "a")]
    found = position(disbursed(), *receipts, as_of=FIRST_DUE)
    assert [(line.receipt_id, line.component, line.amount) for line in found.allocations] == [
        ("a", "interest", 75000),
        ("a", "principal", 125000),
        ("b", "principal", 117997),
    ]


def test_a_refund_pays_waiting_money_back_and_no_more():
    early = Receipt(id="r", on=date(2026, 3, 20), amount=320000)
    refund = Refund(id="f", on=date(2026, 3, 30), amount=5000)
    found = position(disbursed(), early, refund, as_of=date(2026, 3, 31))
    assert (found.received, found.refunded, found.unapplied) == (320000, 2003, 0)


def test_a_charge_is_due_on_its_date_and_paid_like_an_instalment():
    charge = Charge(id="tow", on=date(2026, 3, 1), amount=80000, code="tow")
    found = position(disbursed(), charge, Receipt(id="r", on=date(2026, 3, 2), amount=50000), as_of=date(2026, 3, 9))
    assert found.outstanding == Amounts(30000, 0, 0, 0, 0)
    assert (found.days_past_due, found.overdue) == (8, 30000)
    assert found.allocations[0][2:] == ("charge", 0, "tow", "fee", 50000)


def test_a_waiver_forgives_what_is_owed_and_no_more():
    waiver = Waiver(id="w", on=date(2026, 4, 14), component="penalty", amount=5000)
    found = position(disbursed(), waiver, as_of=date(2026, 4, 14))
    assert (found.waived.penalty, found.outstanding.penalty) == (1822, 0)
    later = position(disbursed(), waiver, as_of=date(2026, 4, 15))
    assert (later.due.penalty, later.outstanding.penalty) == (1914, 92)


def test_a_waiver_of_one_instalment():
    waiver = Waiver(id="w", on=date(2026, 5, 5), component="interest", amount=100000, no=2)
    found = position(disbursed(), waiver, as_of=date(2026, 5, 5))
    assert (row(found, 1).waived.interest, row(found, 2).waived.interest) == (0, 73178)


def test_the_whole_life_on_time():
    found = position(*paid_on_time(36), as_of=date(2030, 1, 1))
    assert (found.is_settled, found.settled_on) == (True, date(2029, 2, 25))
    assert found.paid == Amounts(0, 0, 0, 1447906, 10_000_000)
    assert (found.principal_balance, found.next_due_on, found.days_past_due) == (0, None, 0)


def test_overpayment_stays_after_settlement():
    extra = Receipt(id="x", on=date(2029, 3, 1), amount=777)
    found = position(*paid_on_time(36), extra, as_of=date(2030, 1, 1))
    assert (found.is_settled, found.unapplied) == (True, 777)


def test_a_small_residue_does_not_make_a_loan_overdue():
    receipt = Receipt(id="r", on=FIRST_DUE, amount=317950)
    strict, lenient = (
        position(disbursed(), receipt, as_of=date(2026, 4, 1), rules=loan_rules(overdue_tolerance=tolerance))
        for tolerance in (0, 100)
    )
    assert (strict.days_past_due, lenient.days_past_due) == (7, 0)


# --- grace ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("retroactive", "late_days", "penalty"),
    [(True, 3, 0), (True, 4, 364), (True, 20, 1822), (False, 3, 0), (False, 4, 91), (False, 20, 1549)],
)
def test_grace_days(retroactive, late_days, penalty):
    rules = loan_rules(grace_days=3, grace_is_retroactive=retroactive, compound_rate=Decimal(0))
    found = position(disbursed(), as_of=FIRST_DUE + timedelta(days=late_days), rules=rules)
    assert (found.outstanding.penalty, found.days_past_due) == (penalty, late_days)


def test_money_within_grace_counts_as_on_time():
    receipt = Receipt(id="r", on=FIRST_DUE + timedelta(days=3), amount=200000)
    rules = loan_rules(grace_days=3)
    found = position(disbursed(), receipt, as_of=date(2026, 4, 14), rules=rules)
    assert row(found, 1).outstanding == Amounts(0, 885, 0, 0, 117997)


# --- corrections ---------------------------------------------------------------------------------------------


def test_a_bounced_receipt_counts_until_its_reversal_and_then_never_happened():
    receipt = Receipt(id="r", on=FIRST_DUE, amount=317997)
    bounced = Reversal(id="v", on=date(2026, 4, 14), of="r")
    events = (disbursed(), receipt, bounced)
    assert position(*events, as_of=date(2026, 4, 13)).days_past_due == 0
    assert position(*events, as_of=date(2026, 4, 14)) == position(disbursed(), as_of=date(2026, 4, 14))


def test_a_receipt_entered_late_lands_as_if_on_time():
    late, on_time = paid_on_time(3)[:2], paid_on_time(3)
    missing = on_time[2:]
    assert position(*late, *reversed(missing), as_of=date(2026, 7, 1)) == position(*on_time, as_of=date(2026, 7, 1))


# --- refusals ------------------------------------------------------------------------------------------------

RECEIPT = Receipt(id="r", on=FIRST_DUE, amount=1)


@pytest.mark.parametrize(
    ("events", "refusal"),
    [
        ([disbursed(), RECEIPT, Receipt(id="r", on=FIRST_DUE, amount=2)], errors.DuplicateEvent),
        ([disbursed(), Reversal(id="v", on=FIRST_DUE, of="nobody")], errors.ReversalOfUnknown),
        ([disbursed(), RECEIPT, Reversal(id="v", on=START, of="r")], errors.ReversalTooEarly),
        (
            [disbursed(), RECEIPT, *(Reversal(id=name, on=SECOND_DUE, of="r") for name in "vw")],
            errors.ReversalTwice,
        ),
        (
            [disbursed(), RECEIPT, Reversal(id="v", on=SECOND_DUE, of="r"), Reversal(id="w", on=SECOND_DUE, of="v")],
            errors.ReversalTwice,
        ),
        ([Receipt(id="r", on=START - timedelta(days=1), amount=1)], errors.EventBeforeStart),
        ([RECEIPT], errors.NothingDisbursed),
        ([Disbursement(id="d", on=START, amount=10_000_001)], errors.DisbursementMismatch),
        ([Disbursement(id="d", on=FIRST_DUE, amount=10_000_000)], errors.DisbursementMismatch),
        ([disbursed(), Disbursement(id="e", on=START, amount=10_000_000)], errors.DisbursementMismatch),
        ([disbursed(), Receipt(id="r", on=FIRST_DUE, amount=0)], errors.AmountOutOfRange),
        ([disbursed(), Receipt(id="r", on=FIRST_DUE, amount=-5)], errors.AmountOutOfRange),
        ([disbursed(), Waiver(id="w", on=FIRST_DUE, component="gift", amount=5)], errors.UnknownChoice),
        ([disbursed(), Receipt(id="r", on=date(2222, 1, 1), amount=5)], errors.DateOutOfRange),
    ],
    ids=lambda value: getattr(value, "code", None),
)
def test_refused_events(events, refusal):
    with pytest.raises(refusal) as raised:
        replay(TERMS, RULES, events, date(2026, 6, 1))
    assert raised.value.field == "events"


def test_partial_prepayment_of_a_rule_78_loan_is_refused():
    terms = loan_terms(method="rule_78", annual_rate=Decimal("0.06"))
    prepaid = PartialPrepayment(id="x", on=FIRST_DUE, amount=1_000_000)
    with pytest.raises(errors.NotForMethod):
        replay(terms, RULES, [disbursed(terms), prepaid], FIRST_DUE)


def test_a_reversed_disbursement_leaves_no_loan():
    reversal = Reversal(id="v", on=START, of="d")
    found = position(disbursed(), reversal, as_of=FIRST_DUE)
    assert (found.disbursed, found.principal_balance, found.rows, found.is_settled) == (0, 0, (), False)
    assert found.schedule.instalments == schedule(TERMS).instalments


def test_before_the_start_there_is_nothing():
    found = position(disbursed(), as_of=START - timedelta(days=9))
    assert (found.as_of, found.disbursed, found.rows) == (START - timedelta(days=9), 0, ())


def test_penalty_and_compound_interest_stop_at_their_caps():
    """Instalment 1 is 3,179.97, 365 days late: 332.60 and 102.66 without caps, 5 % and 1 % of it with them."""
    rules = loan_rules(penalty_cap=Decimal("0.05"), compound_cap=Decimal("0.01"))
    row = replay(loan_terms(), rules, [disbursed()], date(2027, 3, 25)).rows[0]
    assert (row.due.penalty, row.due.compound) == (15900, 3180)
    free = replay(loan_terms(), loan_rules(), [disbursed()], date(2027, 3, 25)).rows[0]
    assert (free.due.penalty, free.due.compound) == (33260, 10266)
