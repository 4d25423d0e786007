"""Two connections at once: one fact posted twice, and a month closed while entries are posted."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connection, transaction

from axle.ledger.errors import PeriodBusy
from axle.ledger.models import AccountDay, EntryLine, JournalEntry
from axle.ledger.public import books_close, closed_through, entry_post
from axle.ledger.services.movements_fold import movements_fold
from axle.ledger.tests.factories import fen, loan_draft
from axle.platform.testing import make_actor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=4) as threads:
        yield threads


def _in_thread(pool: ThreadPoolExecutor, work: Callable[[], Any]) -> Future[Any]:
    def run() -> Any:
        try:
            with transaction.atomic():
                return work()
        finally:
            connection.close()

    return pool.submit(run)


def test_the_same_fact_from_four_sides_is_posted_once(entity_id, pool):
    start = Barrier(4)

    def post() -> str:
        start.wait()
        return entry_post(loan_draft(entity_id)).entry_no

    numbers = {future.result() for future in [_in_thread(pool, post) for _ in range(4)]}
    assert len(numbers) == 1
    assert (JournalEntry.objects.count(), EntryLine.objects.count()) == (1, 2)


def test_a_month_does_not_close_while_an_entry_is_on_its_way(entity_id, pool):
    posted, may_commit = Event(), Event()

    def post() -> None:
        entry_post(loan_draft(entity_id))
        posted.set()
        may_commit.wait(timeout=10)

    future = _in_thread(pool, post)
    assert posted.wait(timeout=10)
    with pytest.raises(PeriodBusy), transaction.atomic():
        books_close(actor=make_actor(), legal_entity_id=entity_id, period=202603)
    may_commit.set()
    future.result()
    with transaction.atomic():
        books_close(actor=make_actor(), legal_entity_id=entity_id, period=202603)
        assert closed_through(entity_id) == 202603


def test_folding_takes_nothing_from_those_who_are_posting(entity_id, pool):
    posted, may_commit = Event(), Event()

    def post() -> None:
        entry_post(loan_draft(entity_id, event_no="E2"))
        posted.set()
        may_commit.wait(timeout=10)

    with transaction.atomic():
        entry_post(loan_draft(entity_id))
    future = _in_thread(pool, post)
    assert posted.wait(timeout=10)
    assert movements_fold() == 2
    may_commit.set()
    future.result()
    assert movements_fold() == 2
    assert sum(AccountDay.objects.values_list("debit", flat=True)) == fen("200000.00")
