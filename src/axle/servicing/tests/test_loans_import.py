"""Taking over many loans and opening one are the same opening: the rows and what the books are told agree."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.forms import model_to_dict

from axle.kernel.money import Fen
from axle.platform.public import business_date, business_date_set
from axle.servicing import checks
from axle.servicing.models import Instalment, Loan, Posting, Receipt
from axle.servicing.services.loan_open import loan_open
from axle.servicing.services.loans_import import ImportedLoan, ImportedReceipt, loans_import
from axle.servicing.services.receipt_confirm import receipt_reverse
from axle.servicing.tests.factories import CASHIER, FINANCE, PAID_UP_ON, RULES, START, make_opening, make_terms

_OWN = {"id", "loan", "loan_no", "contract", "contract_no", "customer", "vehicle", "event_no", "payload"}


def kept(row: Any) -> dict[str, Any]:
    """A row without what names it."""
    return {name: value for name, value in model_to_dict(row).items() if name not in _OWN}


def everything(loan: Loan) -> list[dict[str, Any]]:
    """A loan as stored: its row, plan and events."""
    loan.refresh_from_db()
    rows = [loan, *loan.instalments.order_by("position"), *loan.events.order_by("pk")]
    return [kept(row) for row in rows]


def test_a_loan_taken_over_today_is_the_loan_that_opens_today(books):
    opened = loan_open(actor=CASHIER, opening=make_opening(1), terms=make_terms(), rules=RULES, business_on=START)
    imported = ImportedLoan(make_opening(2), make_terms(), RULES)

    events = loans_import(actor=CASHIER, loans=[imported], business_on=START)

    taken = Loan.objects.exclude(pk=opened.pk).get()
    assert everything(taken) == everything(opened)
    assert [(e.kind, e.value_on, dict(e.amounts), e.dimensions["bank_account"]) for e in events] == [
        ("loan_disbursed", START, {"principal": 10_000_000}, "1")
    ]
    assert [(e.kind, e.value_on, dict(e.amounts)) for e in books] == [
        (e.kind, e.value_on, dict(e.amounts)) for e in events
    ]


def test_a_history_is_replayed_and_the_books_are_told_each_receipt_and_interest_by_month():
    paid = (ImportedReceipt(Fen(874_515), date(2026, 2, 15), "张三"),)
    loans = [
        ImportedLoan(make_opening(1), make_terms(), RULES, paid),
        ImportedLoan(make_opening(2), make_terms(), RULES, paid, payoff_on=date(2026, 2, 20)),
    ]

    business_date_set(date(2026, 3, 1))
    events = loans_import(actor=CASHIER, loans=loans, business_on=business_date())

    running, settled = Loan.objects.order_by("loan_no")
    assert (running.state, running.principal_balance) == ("in_force", 10_000_000 - (874_515 - 75_000))
    assert (settled.state, settled.principal_balance, settled.settled_on) == ("settled", 0, date(2026, 2, 20))
    assert Counter(event.kind for event in events) == {
        "loan_disbursed": 2, "receipt_posted": 3, "payoff_fee_charged": 1, "interest_accrued": 2, "interest_due": 1
    }  # fmt: skip
    assert [(event.entered_on, event.on) for event in running.events.order_by("pk")] == [
        (START, START),
        (date(2026, 2, 15), date(2026, 2, 15)),
    ]
    assert checks.position_is_the_replay() == []
    assert checks.postings_are_what_the_replay_asks() == []


def test_a_contract_with_a_loan_breaks_the_whole_batch():
    opening = make_opening(1)
    loan_open(actor=CASHIER, opening=opening, terms=make_terms(), rules=RULES, business_on=START)
    batch = [ImportedLoan(make_opening(2), make_terms(), RULES), ImportedLoan(opening, make_terms(), RULES)]

    with pytest.raises(IntegrityError), transaction.atomic():
        loans_import(actor=CASHIER, loans=batch, business_on=START)

    assert Loan.objects.count() == 1
    assert Instalment.objects.count() == 12


def test_loans_of_one_history_have_rows_and_numbers_of_their_own():
    paid = [(ImportedReceipt(Fen(874_515), date(2026, 2, 15), payer),) for payer in ("张三", "李四")]
    loans = [ImportedLoan(make_opening(number), make_terms(), RULES, paid[number - 1]) for number in (1, 2)]

    business_date_set(date(2026, 3, 1))
    events = loans_import(actor=CASHIER, loans=loans, business_on=business_date())

    first, second = Loan.objects.order_by("pk")
    assert [receipt.payer_name for loan in (first, second) for receipt in loan.receipts.all()] == ["张三", "李四"]
    numbers = [set(loan.events.values_list("event_no", flat=True)) for loan in (first, second)]
    assert [len(own) for own in numbers] == [2, 2]
    assert not numbers[0] & numbers[1]
    assert [kept(row) for row in first.instalments.all()] == [kept(row) for row in second.instalments.all()]
    assert len({(event.event_no, event.kind) for event in events}) == len(events)
    assert checks.position_is_the_replay() == []
    assert checks.postings_are_what_the_replay_asks() == []


def test_what_a_loan_told_in_a_months_sum_is_taken_back_as_a_part_of_it(books):
    paid = (ImportedReceipt(Fen(874_515), date(2026, 2, 15), "张三"),)
    business_date_set(date(2026, 3, 1))
    loans_import(
        actor=CASHIER, loans=[ImportedLoan(make_opening(1), make_terms(), RULES, paid)], business_on=PAID_UP_ON
    )
    Posting.objects.update(told_in="receipt_posted/2026-02")
    (receipt,) = Receipt.objects.all()
    receipt_reverse(actor=FINANCE, receipt_no=receipt.receipt_no, reason="退票")
    back = next(event for event in books if event.kind == "receipt_posted")
    assert (back.reverses, back.part_of, back.amounts["cash"]) == (None, "receipt_posted/2026-02", 874_515)
    assert checks.postings_are_what_the_replay_asks() == []
