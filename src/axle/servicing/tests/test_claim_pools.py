"""Claims sold as a pool: chosen, frozen, decided on, sold, collected for the buyer, bought back.

100,000.00 at 9 % over 12 months from 15 January, the first instalment paid; on 1 March 92,004.85 are
owed, and 16 days of interest: 368.02.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from axle.kernel.money import Fen
from axle.payments.events import PayoutFailed, PayoutSucceeded
from axle.payments.ports import bank_gateway_install
from axle.payments.public import bank_account_create, payouts_of
from axle.platform.errors import MakerMayNotCheck, NotFound
from axle.platform.public import Subject, business_date
from axle.platform.testing import make_actor
from axle.servicing.errors import (
    PoolDateRefused,
    PoolEmpty,
    PoolMoneyTooMuch,
    PoolStateRefused,
    PoolTooLargeToCleanUp,
)
from axle.servicing.handlers import on_payout_failed, on_payout_succeeded
from axle.servicing.models import ClaimPool, Loan, LoanEvent, PoolLoan, PoolMoney
from axle.servicing.selectors import controls
from axle.servicing.selectors.pool_books import (
    collections_to_remit,
    pledge_price_open,
    pool_books,
    prices_received,
    sale_price_open,
)
from axle.servicing.services.claim_buy_back import claim_buy_back, pool_clean_up
from axle.servicing.services.pool_close import pool_carry_out, pool_close
from axle.servicing.services.pool_create import PoolCriteria, PoolDeal, pool_create, pool_loan_remove
from axle.servicing.services.pool_money import pool_money_confirm, pool_money_register
from axle.servicing.services.pool_review import pool_approve, pool_reject, pool_withdraw
from axle.servicing.tests.acts import INSTALMENT, assert_clean, days_to, pay, totals
from axle.servicing.tests.factories import FINANCE, make_loan

pytestmark = pytest.mark.usefixtures("only_servicing_steps", "account")
SELLER, CHECKER = make_actor(name="会计", user_id=41), make_actor(name="财务经理", user_id=42)
PRINCIPAL, INTEREST = 9_200_485, 36_802
PRICE = 9_053_277
"""98 % of the principal, half up, and the interest."""


@pytest.fixture
def account(loan: Loan) -> int:
    """The account that the price comes to and buyers are paid from."""
    bank_gateway_install("silent", None)
    return bank_account_create(
        actor=FINANCE, legal_entity_id=loan.legal_entity_id, name="基本户", bank_name="工商银行",
        account_no="100100001234", channel="silent", ledger_account_code="1002",
    ).id  # fmt: skip


def pooled(loan, *, closes_on=None, rate="0.98", is_true_sale=True, **criteria) -> ClaimPool:
    deal = PoolDeal(
        name="一号资产包", buyer_name="远航资产", buyer_bank="工商银行", buyer_account="6222020000001",
        closes_on=closes_on or business_date(), price_rate=Decimal(rate), is_true_sale=is_true_sale,
    )  # fmt: skip
    return pool_create(actor=SELLER, legal_entity_id=loan.legal_entity_id, deal=deal, criteria=PoolCriteria(**criteria))


def sold(loan, pool=None, **more) -> ClaimPool:
    pool = pool or pooled(loan, **more)
    pool_approve(actor=CHECKER, pool_no=pool.pool_no, opinion="同意")
    pool_close(pool_no=pool.pool_no)
    pool_carry_out(pool.pool_no)
    pool.refresh_from_db()
    loan.refresh_from_db()
    return pool


def money(pool, kind, amount) -> PoolMoney:
    return pool_money_register(actor=SELLER, pool_no=pool.pool_no, kind=kind, amount=Fen(amount))


def confirmed(pool, kind, amount) -> PoolMoney:
    return pool_money_confirm(actor=CHECKER, money_no=money(pool, kind, amount).money_no)


def answered(entered: PoolMoney, *, is_paid: bool = True) -> None:
    order = payouts_of(Subject("pool_money", entered.pk))[-1]
    common = (order.order_no, order.request_no, order.ref)
    if is_paid:
        on_payout_succeeded(PayoutSucceeded(*common, order.amount, business_date(), "B1", order.bank_account_id))
    else:
        on_payout_failed(PayoutFailed(*common, "closed", "账户已销户"))
    entered.refresh_from_db()


def refused(error, act):
    tables = (ClaimPool, PoolLoan, PoolMoney, Loan, LoanEvent)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    with pytest.raises(error) as caught, transaction.atomic():
        act()
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before
    return caught.value.params


class TestSelection:
    def test_what_fits_is_frozen_with_what_is_owed(self, loan):
        late = make_loan(2)
        fresh = make_loan(3, business_on=business_date(), start_on=business_date(), principal=Fen(500_00))
        pool = pooled(loan)
        assert set(pool.loans.values_list("loan_id", flat=True)) == {loan.pk, fresh.pk}
        assert late.pk not in set(pool.loans.values_list("loan_id", flat=True))
        row = pool.loans.get(loan=loan)
        assert (row.principal, row.interest, row.price) == (PRINCIPAL, INTEREST, PRICE)
        assert (pool.loans_count, pool.principal, pool.price) == (2, PRINCIPAL + 500_00, PRICE + 490_00)
        smaller = pool_loan_remove(pool_no=pool.pool_no, loan_no=fresh.loan_no, reason="金额过小")
        assert (smaller.loans_count, smaller.principal) == (1, PRINCIPAL)

    @pytest.mark.parametrize(
        "criteria",
        [
            {"product_code": "used_car"},
            {"least_months_left": 12},
            {"most_months_left": 6},
            {"least_balance": PRINCIPAL + 1},
            {"most_balance": PRINCIPAL - 1},
            {"most_principal": PRINCIPAL - 1},
        ],
    )
    def test_what_does_not_fit_stays(self, loan, criteria):
        refused(PoolEmpty, lambda: pooled(loan, **criteria))

    def test_a_loan_is_in_one_pool_at_a_time(self, loan):
        pool = pooled(loan)
        refused(PoolEmpty, lambda: pooled(loan))
        pool_withdraw(pool_no=pool.pool_no)
        again = pooled(loan)
        pool_reject(actor=CHECKER, pool_no=again.pool_no, opinion="价格过低")
        assert pooled(loan).loans_count == 1

    def test_refusals(self, loan):
        refused(PoolDateRefused, lambda: pooled(loan, closes_on=date(2026, 2, 28)))
        pool = pooled(loan, closes_on=date(2026, 3, 5))
        refused(MakerMayNotCheck, lambda: pool_approve(actor=SELLER, pool_no=pool.pool_no))
        refused(PoolStateRefused, lambda: pool_close(pool_no=pool.pool_no))
        pool_approve(actor=CHECKER, pool_no=pool.pool_no)
        refused(PoolDateRefused, lambda: pool_close(pool_no=pool.pool_no))
        refused(PoolStateRefused, lambda: money(pool, "price_received", 1))


class TestTrueSale:
    def test_the_claims_leave_the_books_at_their_price(self, loan, books):
        pool = sold(loan)
        row = pool.loans.get()
        assert (pool.state, row.state, row.sold_on, loan.carrying) == ("closed", "sold", business_date(), "sold")
        told = totals(books)
        assert (told["claim_sold.principal"], told["claim_sold.interest"]) == (PRINCIPAL, INTEREST)
        assert (told["claim_sold.price"], told["claim_sold.loss"]) == (PRICE, PRINCIPAL + INTEREST - PRICE)
        entity = loan.legal_entity_id
        assert (controls.principal_outstanding(entity), controls.interest_receivable(entity)) == (0, 0)
        assert sale_price_open(entity) == pool_books(pool).price_open == PRICE
        assert row.notified_at is not None
        assert_clean()

    def test_what_was_paid_since_the_cut_off_is_the_buyers(self, loan):
        pool = pooled(loan, closes_on=date(2026, 3, 16))
        days_to(date(2026, 3, 15))
        pay(loan, INSTALMENT)
        days_to(date(2026, 3, 16))
        sold(loan, pool)
        # the instalment of 15 March: 690.04 interest and 8,055.11 principal
        assert pool.loans.get().price == PRICE - INSTALMENT
        assert_clean()

    def test_a_loan_that_was_settled_meanwhile_is_left_out(self, loan):
        pool = pooled(loan, closes_on=date(2026, 3, 2))
        Loan.objects.filter(pk=loan.pk).update(carrying="non_accrual")
        days_to(date(2026, 3, 2))
        pool_approve(actor=CHECKER, pool_no=pool.pool_no)
        pool_close(pool_no=pool.pool_no)
        pool_carry_out(pool.pool_no)
        pool.refresh_from_db()
        row = pool.loans.get()
        assert (pool.state, pool.loans_count, row.state) == ("closed", 0, "removed")
        assert row.reason == "in_force/non_accrual"

    def test_many_are_sold_with_as_few_questions_as_one(self, loan):
        costs = []
        for contracts in (range(2, 3), range(3, 4), range(4, 9)):  # the first fills what is kept in memory
            for number in contracts:
                make_loan(number, business_on=business_date(), start_on=business_date())
            pool = pooled(loan, least_months_left=12)
            pool_approve(actor=CHECKER, pool_no=pool.pool_no)
            pool_close(pool_no=pool.pool_no)
            with CaptureQueriesContext(connection) as asked:
                pool_carry_out(pool.pool_no)
            costs.append(len(asked))
            assert set(pool.loans.values_list("state", flat=True)) == {"sold"}
            assert pool.loans.count() == len(contracts)
        assert costs[1] == costs[2] < 50
        pool.refresh_from_db()
        ClaimPool.objects.filter(pk=pool.pk).update(principal=10 * pool.principal)
        with CaptureQueriesContext(connection) as asked:
            pool_clean_up(actor=SELLER, pool_no=pool.pool_no)
        assert len(asked) < 40
        assert set(pool.loans.values_list("state", flat=True)) == {"bought_back"}
        ClaimPool.objects.filter(pk=pool.pk).update(principal=pool.principal)
        assert_clean()

    def test_the_sale_goes_on_where_it_stopped(self, loan):
        pool = sold(loan)
        before = LoanEvent.objects.count()
        pool_carry_out(pool.pool_no)
        ClaimPool.objects.filter(pk=pool.pk).update(state="closing")
        pool_carry_out(pool.pool_no)
        assert LoanEvent.objects.count() == before
        assert ClaimPool.objects.get().state == "closed"

    def test_the_price_comes_and_collections_go(self, loan, books, account):
        pool, entity = sold(loan), loan.legal_entity_id
        assert refused(PoolMoneyTooMuch, lambda: money(pool, "price_received", PRICE + 1)) == {"most": "90532.77"}
        entered = money(pool, "price_received", PRICE)
        refused(MakerMayNotCheck, lambda: pool_money_confirm(actor=SELLER, money_no=entered.money_no))
        pool_money_confirm(actor=CHECKER, money_no=entered.money_no)
        assert (sale_price_open(entity), prices_received(entity)) == (0, {account: PRICE})
        days_to(date(2026, 3, 15))
        pay(loan, INSTALMENT)
        assert totals(books)["sold_receipt_posted.principal"] == 805_511
        assert pool_books(pool).to_remit == collections_to_remit(entity) == INSTALMENT
        refused(PoolMoneyTooMuch, lambda: money(pool, "collections_remitted", INSTALMENT + 1))
        first = confirmed(pool, "collections_remitted", INSTALMENT)
        assert (first.state, pool_books(pool).to_remit) == ("paying", 0)
        answered(first, is_paid=False)
        assert (first.state, pool_books(pool).to_remit) == ("failed", INSTALMENT)
        second = confirmed(pool, "collections_remitted", INSTALMENT)
        answered(second)
        assert (second.state, collections_to_remit(entity)) == ("paid", 0)
        assert totals(books)["sold_collections_remitted.sold"] == INSTALMENT
        assert_clean()

    def test_a_claim_comes_back_at_what_is_owed(self, loan, books):
        pool, entity = sold(loan), loan.legal_entity_id
        refused(NotFound, lambda: claim_buy_back(actor=SELLER, pool_no=pool.pool_no, loan_no="LN0", reason="不合格"))
        row = claim_buy_back(actor=SELLER, pool_no=pool.pool_no, loan_no=loan.loan_no, reason="不合格资产")
        loan.refresh_from_db()
        assert (row.state, row.buy_back_price, loan.carrying) == ("bought_back", PRINCIPAL + INTEREST, "performing")
        assert (controls.principal_outstanding(entity), controls.interest_receivable(entity)) == (PRINCIPAL, INTEREST)
        assert totals(books)["claim_bought_back.price"] == PRINCIPAL + INTEREST
        assert sale_price_open(entity) == PRICE - PRINCIPAL - INTEREST
        paid = confirmed(pool, "buy_back_paid", PRINCIPAL + INTEREST)
        answered(paid)
        assert sale_price_open(entity) == PRICE
        assert pooled(loan).loans_count == 1
        assert_clean()

    def test_the_rest_comes_back_once_it_is_small(self, loan):
        pool = sold(loan)
        refused(PoolTooLargeToCleanUp, lambda: pool_clean_up(actor=SELLER, pool_no=pool.pool_no))
        ClaimPool.objects.filter(pk=pool.pk).update(principal=10 * PRINCIPAL)
        pool_clean_up(actor=SELLER, pool_no=pool.pool_no)
        assert pool.loans.get().state == "bought_back"

    def test_what_each_buyer_collected_is_told_apart(self, loan):
        first = sold(loan)
        days_to(date(2026, 3, 15))
        pay(loan, INSTALMENT)
        claim_buy_back(actor=SELLER, pool_no=first.pool_no, loan_no=loan.loan_no, reason="不合格资产")
        days_to(date(2026, 3, 16))
        second = sold(loan)
        days_to(date(2026, 4, 15))
        pay(loan, INSTALMENT)
        assert [pool_books(pool).to_remit for pool in (first, second)] == [INSTALMENT, INSTALMENT]
        assert collections_to_remit(loan.legal_entity_id) == 2 * INSTALMENT
        assert_clean()


class TestNoTrueSale:
    def test_the_loans_stay_and_the_price_is_a_debt(self, loan, books):
        pool, entity = sold(loan, is_true_sale=False), loan.legal_entity_id
        assert (pool.loans.get().state, loan.carrying) == ("pledged", "performing")
        assert totals(books)["pool_pledged.price"] == PRICE
        assert controls.principal_outstanding(entity) == PRINCIPAL
        assert pledge_price_open(entity) == PRICE
        confirmed(pool, "price_received", PRICE)
        assert pledge_price_open(entity) == sale_price_open(entity) == 0
        assert totals(books)["sale_price_received.debt"] == PRICE
        repaid = confirmed(pool, "collections_remitted", 1_000_00)
        answered(repaid)
        assert (totals(books)["sold_collections_remitted.debt"], collections_to_remit(entity)) == (1_000_00, 0)
        refused(PoolStateRefused, lambda: pool_clean_up(actor=SELLER, pool_no=pool.pool_no))
        assert_clean()
