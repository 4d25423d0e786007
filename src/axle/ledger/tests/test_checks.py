"""Every invariant finds the corruption that it is there for; triggers are off while the corruption is planted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection

from axle.ledger import checks
from axle.ledger.public import books_close, entry_post, entry_reverse
from axle.ledger.services.movements_fold import movements_fold
from axle.ledger.tests.factories import credit, debit, draft, loan_draft
from axle.platform.public import Subject
from axle.platform.testing import make_actor

Check = Callable[[], list[str]]
ALL: list[Check] = [
    checks.ledger_debits_equal_credits,
    checks.ledger_entries_balance,
    checks.ledger_days_equal_lines,
    checks.ledger_closed_periods_untouched,
    checks.ledger_periods_close_in_order,
    checks.ledger_reversals_mirror,
]


@contextmanager
def _without_triggers() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET session_replication_role = replica")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = origin")


@pytest.fixture
def books(entity_id: int) -> int:
    """A closed March, an April with a reversal, half of the movement folded."""
    entry_post(loan_draft(entity_id))
    books_close(actor=make_actor(), legal_entity_id=entity_id, period=202603)
    movements_fold()
    lines = debit("1002", "7.00"), credit("6011", "7.00")
    wrong = entry_post(draft(entity_id, *lines, event_no="E2", on=date(2026, 4, 1)))
    entry_reverse(
        entry_no=wrong.entry_no,
        event_no="E2-R",
        value_on=date(2026, 4, 2),
        summary="红冲",
        source=Subject("loan", 7),
    )
    return entity_id


def test_sound_books_pass_every_check(books):
    assert [check() for check in ALL] == [[]] * len(ALL)


@pytest.mark.parametrize(
    ("corruption", "found_by"),
    [
        (
            "UPDATE ledger_entryline SET debit = debit + 1 WHERE debit > 0 AND line_no = 1",
            {
                "ledger_debits_equal_credits",
                "ledger_entries_balance",
                "ledger_days_equal_lines",
                "ledger_reversals_mirror",
            },
        ),
        (
            "DELETE FROM ledger_entryline WHERE entry_id = (SELECT min(id) FROM ledger_journalentry)",
            {"ledger_entries_balance", "ledger_days_equal_lines"},
        ),
        ("UPDATE ledger_journalentry SET amount = amount + 1 WHERE event_no = 'E1'", {"ledger_entries_balance"}),
        ("UPDATE ledger_journalentry SET is_red = true WHERE event_no = 'E1'", {"ledger_entries_balance"}),
        ("UPDATE ledger_accountday SET credit = credit + 1", {"ledger_days_equal_lines"}),
        ("DELETE FROM ledger_accountdaydelta WHERE debit <> 0", {"ledger_days_equal_lines"}),
        (
            "UPDATE ledger_journalentry SET posted_at = now() + interval '1 day' WHERE event_no = 'E1'",
            {"ledger_closed_periods_untouched"},
        ),
        (
            "ALTER TABLE ledger_journalentry DROP CONSTRAINT entry_period_of_booking;"
            " UPDATE ledger_journalentry SET period = 202605 WHERE event_no = 'E2'",
            {"ledger_closed_periods_untouched"},
        ),
        (
            "UPDATE ledger_period SET is_closed = (period = 202604), closed_at = now() + interval '1 day'",
            {"ledger_periods_close_in_order"},
        ),
        (
            "UPDATE ledger_entryline l SET account_id = (SELECT id FROM ledger_account WHERE code = '1303.02')"
            " FROM ledger_journalentry e WHERE e.id = l.entry_id AND e.event_no = 'E2-R' AND l.line_no = 1",
            {"ledger_days_equal_lines", "ledger_reversals_mirror"},
        ),
    ],
    ids=[
        "changed line",
        "lost lines",
        "changed total",
        "wrong colour",
        "changed day",
        "lost delta",
        "late entry",
        "wrong month",
        "open before closed",
        "reversal elsewhere",
    ],
)
def test_a_planted_corruption_is_found(books, corruption, found_by):
    with _without_triggers(), connection.cursor() as cursor:
        cursor.execute(corruption)
    assert {check.__name__ for check in ALL if check()} == found_by
