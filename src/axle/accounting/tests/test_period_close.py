"""Closing a month: checks first, in order, on record; reopening takes two people."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from axle.accounting.controls import register_cash, register_control
from axle.accounting.errors import PeriodChecksFailed, SecondPersonNeeded
from axle.accounting.models import PeriodAct, Voucher
from axle.accounting.services.period_close import period_close, period_reopen
from axle.accounting.tests.factories import DIMENSIONS, post
from axle.kernel.money import Fen, parse_yuan
from axle.ledger.errors import PeriodInvalid, PeriodOutOfOrder
from axle.ledger.public import closed_through
from axle.platform.testing import make_actor, make_user

pytestmark = pytest.mark.usefixtures("own_controls")
APRIL = date(2026, 4, 1)


@pytest.fixture
def books(entity_id):
    post(entity_id, dimensions=DIMENSIONS | {"bank_account": "5"})
    return entity_id


def _close(entity_id: int, period: int = 202603, on: date = APRIL) -> PeriodAct:
    return period_close(actor=make_actor(), legal_entity_id=entity_id, period=period, business_on=on)


def test_closing_numbers_checks_and_records(books):
    register_control("loan_principal", ("1303.01", "1303.02"), lambda entity_id: parse_yuan("100000.00"))
    register_cash("payments", lambda entity_id: {5: parse_yuan("-100000.00")})
    act = _close(books)
    assert closed_through(books) == 202603
    assert Voucher.objects.get().number == 1
    assert [(check["code"], check["is_ok"], check["detail"]) for check in act.checks] == [
        ("period_over", True, "2026-04-01"),
        ("trial_balance", True, "100000.00 = 100000.00"),
        ("vouchers_numbered", True, "记 1/1"),
        ("vouchers_reviewed", True, "0"),
        ("control_loan_principal", True, "100000.00 = 100000.00"),
        ("control_cash_in_bank", True, "-100000.00 = -100000.00"),
        ("bank_reconciled", True, "0 / 0"),
        ("suspense_empty", True, "0.00"),
        ("profit_transferred", True, ""),
        ("assets_equal_sources", True, "0.00 = 0.00"),
        ("cash_change_of_year", True, "-100000.00 = -100000.00"),
        ("operating_direct_indirect", True, "-100000.00 = -100000.00"),
        ("profit_of_year", True, "0.00 = 0.00"),
    ]


def test_a_sub_ledger_that_differs_keeps_the_month_open(books):
    register_control("loan_principal", ("1303",), lambda entity_id: Fen(9_999_999))
    with pytest.raises(PeriodChecksFailed) as caught, transaction.atomic():
        _close(books)
    assert caught.value.params == {"checks": "control_loan_principal"}
    assert closed_through(books) == 0
    assert Voucher.objects.get().number is None
    assert not PeriodAct.objects.exists()


def test_cash_that_nobody_paid_keeps_the_month_open(books):
    register_cash("payments", lambda entity_id: {5: parse_yuan("-99999.99")})
    with pytest.raises(PeriodChecksFailed) as caught, transaction.atomic():
        _close(books)
    assert caught.value.params == {"checks": "control_cash_in_bank"}
    assert closed_through(books) == 0


def test_a_month_that_is_not_over_stays_open(books):
    with pytest.raises(PeriodChecksFailed) as caught, transaction.atomic():
        _close(books, on=date(2026, 3, 31))
    assert caught.value.params == {"checks": "period_over"}
    assert closed_through(books) == 0


@pytest.mark.parametrize(("period", "condition"), [(202604, PeriodOutOfOrder), (202613, PeriodInvalid)])
def test_another_month_cannot_close(books, period, condition):
    with pytest.raises(condition), transaction.atomic():
        _close(books, period, date(2027, 1, 1))
    assert closed_through(books) == 0


def test_reopening_takes_two_people_and_is_recorded(books):
    _close(books)
    maker, checker = (make_actor(name=name, user_id=make_user(name).pk) for name in ("maker", "checker"))
    reopening = {"actor": maker, "legal_entity_id": books, "period": 202603, "reason": "补录"}
    with pytest.raises(SecondPersonNeeded):
        period_reopen(checker=None, **reopening)
    assert closed_through(books) == 202603
    period_reopen(checker=checker, **reopening)
    assert closed_through(books) == 0
    acts = list(PeriodAct.objects.order_by("pk").values_list("act", "maker", "checker", "reason"))
    assert acts == [("close", None, None, ""), ("reopen", maker.user_id, checker.user_id, "补录")]
    assert _close(books).act == "close"


def test_the_record_of_closings_is_append_only(books):
    _close(books)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PeriodAct.objects.update(reason="x")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PeriodAct.objects.all().delete()
    assert PeriodAct.objects.get().reason == ""
