"""Money paid back to whom it came from, unmatched money divided, and claims taken back."""

from datetime import date

import pytest
from django.db import transaction

from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.payments.events import PayoutFailed, PayoutSucceeded
from axle.payments.ports import bank_gateway_install
from axle.payments.public import bank_account_create, payouts_of
from axle.platform.errors import MakerMayNotCheck
from axle.platform.public import Subject, business_date
from axle.platform.testing import make_actor, make_entity
from axle.servicing.errors import (
    PartsDiffer,
    ReceiptStateRefused,
    RefundAccountMismatch,
    RefundAccountUnknown,
    RefundOpen,
    RefundOverWaiting,
    RefundStands,
    RefundStateRefused,
    RefundWholeReceipt,
)
from axle.servicing.handlers import on_payout_failed, on_payout_succeeded
from axle.servicing.models import Loan, LoanEvent, Receipt, Refund
from axle.servicing.selectors import controls
from axle.servicing.services.receipt_claim import ReceiptPart, receipt_match, receipt_split, receipt_unclaim
from axle.servicing.services.receipt_confirm import receipt_confirm, receipt_reverse
from axle.servicing.services.receipt_register import ReceiptData, receipt_register
from axle.servicing.services.refund_request import refund_request, refund_withdraw
from axle.servicing.services.refund_review import refund_approve, refund_reject
from axle.servicing.tests.acts import INSTALMENT, assert_clean, totals
from axle.servicing.tests.factories import CASHIER, FINANCE, make_loan

pytestmark = pytest.mark.usefixtures("only_servicing_steps", "bank")
ASKER, CHECKER = make_actor(name="出纳", user_id=21), make_actor(name="复核", user_id=22)
ACCOUNT = "6222021234567890123"


@pytest.fixture
def bank() -> None:
    """A paying account; the bank itself is never called here."""
    bank_gateway_install("silent", None)
    bank_account_create(
        actor=FINANCE, legal_entity_id=make_entity().pk, name="基本户", bank_name="工商银行",
        account_no="100100001234", channel="silent", ledger_account_code="1002",
    )  # fmt: skip


def came(loan: Loan | None, amount: int, account: str | None = ACCOUNT) -> Receipt:
    data = ReceiptData(
        amount=Fen(amount), value_on=business_date(), channel="transfer", bank_account_id=1, payer_name="张三",
        payer_account=account, bank_serial=f"S{Receipt.objects.count()}",
    )  # fmt: skip
    receipt = receipt_register(
        actor=CASHIER, data=data, loan_no=loan.loan_no if loan else None, legal_entity_id=make_entity().pk
    )
    receipt_confirm(actor=FINANCE, receipt_no=receipt.receipt_no)
    receipt.refresh_from_db()
    return receipt


def ask(receipt: Receipt, amount: int) -> Refund:
    return refund_request(
        actor=ASKER, receipt_no=receipt.receipt_no, amount=Fen(amount), payee_bank="工商银行", reason="客户多还"
    )


def approved(receipt: Receipt, amount: int) -> Refund:
    refund = ask(receipt, amount)
    return refund_approve(actor=CHECKER, refund_no=refund.refund_no, account_tail="0123", opinion="同意")


def answered(refund: Refund, *, is_paid: bool) -> None:
    order = payouts_of(Subject("refund", refund.pk))[-1]
    common = (order.order_no, order.request_no, order.ref)
    if is_paid:
        on_payout_succeeded(PayoutSucceeded(*common, order.amount, date(2026, 3, 2), "B1", order.bank_account_id))
    else:
        on_payout_failed(PayoutFailed(*common, "account_closed", "账户已销户"))
    refund.refresh_from_db()


def seen() -> tuple[object, ...]:
    tables = (Loan, LoanEvent, Receipt, Refund)
    return tuple(list(table.objects.order_by("pk").values()) for table in tables)


def refused(error: type[Exception], act) -> dict[str, object]:
    before = seen()
    with pytest.raises(error) as caught, transaction.atomic():
        act()
    assert seen() == before
    return getattr(caught.value, "params", {})


class TestOverpayment:
    def test_what_waits_is_owed_to_the_payer_until_the_bank_has_paid(self, loan: Loan, books: list[MoneyEvent]):
        receipt = came(loan, 500_00)
        refund = approved(receipt, 300_00)
        loan.refresh_from_db()
        entity = loan.legal_entity_id
        assert (refund.state, refund.payee_account, refund.payee_bank) == ("paying", ACCOUNT, "工商银行")
        assert (loan.unapplied, controls.overpayments(entity), controls.refunds_owed(entity)) == (
            200_00,
            200_00,
            300_00,
        )
        assert totals(books)["refund_ordered.overpayment"] == 300_00
        answered(refund, is_paid=True)
        assert (refund.state, refund.value_on, refund.bank_serial) == ("paid", date(2026, 3, 2), "B1")
        assert controls.refunds_owed(entity) == 0
        assert totals(books)["refund_paid.cash"] == 300_00
        paid = next(event for event in books if event.kind == "refund_paid")
        assert (paid.value_on, paid.dimensions["loan_no"]) == (date(2026, 3, 2), loan.loan_no)
        assert_clean()

    def test_a_failed_payment_leaves_the_money_where_it_was(self, loan: Loan, books: list[MoneyEvent]):
        receipt = came(loan, 500_00)
        refund = approved(receipt, 300_00)
        answered(refund, is_paid=False)
        loan.refresh_from_db()
        assert (refund.state, refund.failure_message, loan.unapplied) == ("failed", "账户已销户", 500_00)
        assert totals(books)["refund_ordered.overpayment"] == 0
        assert approved(receipt, 500_00).state == "paying"
        assert_clean()

    def test_not_more_than_waits_or_than_this_payer_paid(self, loan: Loan):
        first, second = came(loan, 100_00), came(loan, 500_00)
        assert refused(RefundOverWaiting, lambda: ask(second, 500_01)) == {"most": "500.00"}
        assert refused(RefundOverWaiting, lambda: ask(first, 100_01)) == {"most": "100.00"}
        answered(approved(first, 60_00), is_paid=True)
        assert refused(RefundOverWaiting, lambda: ask(first, 41_00)) == {"most": "40.00"}

    def test_what_has_gone_elsewhere_since_is_not_paid_back(self, loan: Loan):
        first, second = came(loan, 500_00), came(loan, 100_00)
        refund = ask(first, 300_00)
        receipt_reverse(actor=FINANCE, receipt_no=first.receipt_no, reason="退票")
        assert refused(
            ReceiptStateRefused,
            lambda: refund_approve(actor=CHECKER, refund_no=refund.refund_no, account_tail="0123"),
        ) == {"state": "reversed"}
        assert second.state == "confirmed"

    def test_a_receipt_that_was_paid_back_does_not_leave(self, loan: Loan):
        receipt = came(loan, 500_00)
        approved(receipt, 300_00)
        assert refused(
            RefundStands, lambda: receipt_reverse(actor=FINANCE, receipt_no=receipt.receipt_no, reason="退票")
        ) == {"amount": "300.00"}

    def test_refusals_of_people_and_accounts(self, loan: Loan):
        receipt = came(loan, 500_00)
        refund = ask(receipt, 300_00)
        number = refund.refund_no
        refused(RefundOpen, lambda: ask(receipt, 10_00))
        refused(MakerMayNotCheck, lambda: refund_approve(actor=ASKER, refund_no=number, account_tail="0123"))
        refused(MakerMayNotCheck, lambda: refund_reject(actor=ASKER, refund_no=number, opinion="不同意"))
        refused(RefundAccountMismatch, lambda: refund_approve(actor=CHECKER, refund_no=number, account_tail="0124"))
        assert refund_reject(actor=CHECKER, refund_no=number, opinion="材料不齐").state == "rejected"
        refused(RefundStateRefused, lambda: refund_withdraw(refund_no=number))
        assert refund_withdraw(refund_no=ask(receipt, 5_00).refund_no).state == "withdrawn"

    def test_without_the_payers_account_there_is_no_way_back(self, loan: Loan):
        receipt = came(loan, 500_00, account=None)
        refused(RefundAccountUnknown, lambda: ask(receipt, 1_00))


class TestSuspense:
    def test_unmatched_money_goes_back_whole(self, books: list[MoneyEvent]):
        receipt, entity = came(None, 880_00), make_entity().pk
        assert refused(RefundWholeReceipt, lambda: ask(receipt, 100_00)) == {"amount": "880.00"}
        refund = approved(receipt, 880_00)
        receipt.refresh_from_db()
        assert (receipt.state, controls.suspense(entity), controls.refunds_owed(entity)) == ("refunded", 0, 880_00)
        assert controls.cash_received(entity) == {1: 880_00}
        answered(refund, is_paid=False)
        receipt.refresh_from_db()
        assert (receipt.state, controls.suspense(entity)) == ("confirmed", 880_00)
        answered(approved(receipt, 880_00), is_paid=True)
        assert totals(books)["refund_ordered.suspense"] == totals(books)["refund_paid.cash"] == 880_00

    def test_one_transfer_pays_several_loans(self, loan: Loan, books: list[MoneyEvent]):
        other = make_loan(2, business_on=business_date(), start_on=business_date())
        receipt, entity = came(None, 3_000_00), loan.legal_entity_id
        parts = [ReceiptPart(Fen(1_000_00), loan.loan_no), ReceiptPart(Fen(1_500_00), other.loan_no)]
        cash = controls.cash_received(entity)
        short = [*parts, ReceiptPart(Fen(499_99))]
        refused(PartsDiffer, lambda: receipt_split(actor=FINANCE, receipt_no=receipt.receipt_no, parts=short))
        made = receipt_split(actor=FINANCE, receipt_no=receipt.receipt_no, parts=[*parts, ReceiptPart(Fen(500_00))])
        receipt.refresh_from_db()
        assert (receipt.state, [part.part_of_id for part in made]) == ("split", [receipt.pk] * 3)
        assert [part.bank_serial for part in made] == [receipt.bank_serial] * 3
        assert (controls.suspense(entity), controls.cash_received(entity)) == (500_00, cash)
        assert [Loan.objects.get(pk=row.pk).unapplied for row in (loan, other)] == [1_000_00, 1_500_00]
        assert totals(books)["receipt_posted.from_suspense"] == 2_500_00
        receipt_reverse(actor=FINANCE, receipt_no=made[0].receipt_no, reason="退票")
        assert totals(books)["receipt_suspended.cash"] == 2_000_00
        assert controls.cash_received(entity)[1] == cash[1] - 1_000_00
        assert_clean()

    def test_a_wrong_claim_is_taken_back(self, loan: Loan, books: list[MoneyEvent]):
        receipt, entity = came(None, INSTALMENT), loan.legal_entity_id
        refused(
            ReceiptStateRefused, lambda: receipt_unclaim(actor=FINANCE, receipt_no=receipt.receipt_no, reason="认错")
        )
        receipt_match(actor=FINANCE, receipt_no=receipt.receipt_no, loan_no=loan.loan_no)
        assert controls.suspense(entity) == 0
        again = receipt_unclaim(actor=FINANCE, receipt_no=receipt.receipt_no, reason="认错客户")
        receipt.refresh_from_db()
        loan.refresh_from_db()
        assert (receipt.state, again.state, again.loan, again.part_of) == ("unclaimed", "confirmed", None, receipt)
        assert (loan.unapplied, controls.suspense(entity)) == (0, INSTALMENT)
        receipt_match(actor=FINANCE, receipt_no=again.receipt_no, loan_no=loan.loan_no)
        loan.refresh_from_db()
        assert (loan.unapplied, totals(books)["receipt_posted.from_suspense"]) == (INSTALMENT, INSTALMENT)
        assert_clean()
