"""Repaying a part early: with the term kept or the instalment kept, its fee, its way into the books and back.

100,000.00 at 9 % over 12 months; one instalment is paid, 92,004.85 is owed. On 1 March 30,000.00 comes in: 16 days of
interest, 368.02, then principal with a fee of 3 %.
"""

import pytest

from axle.kernel.money import Fen
from axle.servicing.errors import PrepaymentNotPossible, PrepaymentSettles, PrepaymentTooSmall
from axle.servicing.models import Instalment, Receipt
from axle.servicing.services.prepayment_effect import prepayment_effect
from axle.servicing.services.receipt_confirm import receipt_confirm, receipt_reverse
from axle.servicing.services.receipt_register import ReceiptData, receipt_register
from axle.servicing.tests.acts import INSTALMENT, accrues_as_it_replays, assert_clean, days_to, stored, totals
from axle.servicing.tests.factories import CASHIER, FINANCE
from axle.servicing.tests.factories import PAID_UP_ON as TODAY

pytestmark = pytest.mark.usefixtures("only_servicing_steps")
MONEY = Fen(30_000_00)
PRINCIPAL, INTEREST = 28_768_91, 368_02
FEE = MONEY - PRINCIPAL - INTEREST


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
