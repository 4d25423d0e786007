"""What is entered late lands as if it had been on time, over the end of a year, holidays and closed months."""

from datetime import date, timedelta

import pytest

from axle.config.demo.institution import Place
from axle.ledger.models import EntryLine, JournalEntry
from axle.platform.public import business_date, eod_run
from axle.servicing.models import Loan
from tests.journeys.conftest import place
from tests.model.books import rows_stored
from tests.model.test_walks import clean
from tests.model.walk import Followed, Walk, stored_position

__all__ = ["place"]

pytestmark = [pytest.mark.django_db, pytest.mark.journey]

PAID = ((30, 1.0), (58, 0.4), (66, 0.9), (93, 1.3), (120, 0.2), (125, 1.6))
"""Days after the beginning, over New Year and the Spring Festival, and how much of an instalment came in."""
LAST, CAUGHT_UP = 140, 80


def days_to(on: date) -> None:
    if business_date() < on:
        eod_run(until=on - timedelta(days=1))
    assert business_date() == on


def twins(walk: Walk) -> list[tuple[Followed, Followed]]:
    """Pairs of loans with the same terms and rules."""
    return [(loan, walk.opened_like(loan, 100 + number)) for number, loan in enumerate(list(walk.loans))]


def amount_of(loan: Followed, share: float) -> int:
    return int(loan.life(loan.terms.start_on).future[0].due["interest"] * share) + int(
        loan.terms.principal * share / loan.terms.periods
    )


def pay_on(walk: Walk, loan: Followed, on: date, share: float) -> None:
    assert walk.receive(loan, amount_of(loan, share), on) is not None


def same(first: Followed, second: Followed) -> None:
    """Two loans stand alike."""
    loans = [Loan.objects.get(loan_no=loan.loan_no) for loan in (first, second)]
    assert stored_position(loans[0]) == stored_position(loans[1])
    assert rows_stored(loans[0]) == rows_stored(loans[1])


def months_close(walk: Walk, *months: int) -> None:
    """The finance manager closes months, their profit transferred."""
    for month in months:
        for command in ("profit_transfer", "period_close"):
            assert walk.do("finance_manager", command, legal_entity_id=walk.place.entity_id, period=month) is not None


def test_payments_entered_months_late_are_as_good_as_those_on_time(place: Place) -> None:
    walk = Walk(place, 3, loans=2, periods=(6, 12))
    pairs, start = twins(walk), business_date()
    for after, share in PAID:
        days_to(start + timedelta(days=after))
        for on_time, _late in pairs:
            pay_on(walk, on_time, business_date(), share)
    days_to(start + timedelta(days=LAST))
    months_close(walk, 202611, 202612, 202701)

    for after, share in reversed(PAID):
        for _on_time, late in pairs:
            pay_on(walk, late, start + timedelta(days=after), share)

    for on_time, late in pairs:
        same(on_time, late)
    entries = JournalEntry.objects.filter(kind="receipt_posted", value_on__lt=date(2027, 2, 1))
    late_ones = entries.filter(lines__loan_no__in=[late.loan_no for _on_time, late in pairs])
    assert {entry.booked_on for entry in late_ones} == {date(2027, 2, 1)}
    walk.agrees()
    clean(walk)


def test_money_taken_back_after_its_month_is_closed_leaves_no_trace(place: Place) -> None:
    walk = Walk(place, 5, loans=2, periods=(6, 12))
    pairs, start = twins(walk), business_date()
    days_to(start + timedelta(days=35))
    for _never, paid in pairs:
        pay_on(walk, paid, start + timedelta(days=30), 1.0)
    days_to(start + timedelta(days=75))
    months_close(walk, 202611, 202612, 202701)

    for _never, paid in pairs:
        walk.reverse(paid)

    for never, paid in pairs:
        same(never, paid)
    red = EntryLine.objects.filter(entry__is_red=True, entry__kind="receipt_posted")
    assert set(red.values_list("booked_on", flat=True)) == {date(2027, 2, 1)}
    walk.agrees()
    clean(walk)


def test_days_caught_up_at_once_end_where_day_by_day_does(place: Place) -> None:
    """Two institutions' loans in one: the steps of a day are the same whether a person waits for each or not."""
    walk = Walk(place, 11, loans=2)
    for loan in walk.loans:
        walk.suspend(loan)
        pay_on(walk, loan, business_date(), 2.5)  # money that waits for instalments to come
    start = business_date()
    eod_run(until=start + timedelta(days=CAUGHT_UP))
    walk.agrees()
    accrued = JournalEntry.objects.filter(kind="interest_accrued", source_type="eod")
    days = set(accrued.values_list("value_on", flat=True))
    assert days == {start + timedelta(days=number) for number in range(CAUGHT_UP + 1)}
    clean(walk)
