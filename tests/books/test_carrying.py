"""How a loan is carried: what its changes tell the books, and what later, early and reversed money does under each.

100,000.00 at 9 % over 12 months from 15 January: instalment 8,745.15, first interest 750.00, second 690.04.
"""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection

from axle.accounting.standard import account_of
from axle.amortization.public import AccrualResumption, ChargeOff, ClaimTransfer, Reversal, WriteOff
from axle.kernel.money import Fen
from axle.platform.public import business_date, next_no
from axle.servicing import checks
from axle.servicing.errors import ClaimNotOurs
from axle.servicing.models import Posting
from axle.servicing.services.change_request import change_request
from axle.servicing.services.fee_charge import fee_charge
from axle.servicing.services.loan_lock import loan_locked
from axle.servicing.services.loan_restate import loan_restate
from axle.servicing.services.receipt_confirm import receipt_confirm, receipt_reverse
from axle.servicing.services.receipt_register import ReceiptData, receipt_register
from axle.servicing.tests.acts import INSTALMENT, days_to, kept_loan, pay
from axle.servicing.tests.factories import CASHIER, FINANCE, RULES, make_loan
from tests.books.acts import tie_out, told, used

pytestmark = pytest.mark.usefixtures("only_servicing_steps")
DUE_1, STOP_ON = date(2026, 2, 15), date(2026, 3, 17)


def happen(kind, loan, **fields):
    event = kind(id=next_no("LE", on=business_date()), on=fields.pop("on", business_date()), **fields)
    loan_restate(actor=FINANCE, loan=loan_locked(loan.loan_no), event=event, business_on=business_date())
    loan.refresh_from_db()
    return event


@pytest.fixture
def late(books):
    """Nothing was paid of two instalments."""

    def two_months():
        loan = make_loan()
        days_to(STOP_ON)
        return loan

    return kept_loan(books, "two instalments late", two_months)


@pytest.fixture
def stopped(late):
    happen(ChargeOff, late)
    return late


def test_the_stop_takes_uncollected_interest_back_and_keeps_it_off_balance(late, books):
    tie_out(books, late)
    happen(ChargeOff, late)
    told = next(event for event in books if event.kind == "accrual_stopped")
    # 750.00 + 690.04 are due; 2 days of 83,949.74 × 9 % / 360 are not
    assert dict(told.amounts) == {"principal": 10_000_000, "interest": 4_197, "taxed_interest": 144_004}
    held = tie_out(books, late)
    assert held["6011.01"] == 8_161  # only the tax on what was due stays, with what rounding it each day left
    assert late.carrying == "non_accrual"


def test_a_stopped_loan_goes_on_earning_off_balance(stopped, books):
    days_to(date(2026, 3, 30))
    held = tie_out(books, stopped)
    assert (held["6011.01"], held[account_of("interest_receivable")]) == (8_161, 0)
    assert held[account_of("memo_interest")] > 148_201


def test_interest_of_a_stopped_loan_is_income_on_receipt(stopped, books):
    days_to(date(2026, 4, 16))
    pay(stopped, 3 * INSTALMENT)
    (amounts,) = told(books, "non_accrual_receipt_posted")
    assert amounts["interest_taxed"] == 144_004  # of rows that were due before the stop
    assert amounts["interest"] > 0
    tie_out(books, stopped)


def test_money_entered_late_is_booked_under_the_carrying_of_its_entry(late, books):
    paid = pay(late, INSTALMENT)
    happen(ChargeOff, late)
    pay(late, INSTALMENT, on=DUE_1)
    assert len(told(books, "receipt_posted")) == 1
    assert told(books, "non_accrual_receipt_posted") != []
    tie_out(books, late)
    receipt_reverse(actor=FINANCE, receipt_no=paid.receipt_no, reason="退票")
    tie_out(books, late)


def test_a_receipt_from_before_the_stop_that_is_reversed_goes_off_balance(late, books):
    paid = pay(late, INSTALMENT)
    happen(ChargeOff, late)
    (before,) = told(books, "accrual_stopped")
    receipt_reverse(actor=FINANCE, receipt_no=paid.receipt_no, reason="退票")
    after = told(books, "accrual_stopped")[-1]
    assert after["taxed_interest"] - before["taxed_interest"] > 0
    held = tie_out(books, late)
    assert held[account_of("interest_receivable")] == 0


def test_back_to_accrual_takes_interest_in_again(stopped, books):
    days_to(date(2026, 3, 30))
    pay(stopped, 2 * INSTALMENT + 100_000)
    days_to(date(2026, 4, 2))
    happen(AccrualResumption, stopped)
    assert stopped.carrying == "performing"
    held = tie_out(books, stopped)
    assert held[account_of("memo_interest")] == held[account_of("non_accrual_principal")] == 0
    days_to(date(2026, 4, 20))
    tie_out(books, stopped)
    pay(stopped, INSTALMENT)
    tie_out(books, stopped)


def test_a_receipt_of_a_stopped_time_that_is_reversed_after_the_return(stopped, books):
    days_to(date(2026, 3, 30))
    paid = pay(stopped, 2 * INSTALMENT + 100_000)
    happen(AccrualResumption, stopped)
    receipt_reverse(actor=FINANCE, receipt_no=paid.receipt_no, reason="退票")
    held = tie_out(books, stopped)
    assert held[account_of("interest_receivable")] > 144_004


def test_a_stop_that_is_reversed_leaves_no_trace_but_its_entries(stopped, books):
    event_no = stopped.events.get(kind="charge_off").event_no
    days_to(date(2026, 3, 30))
    happen(Reversal, stopped, of=event_no, on=STOP_ON)
    held = tie_out(books, stopped)
    assert [row.carrying for row in stopped.carryings.order_by("era")] == ["non_accrual", "performing"]
    assert held[account_of("memo_interest")] == 0


def test_a_write_off_uses_the_allowance_and_keeps_the_claim(stopped, books):
    days_to(date(2026, 3, 30))
    event = happen(WriteOff, stopped)
    (amounts,) = told(books, "loan_written_off")
    assert amounts["non_accrual_principal"] == 10_000_000
    assert amounts["claim"] == stopped.claim_kept > amounts["memo_interest"] + 10_000_000
    held = tie_out(books, stopped)
    assert used(held, stopped) == 10_000_000
    days_to(date(2026, 4, 18))
    later = tie_out(books, stopped)  # nothing accrues any more
    assert [later[code] - held[code] for code in ("6011.01", "2221.05", account_of("memo_interest"))] == [0, 0, 0]
    receipt = pay(stopped, 10_160_000)
    (recovered,) = told(books, "recovery_posted")
    assert (recovered["principal"], recovered["interest_taxed"]) == (10_000_000, 144_004)
    held = tie_out(books, stopped)
    assert used(held, stopped) == 0
    receipt_reverse(actor=FINANCE, receipt_no=receipt.receipt_no, reason="退票")
    tie_out(books, stopped)
    happen(Reversal, stopped, of=event.id, on=event.on)
    assert stopped.carrying == "non_accrual"
    held = tie_out(books, stopped)
    assert (used(held, stopped), held[account_of("memo_claims")]) == (0, 0)


def test_a_performing_loan_may_be_written_off_at_once(late, books):
    event = happen(WriteOff, late)
    (amounts,) = told(books, "loan_written_off")
    assert (amounts["principal"], amounts["interest"]) == (10_000_000, 148_201)
    held = tie_out(books, late)
    assert held["2221.05"] == -10  # what rounding the tax each day left
    pay(late, 50_000)  # by the order of the day, before the write-off
    days_to(date(2026, 3, 18))
    tie_out(books, late)
    pay(late, 10_100_000)
    assert told(books, "recovery_posted")[-1]["written_off_interest"] == 100_000
    pay(late, 50_000, on=DUE_1)
    tie_out(books, late)
    happen(Reversal, late, of=event.id, on=event.on)
    tie_out(books, late)
    days_to(date(2026, 3, 30))
    tie_out(books, late)


def test_what_is_collected_on_a_sold_claim_belongs_to_its_buyer(late, books):
    event = happen(ClaimTransfer, late, to="SPV 1", price=9_500_000)
    (amounts,) = told(books, "claim_sold")
    assert amounts == {"principal": 10_000_000, "interest": 148_201, "price": 9_500_000, "loss": 648_201}
    tie_out(books, late)
    days_to(date(2026, 3, 30))
    pay(late, INSTALMENT)
    held = tie_out(books, late)
    assert held[account_of("sold_collections")] == -INSTALMENT
    assert held["6011.03"] == 0
    happen(Reversal, late, of=event.id, on=event.on)
    tie_out(books, late)


def prepaid(loan, amount):
    data = ReceiptData(
        amount=Fen(amount), value_on=business_date(), channel="transfer", bank_account_id=1, payer_name="张三",
        prepayment_mode="keep_term",
    )  # fmt: skip
    asked = {"loan_no": loan.loan_no, "legal_entity_id": loan.legal_entity_id}
    receipt = receipt_register(actor=CASHIER, data=data, **asked)
    receipt_confirm(actor=FINANCE, receipt_no=receipt.receipt_no)
    loan.refresh_from_db()
    return receipt.receipt_no


def test_a_fee_for_paying_early_is_the_buyers_while_the_claim_is_sold(books):
    loan = make_loan()
    days_to(DUE_1)
    ours = prepaid(loan, 20_000_00)
    assert len(told(books, "payoff_fee_charged")) == 1
    happen(ClaimTransfer, loan, to="SPV 1", price=80_000_00)
    tie_out(books, loan)
    theirs = prepaid(loan, 10_000_00)
    assert len(told(books, "payoff_fee_charged")) == 1
    held = tie_out(books, loan)
    assert held[account_of("sold_collections")] == -10_000_00
    receipt_reverse(actor=FINANCE, receipt_no=ours, reason="登记错误")
    loan.refresh_from_db()
    held = tie_out(books, loan)  # the fee is due no more, and the other payment was split anew
    assert held["6021.04"] == 0
    happen(ClaimTransfer, loan, price=60_000_00)
    tie_out(books, loan)
    receipt_reverse(actor=FINANCE, receipt_no=theirs, reason="登记错误")
    assert tie_out(books, loan)[account_of("sold_collections")] == 0


def test_of_a_loan_that_owes_penalty_alone_nothing_moves(books):
    order = ("principal", "interest", "fee", "penalty", "compound")
    loan = make_loan(rules=replace(RULES, allocation_order=order, allocation_mode="vertical"), periods=1)
    days_to(date(2026, 3, 1))
    pay(loan, 100_750_00)
    assert (loan.principal_balance, loan.state) == (0, "in_force")
    happen(ChargeOff, loan)
    happen(ClaimTransfer, loan, to="SPV 1", price=0)
    assert loan.carrying == "sold"
    assert not Posting.objects.filter(amounts={}).exists()
    tie_out(books, loan)


def test_nothing_is_charged_written_off_or_accrued_anew_on_a_claim_that_was_sold(late, books):
    happen(ClaimTransfer, late, to="SPV 1", price=9_500_000)
    before = late.version
    with pytest.raises(ClaimNotOurs):
        fee_charge(actor=CASHIER, loan_no=late.loan_no, amount=Fen(100_00), code="tow")
    for kind in ("write_off", "accrual_resumption"):
        with pytest.raises(ClaimNotOurs):
            change_request(actor=CASHIER, loan_no=late.loan_no, kind=kind, asked={}, reason="催收无果")
    late.refresh_from_db()
    assert late.version == before


def test_a_history_that_lost_a_row_is_found(stopped):
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM servicing_loancarrying")
        cursor.execute("SET session_replication_role = origin")
    assert checks.carrying_is_its_last_change() == [
        f"{stopped.loan_no}: carried as non_accrual, its history says performing"
    ]


def test_the_history_is_append_only(stopped):
    with pytest.raises(DatabaseError):
        stopped.carryings.all().delete()
