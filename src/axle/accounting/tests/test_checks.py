"""Every invariant of accounting finds the corruption that it is there for."""

from datetime import date

import pytest
from django.db import connection

from axle.accounting import checks
from axle.accounting.controls import cash_compare, register_cash, register_control
from axle.accounting.eod import compare_ledgers
from axle.accounting.services.period_close import period_close
from axle.accounting.services.profit_transfer import profit_transfer
from axle.accounting.services.vouchers_number import vouchers_number
from axle.accounting.tests.factories import DIMENSIONS, post
from axle.kernel.money import parse_yuan
from axle.platform.models import EodSetAside
from axle.platform.testing import make_actor

ALL = [
    checks.accounting_controls_tie,
    checks.accounting_cash_equals_payments,
    checks.accounting_every_entry_has_its_voucher,
    checks.accounting_voucher_numbers_without_gap,
    checks.accounting_closings_recorded,
    checks.accounting_entries_follow_their_rules,
]


@pytest.fixture
def books(entity_id, own_controls):
    """A closed March, an April with a receipt and a reversal, one control, two bank accounts."""
    register_control("loan_principal", ("1303",), lambda entity_id: parse_yuan("97570.03"))
    register_cash("payments", lambda entity_id: {5: parse_yuan("-100000.00")})
    register_cash("receipts", lambda entity_id: {5: parse_yuan("3000.00"), 6: parse_yuan("179.97")})
    post(entity_id, dimensions=DIMENSIONS | {"bank_account": "5"})
    post(entity_id, "interest_accrued", "E2", amounts={"interest": "750.00"})
    april = date(2026, 4, 12)
    for event_no, account, parts in (
        ("E3", "5", {"cash": "3000.00", "principal": "2250.00", "interest": "750.00"}),
        ("E3-2", "6", {"cash": "179.97", "principal": "179.97"}),
    ):
        dimensions = DIMENSIONS | {"bank_account": account}
        post(entity_id, "receipt_posted", event_no, on=april, amounts=parts, dimensions=dimensions)
    post(entity_id, "interest_waived", "E4", on=april, amounts={"interest": "10.00"})
    post(entity_id, "interest_waived", "E4-R", on=april, amounts={}, reverses="E4")
    profit_transfer(actor=make_actor(), legal_entity_id=entity_id, period=202603)
    period_close(actor=make_actor(), legal_entity_id=entity_id, period=202603, business_on=april)
    vouchers_number()
    return entity_id


def test_sound_books_pass_every_check(books):
    assert [check() for check in ALL] == [[]] * len(ALL)


@pytest.mark.parametrize(
    ("corruption", "found_by"),
    [
        (
            "UPDATE ledger_accountday SET debit = debit + 1;"
            " UPDATE ledger_accountdaydelta SET debit = debit + 1 WHERE debit > 0",
            {"accounting_controls_tie"},
        ),
        (
            "DELETE FROM accounting_voucher WHERE amounts ? 'interest' AND amounts ? 'cash'",
            {"accounting_every_entry_has_its_voucher", "accounting_voucher_numbers_without_gap"},
        ),
        (
            "UPDATE accounting_voucher SET number = 9 WHERE amounts ? 'interest' AND amounts ? 'cash'",
            {"accounting_voucher_numbers_without_gap"},
        ),
        ("DELETE FROM accounting_periodact", {"accounting_closings_recorded"}),
        ("UPDATE ledger_period SET is_closed = false", {"accounting_closings_recorded"}),
        (
            "UPDATE accounting_voucher SET amounts = '{\"interest\": 1001}' WHERE amounts = '{\"interest\": 1000}'",
            {"accounting_entries_follow_their_rules"},
        ),
        (
            "UPDATE ledger_entryline SET debit = debit + 1 WHERE debit = 75000",
            {"accounting_entries_follow_their_rules"},
        ),
        (
            "UPDATE accounting_voucher SET amounts = amounts || '{\"gift\": 1}' WHERE amounts ? 'cash'",
            {"accounting_entries_follow_their_rules"},
        ),
        (
            'UPDATE ledger_entryline SET dimensions = dimensions || \'{"bank_account": "6"}\' WHERE debit = 300000',
            {"accounting_cash_equals_payments"},
        ),
        (
            "UPDATE ledger_entryline SET dimensions = dimensions - 'bank_account' WHERE debit = 17997",
            {"accounting_cash_equals_payments"},
        ),
    ],
    ids=[
        "control",
        "no voucher",
        "gap",
        "no record",
        "opened",
        "other amounts",
        "other line",
        "lost amount",
        "other bank",
        "no bank",
    ],
)
def test_a_planted_corruption_is_found(books, corruption, found_by):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET session_replication_role = replica")
        cursor.execute(corruption)
        cursor.execute("SET session_replication_role = origin")
    assert {check.__name__ for check in ALL if check()} == found_by


def test_cash_is_compared_by_bank_account(books):
    found = {result.bank_account: (result.general_ledger, result.received_less_paid) for result in cash_compare(books)}
    assert found == {"5": (-9_700_000, -9_700_000), "6": (17_997, 17_997)}


def test_money_that_never_came_is_found(books):
    register_cash("receipts", lambda entity_id: {5: parse_yuan("3000.00"), 6: parse_yuan("179.98")})
    (line,) = checks.accounting_cash_equals_payments()
    assert line.endswith("bank account 6: books 179.97, received less paid 179.98")


def test_the_end_of_day_sets_aside_what_does_not_tie_until_it_does(books):
    compared = compare_ledgers(date(2026, 4, 12), 0, 1)
    assert (compared, EodSetAside.objects.count()) == (3, 0)
    register_control("loan_principal", ("1303",), lambda entity_id: parse_yuan("97570.04"))
    compare_ledgers(date(2026, 4, 13), 0, 1)
    (aside,) = EodSetAside.objects.all()
    assert (aside.step, aside.error, aside.resolved_at) == ("compare_ledgers", "97570.04 ≠ 1303 97570.03", None)
    assert aside.subject_no.endswith("/loan_principal")
    register_control("loan_principal", ("1303",), lambda entity_id: parse_yuan("97570.03"))
    compare_ledgers(date(2026, 4, 14), 0, 1)
    aside.refresh_from_db()
    assert aside.resolved_at is not None
