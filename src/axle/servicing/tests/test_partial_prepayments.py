"""Repaying a part early: with the term kept or the instalment kept, its fee, its way into the books and back.

100,000.00 at 9 % over 12 months; one instalment is paid, 92,004.85 is owed. On 1 March 30,000.00 comes in: 16 days of
interest, 368.02, then principal with a fee of 3 %.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from axle.amortization.public import rules_to_json
from axle.kernel.money import Fen, yuan
from axle.platform.public import customer_actor
from axle.platform.testing import ApiClient, client_for, make_user
from axle.servicing.errors import (
    PayoffDateRefused,
    PrepaymentAsked,
    PrepaymentNotPossible,
    PrepaymentRequestClosed,
    PrepaymentSettles,
    PrepaymentTooSmall,
)
from axle.servicing.models import Instalment, Loan, PrepaymentRequest, Receipt
from axle.servicing.services.prepayment_effect import prepayment_effect
from axle.servicing.services.prepayment_request import prepayment_decline, prepayment_request, prepayment_withdraw
from axle.servicing.services.receipt_confirm import receipt_confirm, receipt_reverse
from axle.servicing.services.receipt_register import ReceiptData, receipt_register
from axle.servicing.tests.acts import INSTALMENT, accrues_as_it_replays, assert_clean, days_to, stored, totals
from axle.servicing.tests.factories import CASHIER, FINANCE, RULES, make_loan
from axle.servicing.tests.factories import PAID_UP_ON as TODAY

pytestmark = pytest.mark.usefixtures("only_servicing_steps")
MONEY = Fen(30_000_00)
PRINCIPAL, INTEREST = 28_768_91, 368_02
FEE = MONEY - PRINCIPAL - INTEREST


BORROWER = customer_actor(customer_id=1, name="本人", permissions=["servicing.prepayment.ask"], ip="10.0.0.9")


def phone_of(customer_id) -> ApiClient:
    """A borrower who is signed in on the phone."""
    client = client_for()
    session = client.raw.session
    permissions = ["servicing.loan.view", "servicing.prepayment.ask"]
    session["customer"] = {"customer_id": customer_id, "name": "本人", "permissions": permissions}
    session.save()
    return client


def register(loan, amount=MONEY, mode="keep_term", quote=None):
    data = ReceiptData(
        amount=Fen(amount), value_on=TODAY, channel="transfer", bank_account_id=1, payer_name="张三",
        prepayment_mode=mode,
    )  # fmt: skip
    return receipt_register(
        actor=CASHIER, data=data, loan_no=loan and loan.loan_no, legal_entity_id=1, payoff_quote_no=quote
    )


def prepay(loan, mode="keep_term"):
    receipt = register(loan, mode=mode)
    receipt_confirm(actor=FINANCE, receipt_no=receipt.receipt_no)
    loan.refresh_from_db()
    return receipt


def to_come(loan):
    return list(Instalment.objects.filter(loan=loan, settled_on=None).order_by("position"))


def test_where_the_money_goes(loan):
    prepaid = prepayment_effect(loan, amount=MONEY, mode="keep_term", on=TODAY)
    assert (prepaid.dues, prepaid.principal, prepaid.interest, prepaid.fee) == (0, PRINCIPAL, INTEREST, FEE)
    assert round(PRINCIPAL * 0.03) == FEE
    assert loan.principal_balance == 9_200_485


def test_the_term_is_kept(loan, books):
    before = totals(books)
    prepay(loan)
    rows = to_come(loan)
    assert (len(rows), rows[-1].due_on.isoformat()) == (11, "2027-01-15")
    assert loan.principal_balance == 9_200_485 - PRINCIPAL
    assert rows[1].principal + rows[1].interest < INSTALMENT
    told = totals(books)
    told.subtract(before)
    money = {name: amount for name, amount in told.items() if amount and name.startswith(("receipt", "payoff"))}
    assert money == {
        "receipt_posted.cash": MONEY, "receipt_posted.principal": PRINCIPAL, "receipt_posted.interest": INTEREST,
        "receipt_posted.fee": FEE, "payoff_fee_charged.fee": FEE,
    }  # fmt: skip
    accrues_as_it_replays(loan)
    assert_clean()


def test_the_instalment_is_kept(loan):
    prepay(loan, mode="keep_instalment")
    rows = to_come(loan)
    assert (len(rows), rows[-1].due_on.isoformat()) == (8, "2026-10-15")
    assert {row.principal + row.interest for row in rows[1:-1]} == {INSTALMENT}
    accrues_as_it_replays(loan)
    assert_clean()


def test_taken_back_it_leaves_no_trace(loan):
    before = stored(loan)
    receipt = prepay(loan)
    assert stored(loan) != before
    receipt_reverse(actor=FINANCE, receipt_no=receipt.receipt_no, reason="退票")
    assert stored(loan) == before
    assert_clean()


@pytest.mark.parametrize(
    ("amount", "error"),
    [(Fen(300_00), PrepaymentTooSmall), (Fen(120_000_00), PrepaymentSettles)],
    ids=["less than the interest to date", "more than everything"],
)
def test_too_little_and_too_much(loan, amount, error):
    before = stored(loan)
    with pytest.raises(error) as refused:
        register(loan, amount)
    assert refused.value.field == "amount"
    assert (stored(loan), Receipt.objects.filter(amount=amount).count()) == (before, 0)


def test_without_a_loan_or_with_a_payoff_quote(loan):
    count = Receipt.objects.count()
    for given in ({"loan": None}, {"loan": loan, "quote": "PQ1"}):
        with pytest.raises(PrepaymentNotPossible) as refused:
            register(**given)
        assert refused.value.field == "prepayment_mode"
    assert Receipt.objects.count() == count


def test_dues_come_first(loan):
    days_to(TODAY.replace(day=20))
    loan.refresh_from_db()
    prepaid = prepayment_effect(loan, amount=MONEY, mode="keep_term", on=TODAY.replace(day=20))
    assert prepaid.dues == INSTALMENT + prepaid.before.outstanding.penalty
    assert prepaid.dues + prepaid.principal + prepaid.interest + prepaid.fee == MONEY


class TestAsked:
    """The borrower asks on the phone; the money that comes for it is taken as such."""

    def ask(self, loan, amount=MONEY, mode="keep_instalment", pays_on=TODAY):
        return prepayment_request(actor=BORROWER, loan_no=loan.loan_no, amount=amount, mode=mode, pays_on=pays_on)

    def test_the_money_that_comes_is_taken_for_it(self, loan):
        request = self.ask(loan)
        assert request.effect == {"dues": 0, "principal": PRINCIPAL, "interest": INTEREST, "fee": FEE}
        other = register(loan, amount=MONEY - 1, mode="")
        receipt = register(loan, mode="")
        assert (other.prepayment_mode, receipt.prepayment_mode) == ("", "keep_instalment")
        receipt_confirm(actor=FINANCE, receipt_no=receipt.receipt_no)
        request.refresh_from_db()
        assert (request.state, request.receipt) == ("paid", receipt)
        receipt_reverse(actor=FINANCE, receipt_no=receipt.receipt_no, reason="退票")
        request.refresh_from_db()
        assert (request.state, request.receipt) == ("expired", None)
        assert_clean()

    def test_what_nobody_pays_is_over(self, loan):
        request = self.ask(loan)
        assert request.open_until == TODAY + timedelta(days=2)
        days_to(TODAY + timedelta(days=3))
        request.refresh_from_db()
        assert request.state == "expired"
        again = self.ask(loan, pays_on=TODAY + timedelta(days=5))
        declined = prepayment_decline(actor=FINANCE, request_no=again.request_no, opinion="请先还清罚息")
        assert (declined.state, declined.answered_by) == ("declined", "会计")

    def test_refusals(self, loan):
        for error, asked in (
            (PrepaymentTooSmall, {"amount": Fen(300_00)}),
            (PrepaymentSettles, {"amount": Fen(100_000_00)}),
            (PayoffDateRefused, {"pays_on": TODAY - timedelta(days=1)}),
            (PayoffDateRefused, {"pays_on": TODAY + timedelta(days=31)}),
        ):
            with pytest.raises(error), transaction.atomic():
                self.ask(loan, **asked)
        assert not PrepaymentRequest.objects.exists()
        request = self.ask(loan)
        with pytest.raises(PrepaymentAsked), transaction.atomic():
            self.ask(loan)
        prepayment_withdraw(request_no=request.request_no)
        with pytest.raises(PrepaymentRequestClosed), transaction.atomic():
            prepayment_decline(actor=FINANCE, request_no=request.request_no, opinion="不同意")
        # what was possible when it was asked may be so no more when the money comes: it is a receipt as any other
        self.ask(loan)
        rules = replace(RULES, prepayment=replace(RULES.prepayment, principal_min=Fen(90_000_00)))
        Loan.objects.filter(pk=loan.pk).update(rules=rules_to_json(rules))
        assert register(loan, mode="").prepayment_mode == ""

    def test_on_the_phone_each_borrower_asks_for_their_own(self, loan):
        own, other = (phone_of(customer_id) for customer_id in (loan.customer_id, make_loan(2).customer_id))
        asked = {"loan_no": loan.loan_no, "amount": "30000.00", "prepayment_mode": "keep_term", "pays_on": "2026-03-01"}
        status, tried = own.command("own_prepayment_try", asked)
        told = (tried["principal_prepaid"], tried["interest_to_date"], tried["prepayment_fee"])
        assert (status, told) == (200, (yuan(Fen(PRINCIPAL)), yuan(Fen(INTEREST)), yuan(Fen(FEE))))
        assert own.command("own_prepayment_request", asked)[0] == 200
        (request,) = own.get(f"/me/loans/{loan.loan_no}/prepayments")[1]["items"]
        assert request["prepayment_request_state"] == "open"
        assert other.command("own_prepayment_request", asked)[0] == 404
        assert other.get(f"/me/loans/{loan.loan_no}/prepayments")[0] == 404
        assert other.command("own_prepayment_withdraw", {"request_no": request["request_no"]})[0] == 404
        clerk = client_for(make_user("clerk", permissions=["servicing.payoff.quote", "servicing.loan.view"]))
        (row,) = clerk.get("/lists/prepayment_requests")[1]["items"]
        assert (row["loan_no"], row["amount"], row["state"]) == (loan.loan_no, "30000.00", "open")
        for customer_id, found in ((loan.customer_id, 1), (loan.customer_id + 1, 0)):
            assert clerk.get("/lists/prepayment_requests", customer_id=str(customer_id))[1]["total"] == found
        assert own.command("own_prepayment_withdraw", {"request_no": request["request_no"]})[0] == 200
