"""Vouchers: numbers without gaps, manual ones by two people, reversed in red."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from axle.accounting.errors import SecondPersonNeeded, VoucherDateRefused, VoucherHasBusinessEvent
from axle.accounting.models import Voucher
from axle.accounting.services.voucher_create import ManualVoucher, voucher_create
from axle.accounting.services.voucher_reverse import voucher_reverse
from axle.accounting.services.vouchers_number import vouchers_number
from axle.accounting.tests.factories import post
from axle.kernel.money import Fen, parse_yuan
from axle.ledger.errors import EntryAlreadyReversed, EntryUnbalanced, PeriodClosed
from axle.ledger.public import LineDraft, books_close, entry_get, entry_of_event
from axle.platform.public import business_date_set, parameter_set
from axle.platform.testing import make_actor, make_user

pytestmark = pytest.mark.usefixtures("verified")
MARCH, APRIL = date(2026, 3, 12), date(2026, 4, 2)


@pytest.fixture
def people(db):
    return [make_actor(name=name, user_id=make_user(name).pk) for name in ("maker", "checker")]


def _draft(entity_id: int, credit: str = "50.00", on: date = MARCH) -> ManualVoucher:
    lines = [
        LineDraft("6602", debit=parse_yuan("50.00")),
        LineDraft("1002", credit=parse_yuan(credit), dimensions={"cash_flow": "other_operating"}),
    ]
    return ManualVoucher(legal_entity_id=entity_id, booked_on=on, summary="付办公费", lines=lines)


def _numbers() -> list[tuple[int, str, int | None]]:
    return list(Voucher.objects.order_by("pk").values_list("period", "word", "number"))


def test_numbers_run_by_month_without_gaps(entity_id):
    for number, on in enumerate([MARCH, APRIL, MARCH]):
        post(entity_id, event_no=f"E{number}", on=on)
    assert vouchers_number() == 3
    post(entity_id, event_no="E9", on=MARCH)
    assert vouchers_number() == 1
    assert vouchers_number() == 0
    assert _numbers() == [(202603, "记", 1), (202604, "记", 1), (202603, "记", 2), (202603, "记", 3)]


def test_words_may_be_split(entity_id):
    parameter_set(
        actor=make_actor(),
        code="accounting.voucher_words_split",
        value=True,
        effective_from=date(2026, 1, 1),
        legal_entity_id=entity_id,
        note="",
    )
    post(entity_id, event_no="E1")
    post(entity_id, "receipt_suspended", "E2", amounts={"cash": "1.00"})
    post(entity_id, "interest_accrued", "E3", amounts={"interest": "1.00"})
    post(entity_id, event_no="E4", on=MARCH)
    vouchers_number()
    assert _numbers() == [(202603, "付", 1), (202603, "收", 1), (202603, "转", 1), (202603, "付", 2)]


def _execute(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_keeps_a_numbered_voucher(entity_id):
    post(entity_id)
    rows = Voucher.objects.all()
    changes = [
        "UPDATE accounting_voucher SET amounts = '{}'",
        "UPDATE accounting_voucher SET period = 202604",
        "DELETE FROM accounting_voucher",
        "SET LOCAL axle.maintenance = off; TRUNCATE accounting_voucher CASCADE",
    ]
    vouchers_number()
    for change in [*changes, "UPDATE accounting_voucher SET number = 7"]:
        with pytest.raises(IntegrityError):
            _execute(f"SET CONSTRAINTS ALL IMMEDIATE; {change}")
    assert rows.get().number == 1


def test_a_manual_voucher_has_two_people(entity_id, people):
    maker, checker = people
    posted = voucher_create(actor=maker, checker=checker, draft=_draft(entity_id))
    entry, voucher = entry_get(posted.entry_no), Voucher.objects.get()
    assert (entry.kind, entry.maker, entry.checker, entry.summary) == ("manual", "maker", "checker", "付办公费")
    assert (voucher.rule, list(voucher.documents.all())) == (None, [])


def test_a_refused_manual_voucher_leaves_nothing(entity_id, people):
    maker, checker = people
    with pytest.raises(SecondPersonNeeded):
        voucher_create(actor=maker, checker=None, draft=_draft(entity_id))
    with pytest.raises(EntryUnbalanced):
        voucher_create(actor=maker, checker=checker, draft=_draft(entity_id, "49.99"))
    with pytest.raises(IntegrityError, match="entry_two_people"), transaction.atomic():
        voucher_create(actor=maker, checker=maker, draft=_draft(entity_id))
    books_close(actor=maker, legal_entity_id=entity_id, period=202603)
    with pytest.raises(PeriodClosed):
        voucher_create(actor=maker, checker=checker, draft=_draft(entity_id))
    assert not Voucher.objects.exists()


@pytest.mark.parametrize("on", [date(2026, 3, 13), date(2026, 2, 28), date(1, 1, 1)])
def test_a_manual_voucher_lies_within_the_books(entity_id, people, on):
    post(entity_id)
    business_date_set(MARCH)
    maker, checker = people
    with pytest.raises(VoucherDateRefused):
        voucher_create(actor=maker, checker=checker, draft=_draft(entity_id, on=on))
    assert Voucher.objects.count() == 1


def test_a_manual_voucher_is_reversed_in_red(entity_id, people):
    maker, checker = people
    original = voucher_create(actor=maker, checker=checker, draft=_draft(entity_id))
    red = voucher_reverse(actor=maker, checker=checker, entry_no=original.entry_no, on=APRIL, reason="重复")
    entry = entry_get(red.entry_no)
    assert (entry.is_red, entry.reversal_of, entry.period) == (True, original.entry_no, 202604)
    assert [(line.account, line.debit, line.credit) for line in entry.lines] == [
        ("6602", Fen(-5000), 0),
        ("1002", 0, Fen(-5000)),
    ]
    with pytest.raises(EntryAlreadyReversed):
        voucher_reverse(actor=maker, checker=checker, entry_no=original.entry_no, on=APRIL, reason="再次")
    assert Voucher.objects.count() == 2


def test_the_voucher_of_a_business_fact_is_not_reversed_by_hand(entity_id, people):
    maker, checker = people
    post(entity_id)
    posted = entry_of_event(event_no="E1", kind="loan_disbursed")
    assert posted is not None
    with pytest.raises(VoucherHasBusinessEvent):
        voucher_reverse(actor=maker, checker=checker, entry_no=posted.entry_no, on=APRIL, reason="x")
    assert Voucher.objects.count() == 1
