"""Random lives in which the contract changes, money comes back, and loans end badly."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import get_args

from hypothesis import strategies as st

from axle.amortization.choices import HolidayInterest
from axle.amortization.public import (
    Acceleration,
    AccrualResumption,
    AgreedPlan,
    Chargeback,
    ChargeOff,
    ClaimTransfer,
    Deferral,
    Deposit,
    DepositOffset,
    Disbursement,
    DueDayChange,
    Extension,
    InterestPause,
    IrregularRow,
    LeaseTermination,
    PurchaseOption,
    RateChange,
    ReAgeing,
    ReAmortisation,
    Receipt,
    Recovery,
    Reversal,
    Subvention,
    SubventionReceipt,
    Terms,
    WriteOff,
)
from axle.amortization.tests.strategies import day_choices, lives, rates, simple_methods


def _changes(terms, days, names):
    head = {"id": st.just(""), "on": days}
    sums, few = st.integers(1, terms.principal), st.integers(1, 12)
    new_rates = st.one_of(st.none(), rates)
    known = {
        "more": st.builds(Disbursement, **head, amount=sums),
        "rate": st.builds(RateChange, **head, annual_rate=rates),
        "longer": st.builds(Extension, **head, periods=few, annual_rate=new_rates),
        "again": st.builds(ReAmortisation, **head, periods=st.one_of(st.none(), few), annual_rate=new_rates),
        "re_age": st.builds(ReAgeing, **head, periods=st.one_of(st.none(), few), annual_rate=new_rates),
        "pause": days.flatmap(
            lambda on: st.builds(
                InterestPause,
                id=st.just(""),
                on=st.just(on),
                until=st.integers(1, 100).map(lambda count: on + timedelta(days=count)),
                keeps_penalty=st.booleans(),
            )
        ),
        "offset": st.builds(DepositOffset, **head, amount=sums),
        "subvention": st.builds(SubventionReceipt, **head, amount=sums),
        "accelerate": st.builds(Acceleration, **head),
        "write_off": st.builds(WriteOff, **head),
        "recover": st.builds(Recovery, **head, amount=sums),
        "charge_off": st.builds(ChargeOff, **head),
        "resume": st.builds(AccrualResumption, **head),
        "sell": st.builds(ClaimTransfer, **head, to=st.just("SPV"), price=sums),
        "due_day": st.builds(DueDayChange, **head, due_day=st.integers(1, 31)),
        "defer": st.builds(
            Deferral, **head, periods=st.integers(1, 4), interest=st.sampled_from(get_args(HolidayInterest))
        ),
        "agree": days.flatmap(lambda on: _agreed_plans(terms, on, new_rates)),
        "terminate": st.builds(LeaseTermination, **head, fee=st.integers(0, 9999), vehicle_value=st.integers(0, 10**6)),
        "buy": st.builds(PurchaseOption, **head, amount=sums),
    }
    return st.one_of([known[name] for name in names or known])


@st.composite
def _agreed_plans(draw, terms, on, new_rates):
    """Dates after the day of the agreement; the last row takes what the others leave, or what it should not."""
    gaps = draw(st.lists(st.integers(1, 120), min_size=1, max_size=4))
    rows, due = [], on
    for gap in gaps:
        due += timedelta(days=gap)
        rows.append(IrregularRow(due_on=due, principal=draw(st.integers(0, terms.principal // len(gaps) // 4))))
    rows[-1] = IrregularRow(due_on=due, principal=draw(st.sampled_from([None, None, None, terms.principal])))
    return AgreedPlan(id="", on=on, rows=tuple(rows), annual_rate=draw(new_rates))


def _fitting(terms, drawn):
    """The terms with what the drawn events need: a deposit, a subvention, an option to buy."""
    kinds = {type(event) for event in drawn}
    if DepositOffset in kinds:
        terms = replace(terms, deposit=Deposit(amount=terms.principal // 2))
    if SubventionReceipt in kinds and terms.subvention is None:
        terms = replace(terms, subvention=Subvention(mode="fixed", amount=1))
    if {LeaseTermination, PurchaseOption} & kinds:
        terms = replace(terms, purchase_price=100)
    return terms


@st.composite
def changed_lives(draw, terms=None, names=()):
    """(terms, rules, events, as_of), now and then with a first disbursement of a part only."""
    terms, rules, events, as_of = draw(lives(terms, max_events=4))
    days = day_choices(terms)
    drawn = draw(st.lists(_changes(terms, days, names), min_size=1, max_size=5))
    terms = _fitting(terms, drawn)
    events = [event for event in events if not isinstance(event, Reversal)]
    events += [replace(event, id=f"c{index:03d}") for index, event in enumerate(drawn)]
    if any(isinstance(event, Disbursement) for event in drawn):
        events[0] = replace(events[0], amount=max(terms.principal // 2, 1))
    for receipt in [event for event in events if isinstance(event, Receipt)][: draw(st.integers(0, 2))]:
        on = receipt.on + timedelta(days=draw(st.integers(0, 60)))
        part = draw(st.one_of(st.none(), st.integers(1, receipt.amount)))
        events.append(Chargeback(id=f"b-{receipt.id}", on=on, of=receipt.id, amount=part))
    target = draw(st.sampled_from(events[1:]))
    if draw(st.booleans()):
        events.append(Reversal(id="v", on=target.on + timedelta(days=draw(st.integers(0, 60))), of=target.id))
    rules = replace(rules, **draw(_bounds))
    return terms, rules, events, draw(st.one_of(st.just(as_of), days))


def month_end_lives():
    """Loans of thirty days a month that begin at the end of one, with changes of their periods and their rate."""
    ends = st.sampled_from([date(2024, 1, 31), date(2023, 1, 30), date(2025, 12, 31), date(2026, 1, 29)])
    terms = st.builds(
        Terms,
        principal=st.integers(10**4, 10**7),
        annual_rate=rates,
        method=simple_methods,
        periods=st.integers(2, 8),
        start_on=ends,
    )
    return changed_lives(terms, ("defer", "defer", "defer", "due_day", "rate", "pause", "longer"))


_caps = st.sampled_from([None, Decimal("0.01"), Decimal("0.2")])
_bounds = st.fixed_dictionaries(
    {
        "penalty_cap": _caps,
        "compound_cap": _caps,
        "rate_floor": st.sampled_from([Decimal(0), Decimal("0.02")]),
        "rate_cap": st.sampled_from([Decimal(1), Decimal("0.24")]),
    }
)
