"""A loan's life: receipts on time, late, too much, reversed; payoff; what the books are told each time.

100,000.00 at 9 % over 12 months: instalment 8,745.15, first interest 750.00.
"""

from datetime import date, timedelta

import pytest

from axle.kernel.money import Fen
from axle.platform.public import business_date, business_date_set
from axle.platform.testing import make_actor
from axle.servicing import checks
from axle.servicing.errors import (
    ConfirmerIsRegistrar,
    LoanNotInForce,
    PayoffAmountWrong,
    PayoffQuoteExpired,
    ReceiptAlreadyEntered,
    ReceiptBeforeDisbursement,
    ReceiptDateInFuture,
    ReceiptStateRefused,
)
from axle.servicing.models import LoanEvent, Posting, Receipt
from axle.servicing.public import loans_paid_up
from axle.servicing.selectors import controls
from axle.servicing.services.fee_charge import fee_charge
from axle.servicing.services.loan_restate import life_of
from axle.servicing.services.payoff_quote_create import payoff_quote_create
from axle.servicing.services.receipt_claim import receipt_match
from axle.servicing.services.receipt_confirm import receipt_confirm, receipt_reverse
from axle.servicing.tests.acts import INSTALMENT, assert_clean, days_to, pay, totals
from axle.servicing.tests.factories import CASHIER, FINANCE, make_loan

pytestmark = pytest.mark.usefixtures("only_servicing_steps")
DUE_1, DUE_2 = date(2026, 2, 15), date(2026, 3, 15)


def tie_out(books, entity_id):
    """The sub-ledger equals what the books were told."""
    told = totals(books)
    principal = told["loan_disbursed.principal"]
    paid = told["receipt_posted.principal"] + told["overpayment_applied.principal"]
    assert controls.principal_outstanding(entity_id) == principal - paid
    interest = told["receipt_posted.interest"] + told["overpayment_applied.interest"]
    accrued = told["interest_accrued.interest"] + told["interest_accrual.interest"]
    assert controls.interest_receivable(entity_id) == accrued - interest
    applied = sum(amount for name, amount in told.items() if name.startswith("overpayment_applied"))
    assert controls.overpayments(entity_id) == told["receipt_posted.unapplied"] - applied
    assert checks.position_is_the_replay() == []
    assert checks.postings_are_what_the_replay_asks() == []


def test_opening_tells_the_disbursement_once(books):
    loan = make_loan()
    assert [(event.kind, dict(event.amounts)) for event in books] == [("loan_disbursed", {"principal": 10_000_000})]
    assert (loan.state, loan.principal_balance, loan.next_unpaid_due_on) == ("in_force", 10_000_000, DUE_1)
    assert loan.instalments.count() == 12


def test_each_day_accrues_and_a_period_adds_up(books):
    loan = make_loan()
    days_to(DUE_1)
    accrued = [event for event in books if event.kind == "interest_accrued"]
    assert sum(event.amounts["interest"] for event in accrued) == 75_000
    assert controls.interest_receivable(loan.legal_entity_id) == 75_000
    tie_out(books, loan.legal_entity_id)


def test_an_instalment_on_time_is_split_and_posted(books):
    loan = make_loan()
    days_to(DUE_1)
    pay(loan, INSTALMENT)
    posted = next(event for event in books if event.kind == "receipt_posted")
    assert dict(posted.amounts) == {"cash": 874_515, "interest": 75_000, "principal": 799_515}
    assert (loan.principal_balance, loan.next_unpaid_due_on) == (9_200_485, DUE_2)
    days_to(DUE_2)
    tie_out(books, loan.legal_entity_id)


def test_a_late_instalment_costs_penalty_from_its_due_date(books):
    loan = make_loan()
    days_to(DUE_1 + timedelta(days=10))
    pay(loan, INSTALMENT + 2_998)
    posted = next(event for event in books if event.kind == "receipt_posted")
    # 7,995.15 × 13.5 % / 360 × 10 days = 29.98
    assert posted.amounts["penalty"] == 2_998
    assert "unapplied" not in posted.amounts
    tie_out(books, loan.legal_entity_id)


def test_within_grace_there_is_no_penalty(books):
    loan = make_loan()
    days_to(DUE_1 + timedelta(days=3))
    pay(loan, INSTALMENT)
    assert "penalty" not in next(event for event in books if event.kind == "receipt_posted").amounts


def test_too_much_waits_and_pays_the_next_instalment_when_it_falls_due(books):
    loan = make_loan()
    days_to(DUE_1)
    pay(loan, 2 * INSTALMENT)
    assert loan.unapplied == INSTALMENT
    tie_out(books, loan.legal_entity_id)
    days_to(DUE_2)
    loan.refresh_from_db()
    applied = next(event for event in books if event.kind == "overpayment_applied")
    assert sum(applied.amounts.values()) == INSTALMENT
    assert applied.value_on == DUE_2
    assert (loan.unapplied, loan.next_unpaid_due_on) == (0, date(2026, 4, 15))
    tie_out(books, loan.legal_entity_id)


def test_a_receipt_entered_late_lands_as_if_on_time(books):
    loan, punctual = make_loan(1), make_loan(2)
    days_to(DUE_1)
    pay(punctual, INSTALMENT)
    days_to(DUE_1 + timedelta(days=20))
    pay(loan, INSTALMENT, on=DUE_1)
    assert life_of(loan).position(business_date()).paid == life_of(punctual).position(business_date()).paid
    assert loan.principal_balance == punctual.principal_balance
    tie_out(books, loan.legal_entity_id)


def test_a_reversal_takes_the_posting_back_and_the_next_receipt_pays_the_older_debt(books):
    loan = make_loan()
    days_to(DUE_1)
    first = pay(loan, INSTALMENT)
    days_to(DUE_2)
    pay(loan, INSTALMENT)
    receipt_reverse(actor=FINANCE, receipt_no=first.receipt_no, reason="退票")
    loan.refresh_from_db()
    assert Receipt.objects.get(pk=first.pk).state == "reversed"
    assert loan.next_unpaid_due_on == DUE_1  # the second receipt paid the older debt first, penalty included
    assert Posting.objects.filter(loan=loan, is_reversed=True).count() == 2
    tie_out(books, loan.legal_entity_id)


def test_payoff_settles_exactly(books):
    loan = make_loan()
    days_to(DUE_1)
    pay(loan, INSTALMENT)
    days_to(DUE_1 + timedelta(days=10))
    quote = payoff_quote_create(actor=CASHIER, loan_no=loan.loan_no, on=business_date())
    # 92,004.85 × 9 % / 360 × 10 = 230.01; 3 % of 92,004.85 = 2,760.15
    assert (quote.items["interest_accrued"], quote.items["prepayment_fee"]) == (23_001, 276_015)
    assert quote.total == 9_200_485 + 23_001 + 276_015
    pay(loan, quote.total, quote=quote.quote_no)
    assert (loan.state, loan.principal_balance, loan.settled_on) == ("settled", 0, business_date())
    told = totals(books)
    assert told["payoff_fee_charged.fee"] == 276_015
    assert controls.interest_receivable(loan.legal_entity_id) == 0
    assert controls.fees_receivable(loan.legal_entity_id) == 0
    days_to(DUE_2)
    assert controls.interest_receivable(loan.legal_entity_id) == 0
    tie_out(books, loan.legal_entity_id)


def test_the_loan_runs_out_by_itself(books):
    loan = make_loan(periods=2)
    for due in (DUE_1, DUE_2):
        days_to(due)
        row = loan.instalments.get(due_on=due)
        pay(loan, row.principal + row.interest)
    assert (loan.state, loan.settled_on) == ("settled", DUE_2)
    tie_out(books, loan.legal_entity_id)


def test_a_fee_is_charged_and_paid_first(books):
    loan = make_loan()
    fee_charge(actor=CASHIER, loan_no=loan.loan_no, amount=Fen(20_000), code="plate_change")
    pay(loan, 20_000)
    assert totals(books)["fee_charged.fee"] == totals(books)["receipt_posted.fee"] == 20_000
    assert controls.fees_receivable(loan.legal_entity_id) == 0


def test_money_from_before_the_loan_began_is_matched_and_taken_back():
    receipt = pay(None, 500_00, on=business_date() - timedelta(days=3))
    loan = make_loan()
    receipt_match(actor=FINANCE, receipt_no=receipt.receipt_no, loan_no=loan.loan_no)
    receipt_reverse(actor=FINANCE, receipt_no=receipt.receipt_no, reason="转错账户")
    loan.refresh_from_db()
    assert (loan.unapplied, controls.suspense(loan.legal_entity_id)) == (0, 0)
    assert_clean()


def test_unmatched_money_waits_in_suspense_until_somebody_says_whose_it_is(books):
    loan = make_loan()
    days_to(DUE_1)
    receipt = pay(None, INSTALMENT)
    assert controls.suspense(loan.legal_entity_id) == INSTALMENT
    receipt_match(actor=FINANCE, receipt_no=receipt.receipt_no, loan_no=loan.loan_no)
    posted = next(event for event in books if event.kind == "receipt_posted")
    assert posted.amounts["from_suspense"] == INSTALMENT
    assert "cash" not in posted.amounts


class TestRefusals:
    def refused(self, error, loan, *arguments, **more):
        before = (LoanEvent.objects.count(), Posting.objects.count(), Receipt.objects.count(), loan.principal_balance)
        with pytest.raises(error):
            pay(loan, *arguments, **more)
        loan.refresh_from_db()
        after = (LoanEvent.objects.count(), Posting.objects.count(), Receipt.objects.count(), loan.principal_balance)
        assert after == before

    def test_dates(self):
        loan = make_loan()
        self.refused(ReceiptDateInFuture, loan, 100, business_date() + timedelta(days=1))
        self.refused(ReceiptBeforeDisbursement, loan, 100, loan.disbursed_on - timedelta(days=1))

    def test_the_same_bank_serial_twice(self):
        loan = make_loan()
        pay(loan, 100, serial="B1")
        self.refused(ReceiptAlreadyEntered, loan, 100, serial="B1")

    def test_the_registrar_may_not_confirm(self):
        loan = make_loan()
        receipt = pay(loan, 100, confirm=False)
        with pytest.raises(ConfirmerIsRegistrar):
            receipt_confirm(actor=CASHIER, receipt_no=receipt.receipt_no)
        assert not Posting.objects.filter(kind="receipt_posted").exists()

    def test_a_receipt_is_confirmed_once(self):
        loan = make_loan()
        receipt = pay(loan, 100)
        with pytest.raises(ReceiptStateRefused):
            receipt_confirm(actor=FINANCE, receipt_no=receipt.receipt_no)
        assert Posting.objects.filter(kind="receipt_posted").count() == 1

    def test_quotes_expire_with_time_and_with_change(self):
        loan = make_loan()
        quote = payoff_quote_create(actor=CASHIER, loan_no=loan.loan_no, on=business_date())
        self.refused(PayoffAmountWrong, loan, quote.total - 1, quote=quote.quote_no)
        business_date_set(business_date() + timedelta(days=3))
        self.refused(PayoffQuoteExpired, loan, quote.total, quote.on, quote=quote.quote_no)
        fresh = payoff_quote_create(actor=CASHIER, loan_no=loan.loan_no, on=business_date())
        pay(loan, 100)
        self.refused(PayoffQuoteExpired, loan, fresh.total, quote=fresh.quote_no)

    def test_a_settled_loan_takes_nothing(self):
        loan = make_loan()
        quote = payoff_quote_create(actor=CASHIER, loan_no=loan.loan_no, on=business_date())
        pay(loan, quote.total, quote=quote.quote_no)
        self.refused(LoanNotInForce, loan, 100)


def test_a_loan_whose_instalment_is_due_today_is_not_paid_up(loan):
    manager = make_actor("servicing.loan.view")
    for on, found in ((DUE_2 - timedelta(days=1), [loan.loan_no]), (DUE_2, [])):
        business_date_set(on)
        assert loans_paid_up(manager, 9) == found
