"""Properties of lives in which the contract changes, with the slow model as a second opinion."""

from datetime import timedelta

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from axle.amortization.errors import AmortizationError
from axle.amortization.kinds import KINDS
from axle.amortization.public import (
    COMPONENTS,
    Chargeback,
    Payoff,
    Refund,
    Reversal,
    event_from_json,
    event_to_json,
    interest_accrued_to,
    payoff_quote,
    replay,
)
from axle.amortization.tests.changed_lives import changed_lives, month_end_lives
from axle.amortization.tests.examples import examples
from axle.amortization.tests.slow_changes import Refused
from axle.amortization.tests.slow_life import SlowLife
from axle.amortization.tests.strategies import any_terms

MANY = examples(80)
SOME = examples(30)
ANY = st.one_of(changed_lives(), changed_lives(any_terms()))


def answer(terms, rules, events, as_of):
    """The position, or the code of the refusal."""
    try:
        return replay(terms, rules, events, as_of)
    except AmortizationError as refusal:
        event(f"refused: {refusal.code}")
        return refusal.code


@MANY
@given(st.one_of(changed_lives(), month_end_lives()))
def test_the_slow_model_agrees_on_changes(life):
    terms, rules, events, as_of = life
    position = answer(*life)
    try:
        slow = SlowLife(terms, rules).run(events, as_of)
    except Refused:
        assert isinstance(position, str)
        return
    assert not isinstance(position, str), position
    for component in COMPONENTS:
        for part in ("due", "paid", "waived", "moved"):
            assert getattr(getattr(position, part), component) == slow.total(part, component), (part, component)
    assert position.principal_not_due == slow.principal_left()
    assert position.interest_accrued == slow.accrued_total()
    assert (position.unapplied, position.credited) == (slow.unapplied(), slow.credited)
    assert (position.received, position.recovered) == (slow.received, slow.recovered)
    assert position.charged_back == slow.charged_back
    assert position.days_past_due == slow.days_past_due()
    assert position.is_settled == slow.is_settled()
    assert position.declared.interest_suspended == slow.suspended()
    assert payoff_quote(terms, rules, events, as_of).total == slow.payoff_total()
    plan = [(row.name[1], row.due["principal"], row.due["interest"], row.due_on) for row in slow.future]
    upcoming = [row for row in position.schedule.instalments if row.due_on > as_of]
    assert [(row.no, row.principal, row.interest, row.due_on) for row in upcoming] == plan


def test_lives_and_the_slow_model_know_every_kind():
    """A new kind of event is drawn by the random lives and walked by the slow model, or this fails."""
    every, drawn = {kind.event for kind in KINDS}, set()

    @settings(max_examples=400, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(changed_lives())
    def draw(life):
        terms, rules, events, _ = life
        drawn.update(type(one) for one in events)
        assert set(SlowLife(terms, rules).handlers()) | {Reversal} == every

    draw()
    assert drawn == every


@MANY
@given(ANY)
def test_parts_are_the_whole_after_changes(life):
    position = answer(*life)
    if isinstance(position, str):
        return
    for row in position.rows:
        for due, *parts in zip(row.due, row.paid, row.waived, row.moved, row.outstanding, strict=True):
            assert due == sum(parts)
            assert min(due, *parts) >= 0
    into = position.received + position.credited
    assert into == position.paid.total + position.unapplied + position.refunded + position.charged_back
    assert sum(line.amount for line in position.allocations) == position.paid.total
    lent = position.disbursed + position.moved.total - position.moved.principal
    assert lent == position.paid.principal + position.waived.principal + position.principal_balance


@MANY
@given(ANY)
def test_interest_earned_equals_the_schedule(life):
    position = answer(*life)
    if isinstance(position, str):
        return
    earned = position.due.interest + position.interest_accrued
    assert interest_accrued_to(position.schedule, position.as_of) == (earned if position.disbursed else 0)


@SOME
@given(ANY, st.randoms(use_true_random=False))
def test_changes_may_be_entered_in_any_order(life, random):
    terms, rules, events, as_of = life
    shuffled = events[:]
    random.shuffle(shuffled)
    assert answer(terms, rules, shuffled, as_of) == answer(*life)


@SOME
@given(ANY)
def test_a_reversed_change_leaves_no_trace(life):
    terms, rules, events, _ = life
    late = max(one.on for one in events) + timedelta(days=1)
    gone = {one.of for one in events if isinstance(one, Reversal)}
    back = {one.id for one in events if isinstance(one, Chargeback) and one.of in gone}
    without = [one for one in events if one.id not in gone | back and not isinstance(one, Reversal)]
    assert answer(terms, rules, events, late) == answer(terms, rules, without, late)


@SOME
@given(ANY)
def test_later_changes_do_not_change_an_earlier_day(life):
    terms, rules, events, as_of = life
    known = [one for one in events if one.on <= as_of]
    assert answer(terms, rules, events, as_of) == answer(terms, rules, known, as_of)


@SOME
@given(ANY)
def test_the_payoff_amount_settles_a_changed_loan(life):
    terms, rules, events, as_of = life
    refunds = {one.id for one in events if isinstance(one, Refund)}
    events = [one for one in events if one.id not in refunds and getattr(one, "of", None) not in refunds]
    assume(not isinstance(answer(terms, rules, events, as_of), str))
    after = {
        "PurchaseOption",
        "Refund",
        "Chargeback",
        "ReAgeing",
        "Acceleration",
        "LeaseTermination",
        "WriteOff",
        "Recovery",
    }
    assume(not any(type(one).__name__ in after and one.on == as_of for one in events))
    total = payoff_quote(terms, rules, events, as_of).total
    assume(total > 1)
    for amount in (total, total - 1):
        paid = [*events, Payoff(id="zz", on=as_of, amount=amount)]
        assert replay(terms, rules, paid, as_of).is_settled == (amount == total)


@SOME
@given(ANY)
def test_changes_survive_json(life):
    for one in life[2]:
        assert event_from_json(event_to_json(one)) == one
