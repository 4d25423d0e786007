"""Months close in order; only the last one opens again."""

from datetime import date

import pytest

from axle.ledger.errors import PeriodClosed, PeriodInvalid, PeriodOutOfOrder
from axle.ledger.models import JournalEntry
from axle.ledger.public import booking_date, books_close, books_reopen, closed_through, entry_post, periods
from axle.ledger.tests.factories import loan_draft
from axle.platform.testing import make_actor, make_entity

MARCH, APRIL, MAY = 202603, 202604, 202605


def _close(entity_id: int, period: int) -> None:
    books_close(actor=make_actor(), legal_entity_id=entity_id, period=period)


def test_a_month_opens_with_its_first_entry(entity_id):
    assert periods(entity_id) == []
    entry_post(loan_draft(entity_id))
    entry_post(loan_draft(entity_id, event_no="E2"))
    assert [(row.period, row.is_closed) for row in periods(entity_id)] == [(MARCH, False)]


def test_months_close_one_after_another(entity_id):
    entry_post(loan_draft(entity_id))
    entry_post(loan_draft(entity_id, event_no="E2", on=date(2026, 5, 4)))
    for wrong in (APRIL, MAY, 202602):
        with pytest.raises(PeriodOutOfOrder):
            _close(entity_id, wrong)
    for period in (MARCH, APRIL, MAY):
        _close(entity_id, period)
        assert closed_through(entity_id) == period
    assert all(row.closed_at for row in periods(entity_id))


def test_a_closed_month_refuses_and_the_next_takes_over(entity_id):
    entry_post(loan_draft(entity_id))
    _close(entity_id, MARCH)
    with pytest.raises(PeriodClosed):
        entry_post(loan_draft(entity_id, event_no="E2"))
    assert JournalEntry.objects.count() == 1
    assert booking_date(legal_entity_id=entity_id, value_on=date(2026, 3, 31)) == date(2026, 4, 1)
    assert booking_date(legal_entity_id=entity_id, value_on=date(2026, 4, 7)) == date(2026, 4, 7)


@pytest.mark.parametrize("period", [0, -1, 202613])
def test_what_is_no_month_opens_nothing(entity_id, period):
    entry_post(loan_draft(entity_id))
    with pytest.raises(PeriodInvalid):
        books_reopen(legal_entity_id=entity_id, period=period)
    assert [(row.period, row.is_closed) for row in periods(entity_id)] == [(MARCH, False)]


def test_only_the_last_closed_month_opens_again(entity_id):
    entry_post(loan_draft(entity_id))
    _close(entity_id, MARCH)
    _close(entity_id, APRIL)
    with pytest.raises(PeriodOutOfOrder):
        books_reopen(legal_entity_id=entity_id, period=MARCH)
    books_reopen(legal_entity_id=entity_id, period=APRIL)
    assert closed_through(entity_id) == MARCH
    books_reopen(legal_entity_id=entity_id, period=MARCH)
    assert entry_post(loan_draft(entity_id, event_no="E2")).is_new


def test_the_books_of_another_entity_stay_open(entity_id):
    other = make_entity("AXG", "车轴融资担保有限公司", "guarantee").pk
    entry_post(loan_draft(entity_id))
    _close(entity_id, MARCH)
    assert entry_post(loan_draft(other, event_no="E2")).is_new


@pytest.mark.parametrize("period", [0, 202613, -1])
def test_what_is_no_month_cannot_close(entity_id, period):
    with pytest.raises(PeriodInvalid):
        _close(entity_id, period)
    assert periods(entity_id) == []
