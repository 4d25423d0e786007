"""Every invariant of accounting finds the corruption that it is there for."""

from datetime import date

import pytest
from django.db import connection

from axle.accounting import checks
from axle.accounting.controls import register_control
from axle.accounting.services.period_close import period_close
from axle.accounting.services.vouchers_number import vouchers_number
from axle.accounting.tests.factories import post
from axle.kernel.money import parse_yuan
from axle.platform.testing import make_actor

ALL = [
    checks.accounting_controls_tie,
    checks.accounting_every_entry_has_its_voucher,
    checks.accounting_voucher_numbers_without_gap,
    checks.accounting_closings_recorded,
    checks.accounting_entries_follow_their_rules,
]


@pytest.fixture
def books(entity_id, own_controls):
    """A closed March, an April with a receipt and a reversal, and one control."""
    register_control("loan_principal", ("1303",), lambda entity_id: parse_yuan("97570.03"))
    post(entity_id)
    post(entity_id, "interest_accrued", "E2", amounts={"interest": "750.00"})
    april = date(2026, 4, 12)
    parts = {"cash": "3179.97", "principal": "2429.97", "interest": "750.00"}
    post(entity_id, "receipt_posted", "E3", on=april, amounts=parts)
    post(entity_id, "interest_waived", "E4", on=april, amounts={"interest": "10.00"})
    post(entity_id, "interest_waived", "E4-R", on=april, amounts={}, reverses="E4")
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
            "DELETE FROM accounting_voucher WHERE amounts ? 'principal' AND amounts ? 'cash'",
            {"accounting_every_entry_has_its_voucher", "accounting_voucher_numbers_without_gap"},
        ),
        (
            "UPDATE accounting_voucher SET number = 9 WHERE amounts ? 'cash'",
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
    ],
    ids=["control", "no voucher", "gap", "no record", "opened", "other amounts", "other line", "lost amount"],
)
def test_a_planted_corruption_is_found(books, corruption, found_by):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET session_replication_role = replica")
        cursor.execute(corruption)
        cursor.execute("SET session_replication_role = origin")
    assert {check.__name__ for check in ALL if check()} == found_by
