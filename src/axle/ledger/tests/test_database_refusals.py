"""What the database refuses by itself, whoever asks: each refusal leaves every row as it was."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from axle.ledger.models import AccountDayDelta, EntryLine, JournalEntry, Period
from axle.ledger.public import booking_date, books_close, entry_post
from axle.ledger.tests.factories import fen, loan_draft
from axle.platform.testing import make_actor, make_entity

COPY_ENTRY = """
INSERT INTO ledger_journalentry (entry_no, legal_entity_id, kind, event_no, value_on, booked_on, period, summary,
    source_type, source_id, amount, is_red, posted_at)
SELECT 'JE-X', legal_entity_id, kind, 'E-X', value_on, {booked_on}, {period}, summary,
    source_type, source_id, {amount}, {is_red}, now()
FROM ledger_journalentry LIMIT 1 RETURNING id
"""
COPY_LINES = """
INSERT INTO ledger_entryline (entry_id, line_no, legal_entity_id, booked_on, account_id, debit, credit, summary,
    dimensions, loan_no, contract_no)
SELECT {entry_id}, l.line_no, l.legal_entity_id, e.booked_on, l.account_id, {debit}, {credit}, '', '{{}}', '', ''
FROM ledger_entryline l JOIN ledger_journalentry e ON e.id = {entry_id}
WHERE l.entry_id = {model_id} {where}
"""


def _execute(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall()) if cursor.description else []


def _state() -> tuple[object, ...]:
    return (
        list(JournalEntry.objects.order_by("pk").values_list()),
        list(EntryLine.objects.order_by("pk").values_list()),
        list(AccountDayDelta.objects.order_by("pk").values_list()),
        list(Period.objects.order_by("pk").values_list("legal_entity_id", "period", "is_closed")),
    )


def _commit(work: Callable[[], object]) -> None:
    """Do something as one transaction, with the checks that its commit makes."""
    with transaction.atomic():
        work()
        _execute("SET CONSTRAINTS ALL IMMEDIATE")
    _execute("SET CONSTRAINTS ALL DEFERRED")


def _refusal(work: Callable[[], object]) -> str:
    """Do something that the database must refuse, and leave every row as it was; gives the refusal's text."""
    before = _state()
    with pytest.raises(IntegrityError) as caught:
        _commit(work)
    assert _state() == before
    return str(caught.value)


@pytest.fixture
def posted_id(entity_id: int) -> int:
    _commit(lambda: entry_post(loan_draft(entity_id)))
    return JournalEntry.objects.get().pk


@pytest.mark.parametrize("table", ["ledger_journalentry", "ledger_entryline"])
def test_entries_and_lines_are_append_only(posted_id, table):
    assert "append-only" in _refusal(lambda: _execute(f"UPDATE {table} SET summary = 'x'"))
    assert "append-only" in _refusal(lambda: _execute(f"DELETE FROM {table}"))


@pytest.mark.parametrize("table", ["ledger_journalentry", "ledger_entryline"])
def test_truncate_is_refused(posted_id, table):
    truncate = f"SET LOCAL axle.maintenance = off; TRUNCATE {table} CASCADE"
    assert "append-only" in _refusal(lambda: _execute(truncate))


def _copied(**changes: str) -> str:
    values = {"booked_on": "booked_on", "period": "period", "amount": "amount", "is_red": "is_red", **changes}
    return COPY_ENTRY.format(**values)


def _copy(model_id: int, *, debit: str = "debit", credit: str = "credit", where: str = "", **entry: str) -> None:
    ((entry_id,),) = _execute(_copied(**entry))
    _execute(COPY_LINES.format(entry_id=entry_id, model_id=model_id, debit=debit, credit=credit, where=where))


def test_a_right_copy_would_be_accepted(posted_id):
    _commit(lambda: _copy(posted_id))
    assert EntryLine.objects.count() == 4


@pytest.mark.parametrize(
    "changes",
    [
        {"where": "AND false"},
        {"where": "AND l.line_no = 1"},
        {"debit": "debit * 2"},
        {"amount": "amount + 1"},
        {"is_red": "true"},
        {"debit": "-debit", "credit": "-credit", "amount": "-amount"},
    ],
    ids=["no lines", "one line", "unbalanced", "other total", "red but positive", "negative but not red"],
)
def test_the_commit_refuses_an_entry_that_does_not_balance(posted_id, changes):
    assert "does not balance" in _refusal(lambda: _copy(posted_id, **changes))


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"credit": "credit + 1"}, "line_one_sided"),
        ({"period": "period + 1"}, "entry_period_of_booking"),
    ],
)
def test_rows_are_checked_by_themselves(posted_id, changes, constraint):
    assert constraint in _refusal(lambda: _copy(posted_id, **changes))


def _copy_after(model_id: int, change_of_account: str) -> None:
    _execute(f"UPDATE ledger_account SET {change_of_account} WHERE code = '1002'")
    _copy(model_id)


def test_a_line_of_a_summing_account_is_refused(posted_id):
    assert "1 wrong accounts" in _refusal(lambda: _copy_after(posted_id, "is_postable = false"))


def test_a_line_of_another_entitys_account_is_refused(posted_id):
    other = make_entity("AXG", "车轴融资担保有限公司", "guarantee").pk
    assert "1 wrong accounts" in _refusal(lambda: _copy_after(posted_id, f"legal_entity_id = {other}"))


@pytest.mark.django_db(transaction=True)
def test_no_line_joins_an_entry_after_its_transaction(entity_id):
    with transaction.atomic():
        posted = entry_post(loan_draft(entity_id))
    lines = COPY_LINES.format(
        entry_id=posted.entry_id, model_id=posted.entry_id, debit="debit", credit="credit", where=""
    ).replace("l.line_no,", "l.line_no + 10,")
    assert "only in the transaction" in _refusal(lambda: _execute(lines))


def test_a_closed_month_takes_no_entry(entity_id, posted_id):
    books_close(actor=make_actor(), legal_entity_id=entity_id, period=202603)
    assert "is closed" in _refusal(lambda: _copy(posted_id))
    earlier = {"booked_on": "date '2026-02-28'", "period": "202602"}
    assert "is closed" in _refusal(lambda: _copy(posted_id, **earlier))
    _copy(posted_id, booked_on="date '2026-04-01'", period="202604")
    assert EntryLine.objects.filter(booked_on=date(2026, 4, 1), debit=fen("100000.00")).count() == 1
    assert booking_date(legal_entity_id=entity_id, value_on=date(2026, 3, 31)) == date(2026, 4, 1)
