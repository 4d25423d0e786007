"""A file of receipts leaves what they leave one by one, each row once, and tells what it could not enter."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from axle.kernel.money import Fen, yuan
from axle.platform.public import actor_named, business_date_set, file_save
from axle.platform.testing import act, make_entity, make_user
from axle.servicing import permissions as may
from axle.servicing import record_checks
from axle.servicing.errors import ConfirmerIsRegistrar, ReceiptFileKnown, ReceiptFileStateRefused, ReceiptFileUnreadable
from axle.servicing.models import LoanEvent, Posting, Receipt, ReceiptFile
from axle.servicing.services import receipt_file_confirm as confirming
from axle.servicing.services import receipt_file_read as reading
from axle.servicing.services.prepayment_request import prepayment_request
from axle.servicing.services.receipt_confirm import receipt_confirm
from axle.servicing.services.receipt_file_confirm import (
    receipt_file_carry_out,
    receipt_file_confirm,
    receipt_file_reject,
)
from axle.servicing.services.receipt_file_read import receipt_file_enter, receipt_file_register
from axle.servicing.tests.acts import INSTALMENT, assert_clean, days_to, pay
from axle.servicing.tests.factories import CASHIER, START, make_loan

pytestmark = pytest.mark.usefixtures("only_servicing_steps")
DUE_1, DUE_2 = date(2026, 2, 15), date(2026, 3, 15)
HEAD = "借据号,金额,到账日,付款人,银行流水号"
CACHED = (
    "state", "version", "principal_balance", "unapplied", "interest_paid", "interest_waived", "fee_outstanding",
    "next_unpaid_due_on", "matures_on", "settled_on", "carrying", "era", "claim_kept", "worst_days",
)  # fmt: skip


@pytest.fixture
def people():
    """Who registers and who confirms."""
    make_user("desk", permissions=[may.LOAN_VIEW, may.RECEIPT_VIEW, may.RECEIPT_REGISTER])
    make_user("books", permissions=[may.LOAN_VIEW, may.RECEIPT_VIEW, may.RECEIPT_CONFIRM])
    return actor_named("desk"), actor_named("books")


def registered(actor, lines, head=HEAD, encoding="utf-8") -> ReceiptFile:
    content = "\n".join([head, *lines]).encode(encoding)
    with act(actor):
        stored = file_save(content=content, name="receipts.csv", allowed=("text/plain",), actor=actor)
        own = {"file_id": stored.pk, "bank_account_id": 1, "legal_entity_id": make_entity().pk}
        return receipt_file_register(actor=actor, **own)


def entered(actor, lines) -> ReceiptFile:
    file = registered(actor, lines)
    receipt_file_enter(file.file_no)
    file.refresh_from_db()
    return file


def confirmed(actor, file) -> ReceiptFile:
    with act(actor):
        receipt_file_confirm(actor=actor, file_no=file.file_no)
    receipt_file_carry_out(file.file_no)
    file.refresh_from_db()
    return file


def line(loan, amount, on, serial="") -> str:
    return f"{loan.loan_no if loan else ''},{yuan(amount)},{on},张三,{serial}"


def book(begin: int):
    """Seven loans, of which each gets into another situation."""
    return [make_loan(begin + number) for number in range(7)]


def receipts_of(loans):
    """What comes in on the second due date: loan, amount, day."""
    return [
        (loans[0], INSTALMENT, DUE_2),  # what is due today
        (loans[1], 500_00, DUE_2),  # less, which pays a part of it
        (loans[2], INSTALMENT + 100_00, DUE_2),  # more, which waits
        (loans[3], INSTALMENT, DUE_2),  # it is a month behind
        (loans[4], 300_00, DUE_2),  # several of one loan
        (loans[4], INSTALMENT, DUE_2),
        (loans[5], 200_00, DUE_1 + timedelta(days=3)),  # an earlier day
        (loans[6], 100_00, DUE_2),  # the instalment of the day is paid already
        (None, 77_00, DUE_2),  # nobody has said whose it is
    ]


def left(loan) -> tuple[object, ...]:
    """What is kept of a loan, apart from numbers."""
    loan.refresh_from_db()
    events = LoanEvent.objects.filter(loan=loan).order_by("pk").values_list("kind", "on", "entered_on")
    postings = Posting.objects.filter(loan=loan).order_by("pk")
    told = postings.values_list("on", "kind", "amounts", "bank_account", "era", "is_reversed")
    plan = loan.instalments.order_by("position").values_list(
        "position", "principal_paid", "interest_paid", "fee_paid", "settled_on"
    )
    return [getattr(loan, name) for name in CACHED], list(events), list(told), list(plan)


def told_of(books, loans) -> Counter[str]:
    numbers = {loan.loan_no for loan in loans}
    return Counter(
        f"{event.kind} {event.value_on} {sorted(event.amounts.items())} {event.reverses is None}"
        for event in books
        if event.dimensions.get("loan_no") in numbers
    )


def test_a_file_leaves_what_its_receipts_leave_one_by_one(books, people):
    desk, finance = people
    one, two = book(1), book(101)
    days_to(DUE_1)
    for loan in (*one[:3], *one[4:], *two[:3], *two[4:]):
        pay(loan, INSTALMENT)
    days_to(DUE_2)
    pay(one[6], INSTALMENT)
    pay(two[6], INSTALMENT)
    file = entered(desk, [line(*row, f"F{number}") for number, row in enumerate(receipts_of(one))])
    file = confirmed(finance, file)
    assert (file.state, file.rows, file.refused) == ("confirmed", 9, 0)
    for loan, amount, on in receipts_of(two):
        pay(loan, amount, on)
    assert [left(loan) for loan in one] == [left(loan) for loan in two]
    assert told_of(books, one) == told_of(books, two)
    suspended = [event for event in books if event.kind == "receipt_suspended"]
    assert [event.amounts for event in suspended] == [{"cash": 77_00}] * 2
    states = Receipt.objects.filter(file_row__file=file).values_list("state", "confirmed_by", "registered_by")
    assert set(states) == {("confirmed", "books", "desk")}
    assert record_checks.receipt_files_add_up() == record_checks.events_repeat_their_payload() == []
    assert_clean()


def test_a_row_that_cannot_be_entered_is_told_and_the_others_count(people):
    desk, finance = people
    loan = make_loan()
    file = entered(
        desk,
        [
            line(loan, 100_00, START, "S1"),
            line(loan, 100_00, START, "S1"),
            f"LN404,1.00,{START},张三,",
            line(loan, 1_00, START + timedelta(days=1)),
            line(loan, 1_00, START - timedelta(days=1)),
            f"{loan.loan_no},一百元,{START},张三,",
            f"{loan.loan_no},1.00,{START},,",
        ],
    )
    found = file.lines.order_by("row").values_list("row", "problem", "detail")
    assert list(found) == [
        (1, "none", ""),
        (2, "already_entered", ""),
        (3, "loan_unknown", ""),
        (4, "date_in_future", ""),
        (5, "before_disbursement", ""),
        (6, "unreadable", "amount"),
        (7, "unreadable", "payer_name"),
    ]
    assert (file.state, file.rows, file.refused, file.amount) == ("registered", 7, 6, 100_00)
    assert Receipt.objects.get().state == "registered", "finance has not seen the money yet"
    assert (confirmed(finance, file).state, Receipt.objects.get().state) == ("confirmed", "confirmed")


def test_a_file_counts_once_and_needs_two_people(people):
    desk, _finance = people
    loan = make_loan()
    file = entered(desk, [line(loan, 100_00, START, "S1")])
    receipt_file_enter(file.file_no)
    with pytest.raises(ReceiptFileKnown):
        registered(desk, [line(loan, 100_00, START, "S1")])
    with pytest.raises(ConfirmerIsRegistrar), act(desk):
        receipt_file_confirm(actor=desk, file_no=file.file_no)
    with pytest.raises(ReceiptFileUnreadable):
        registered(desk, ["1.00"], head="金额")
    assert (Receipt.objects.count(), ReceiptFile.objects.count()) == (1, 1)


def test_a_rejected_file_ends_its_receipts_and_may_come_again(people):
    desk, finance = people
    loan = make_loan()
    lines = [line(loan, 100_00, START, "S1"), line(loan, 200_00, START, "S2")]
    file = registered(desk, lines, encoding="gb18030")
    receipt_file_enter(file.file_no)
    single = Receipt.objects.get(bank_serial="S2")
    with act(finance):
        receipt_confirm(actor=finance, receipt_no=single.receipt_no)
        receipt_file_reject(actor=finance, file_no=file.file_no, reason="银行未到账")
    states = Receipt.objects.order_by("bank_serial").values_list("state", "closing_reason", "payer_name")
    assert list(states) == [("rejected", "银行未到账", "张三"), ("confirmed", "", "张三")]
    with pytest.raises(ReceiptFileStateRefused), act(finance):
        receipt_file_confirm(actor=finance, file_no=file.file_no)
    again = registered(desk, lines, encoding="gb18030")
    receipt_file_enter(again.file_no)
    assert list(again.lines.order_by("row").values_list("problem", flat=True)) == ["none", "already_entered"]
    assert_clean()


def test_a_receipt_that_cannot_be_confirmed_stays_registered_and_is_told(people):
    desk, finance = people
    loan = make_loan()
    file = entered(desk, [line(loan, 100_00, START, "S1")])
    type(loan).objects.update(state="settled", principal_balance=0, settled_on=START)
    file = confirmed(finance, file)
    assert (file.state, file.refused) == ("confirmed", 1)
    assert Receipt.objects.get().state == "registered"
    assert list(file.lines.values_list("problem", "detail")) == [("confirmation_refused", "loan_not_in_force")]


def by_parts(act, file) -> None:
    """Every part, the last one first, and each a second time, as after a worker's death."""
    for part in (*reversed(range(file.parts.count())), 0):
        act(file.file_no, part)
    file.refresh_from_db()


def test_a_file_in_parts_is_the_same_file(people, monkeypatch, settings):
    settings.EOD_WORKERS = 3
    for module in (reading, confirming):
        monkeypatch.setattr(module, "STRETCH", 2)
    desk, finance = people
    loans, twins = [make_loan(number) for number in range(1, 6)], [make_loan(number) for number in range(101, 106)]
    days_to(DUE_1)
    said = [(number % 5, 1_000_00 + number) for number in range(12)]
    lines = [line(loans[place], amount, DUE_1, f"P{number}") for number, (place, amount) in enumerate(said)]
    lines += [line(loans[place], 1, DUE_1, "P0") for place in range(5)]  # whichever part comes to it
    file = registered(desk, [*lines, line(None, 5_00, DUE_1), f"LN404,1.00,{DUE_1},张三,"])
    assert file.parts.count() == 3
    by_parts(receipt_file_enter, file)
    of_the_serial = Receipt.objects.get(bank_serial="P0")
    assert (file.state, file.rows, file.refused) == ("registered", 19, 6)
    with act(finance):
        receipt_file_confirm(actor=finance, file_no=file.file_no)
    by_parts(receipt_file_carry_out, file)
    assert (file.state, file.refused, file.lines.count()) == ("confirmed", 6, 19)
    assert set(file.parts.values_list("state", flat=True)) == {"confirmed"}
    for place, amount in [*said[1:], (loans.index(of_the_serial.loan), of_the_serial.amount)]:
        pay(twins[place], amount)
    kept = ("principal_balance", "unapplied", "interest_paid", "next_unpaid_due_on", "state")
    for loan, twin in zip(loans, twins, strict=True):
        loan.refresh_from_db()
        twin.refresh_from_db()
        assert [getattr(loan, name) for name in kept] == [getattr(twin, name) for name in kept]
        numbers = loan.receipts.order_by("file_row__row").values_list("receipt_no", flat=True)
        assert list(numbers) == sorted(numbers), "the receipts of a loan are in the order of the file"
    assert record_checks.receipt_files_add_up() == []
    assert_clean()


def test_money_that_the_borrower_announced_is_taken_for_it(people):
    desk, finance = people
    loan, money = make_loan(), Fen(30_000_00)
    business_date_set(START + timedelta(days=5))
    own = {"amount": money, "mode": "keep_term", "pays_on": START + timedelta(days=5)}
    asked = prepayment_request(actor=CASHIER, loan_no=loan.loan_no, **own)
    lines = [line(loan, money, START + timedelta(days=5), serial) for serial in ("A1", "A2")]
    file = confirmed(finance, entered(desk, lines))
    asked.refresh_from_db()
    modes = Receipt.objects.order_by("bank_serial").values_list("prepayment_mode", flat=True)
    assert (list(modes), file.refused) == (["keep_term", ""], 0)
    assert (asked.state, asked.receipt.bank_serial) == ("paid", "A1")
    assert_clean()


def test_a_row_more_asks_no_more(people):
    desk, finance = people
    business_date_set(START + timedelta(days=1))
    counts = []
    for begin, count in ((1, 1), (11, 2), (21, 6)):  # the first of a series begins it
        loans = [make_loan(begin + number) for number in range(count)]
        file = registered(desk, [line(loan, 100_00, START + timedelta(days=1), f"S{loan.pk}") for loan in loans])
        with CaptureQueriesContext(connection) as entering:
            receipt_file_enter(file.file_no)
        with act(finance):
            receipt_file_confirm(actor=finance, file_no=file.file_no)
        with CaptureQueriesContext(connection) as confirming:
            receipt_file_carry_out(file.file_no)
        counts.append((len(entering), len(confirming)))
    assert counts[1] == counts[2] == (26, 20), "five of each are of the part, and of the file that waits for its parts"
