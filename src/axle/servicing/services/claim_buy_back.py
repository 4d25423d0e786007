"""Buying sold claims back: single ones that should not have been sold, or the rest of a pool (回购)."""

from axle.amortization.public import ClaimTransfer
from axle.kernel.money import Fen
from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, next_no, parameter_value
from axle.servicing.errors import PoolStateRefused, PoolTooLargeToCleanUp
from axle.servicing.models import ClaimPool, PoolLoan, PoolLoanState, PoolState
from axle.servicing.parameters import CLEAN_UP_PERCENT
from axle.servicing.selectors.accrual import interest_earned_of
from axle.servicing.services.loan_lock import loan_locked
from axle.servicing.services.loan_restate import loan_restate
from axle.servicing.services.pool_create import pool_locked


def claim_buy_back(*, actor: Actor, pool_no: str, loan_no: str, reason: str) -> PoolLoan:
    """Take one claim back at what its borrower owes of principal and interest. Errors: NotFound, PoolStateRefused."""
    loan = loan_locked(loan_no)
    pool = _sold_pool(pool_no)
    row = PoolLoan.objects.select_for_update().filter(pool=pool, loan=loan, state=PoolLoanState.SOLD).first()
    if row is None:
        raise NotFound(field="loan_no", what="loan")
    today = business_date()
    earned = interest_earned_of([loan.pk], today).get(loan.pk, 0)
    price = Fen(loan.principal_balance + max(earned - loan.interest_paid - loan.interest_waived, 0))
    event = ClaimTransfer(id=next_no("LE", on=today), on=today, price=price)
    loan_restate(actor=actor, loan=loan, event=event, business_on=today)
    row.state, row.bought_back_on, row.buy_back_price = PoolLoanState.BOUGHT_BACK, today, price
    row.reason = reason
    row.save()
    return row


def pool_clean_up(*, actor: Actor, pool_no: str) -> ClaimPool:
    """Take all that is left of a pool back once it is a small part of what was sold (清仓回购).

    Errors: NotFound, PoolStateRefused, PoolTooLargeToCleanUp.
    """
    pool = _sold_pool(pool_no)
    left = list(pool.loans.filter(state=PoolLoanState.SOLD).order_by("pk").select_related("loan"))
    owed, most = sum(row.loan.principal_balance for row in left), parameter_value(CLEAN_UP_PERCENT.code)
    if 100 * owed > most * pool.principal:
        raise PoolTooLargeToCleanUp(percent=most)
    for row in left:
        claim_buy_back(actor=actor, pool_no=pool_no, loan_no=row.loan.loan_no, reason="clean_up")
    return pool


def _sold_pool(pool_no: str) -> ClaimPool:
    pool = pool_locked(pool_no, PoolState.CLOSED)
    if not pool.is_true_sale:
        raise PoolStateRefused(state="pledged")
    return pool
