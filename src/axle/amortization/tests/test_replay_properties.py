"""Properties of every replay, over random lives of random loans, with the slow model as a second opinion."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from axle.amortization.errors import NegativeAmortization
from axle.amortization.public import (
    COMPONENTS,
    Disbursement,
    Payoff,
    Receipt,
    Refund,
    Reversal,
    interest_accrued_to,
    payoff_quote,
    replay,
)
from axle.amortization.tests.examples import examples
from axle.amortization.tests.slow_model import SlowLoan
from axle.amortization.tests.strategies import any_terms, lives, prepaid_lives

MANY = examples(150)
SOME = examples(50)


@MANY
@given(st.one_of(lives(), prepaid_lives()))
def test_the_slow_model_agrees(life):
    terms, rules, events, as_of = life
    position, slow = replay(terms, rules, events, as_of), SlowLoan(terms, rules).run(events, as_of)
    for component in COMPONENTS:
        for part in ("due", "paid", "waived"):
            assert getattr(getattr(position, part), component) == slow.total(part, component), (part, component)
    assert position.principal_not_due == slow.principal_left()
    assert position.interest_accrued == slow.accrued_total()
    assert position.unapplied == slow.unapplied()
    assert position.days_past_due == slow.days_past_due()
    assert position.is_settled == slow.is_settled()
    assert list(position.plain_receipts) == slow.plain
    assert payoff_quote(terms, rules, events, as_of).total == slow.payoff_total()
    plan = [(row.due["principal"], row.due["interest"], row.due_on) for row in slow.future]
    upcoming = [row for row in position.schedule.instalments if row.due_on > as_of]
    assert [(row.principal, row.interest, row.due_on) for row in upcoming] == plan


@MANY
@given(st.one_of(lives(), prepaid_lives(), lives(any_terms())))
def test_parts_are_the_whole(life):
    terms, rules, events, as_of = life
    with suppress(NegativeAmortization):  # a prepayment may leave less than the multiple of an instalment
        _check_parts(terms, replay(terms, rules, events, as_of))


def _check_parts(terms, position):
    for row in position.rows:
        for due, paid, waived, outstanding in zip(row.due, row.paid, row.waived, row.outstanding, strict=True):
            assert due == paid + waived + outstanding
            assert min(due, paid, waived, outstanding) >= 0
    assert position.received == position.paid.total + position.unapplied + position.refunded
    assert sum(line.amount for line in position.allocations) == position.paid.total
    assert position.disbursed == position.paid.principal + position.waived.principal + position.principal_balance
    assert sum(row.principal for row in position.schedule.instalments) == terms.principal


@SOME
@given(lives(any_terms()), st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_matter(life, random):
    terms, rules, events, as_of = life
    shuffled = events[:]
    random.shuffle(shuffled)
    assert replay(terms, rules, shuffled, as_of) == replay(terms, rules, events, as_of)


@SOME
@given(lives())
def test_a_reversed_event_leaves_no_trace(life):
    terms, rules, events, _ = life
    late = max(event.on for event in events) + timedelta(days=1)
    gone = {event.of for event in events if isinstance(event, Reversal)}
    without = [event for event in events if event.id not in gone and not isinstance(event, Reversal)]
    assert replay(terms, rules, events, late) == replay(terms, rules, without, late)


@SOME
@given(lives())
def test_later_events_do_not_change_an_earlier_day(life):
    terms, rules, events, as_of = life
    known = [event for event in events if event.on <= as_of]
    assert replay(terms, rules, events, as_of) == replay(terms, rules, known, as_of)


@SOME
@given(lives(any_terms()))
def test_the_payoff_amount_settles_the_loan_and_one_fen_less_does_not(life):
    terms, rules, events, as_of = life
    refunds = {event.id for event in events if isinstance(event, Refund)}  # a refund follows a payoff of its day
    events = [event for event in events if event.id not in refunds and getattr(event, "of", None) not in refunds]
    total = payoff_quote(terms, rules, events, as_of).total
    assume(total > 1)
    for amount in (total, total - 1):
        paid = [*events, Payoff(id="zz", on=as_of, amount=amount)]
        assert replay(terms, rules, paid, as_of).is_settled == (amount == total)


@SOME
@given(lives(), st.integers(1, 10**6))
def test_money_never_makes_a_loan_owe_more(life, amount):
    terms, rules, events, as_of = life
    events = [event for event in events if isinstance(event, Disbursement | Receipt)]
    more = [*events, Receipt(id="more", on=terms.start_on, amount=amount)]
    before, after = replay(terms, rules, events, as_of), replay(terms, rules, more, as_of)
    assert after.outstanding.total <= before.outstanding.total
    assert after.received == before.received + amount


@SOME
@given(lives(any_terms()))
def test_interest_accrued_equals_interest_due_and_running(life):
    terms, rules, events, as_of = life
    position = replay(terms, rules, events, as_of)
    earned = position.due.interest + position.interest_accrued
    assert interest_accrued_to(position.schedule, as_of) == (earned if position.disbursed else 0)
