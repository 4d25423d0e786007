"""Buying sold claims back: single ones that should not have been sold, or the rest of a pool (回购)."""

from django.db.models import QuerySet, Sum

from axle.amortization.public import ClaimTransfer
from axle.kernel.money import Fen
from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, next_nos, parameter_value, rows_update, track
from axle.servicing.errors import PoolStateRefused, PoolTooLargeToCleanUp
from axle.servicing.models import ClaimPool, PoolLoan, PoolLoanState, PoolState
from axle.servicing.parameters import CLEAN_UP_PERCENT
from axle.servicing.selectors.accrual import interest_earned_of
from axle.servicing.services.loan_lock import loans_locked
from axle.servicing.services.loan_restate import loans_restate
from axle.servicing.services.pool_create import pool_locked

_BATCH = 200


def claim_buy_back(*, actor: Actor, pool_no: str, loan_no: str, reason: str) -> PoolLoan:
    """Take one claim back at what its borrower owes of principal and interest. Errors: NotFound, PoolStateRefused."""
    pool = _sold_pool(pool_no)
    rows = pool.loans.filter(loan__loan_no=loan_no, state=PoolLoanState.SOLD)
    if not rows:
        raise NotFound(field="loan_no", what="loan")
    (row,) = _buy_back(actor, rows, reason)
    return row


def pool_clean_up(*, actor: Actor, pool_no: str) -> ClaimPool:
    """Take all that is left of a pool back once it is a small part of what was sold (清仓回购).

    Errors: NotFound, PoolStateRefused, PoolTooLargeToCleanUp.
    """
    pool = _sold_pool(pool_no)
    left = pool.loans.filter(state=PoolLoanState.SOLD)
    owed = left.aggregate(owed=Sum("loan__principal_balance"))["owed"] or 0
    most = parameter_value(CLEAN_UP_PERCENT.code)
    if 100 * owed > most * pool.principal:
        raise PoolTooLargeToCleanUp(percent=most)
    while batch := left.order_by("loan")[:_BATCH]:
        _buy_back(actor, batch, "clean_up")
    return pool


def _buy_back(actor: Actor, sold: QuerySet[PoolLoan], reason: str) -> list[PoolLoan]:
    """Take some claims of a locked pool back, in as few statements as one."""
    today, rows = business_date(), [track(row) for row in sold]
    loans = loans_locked([row.loan_id for row in rows])
    earned = interest_earned_of(list(loans), today)
    event_nos, events = next_nos("LE", on=today, count=len(rows)), []
    for row, number in zip(rows, event_nos, strict=True):
        loan = loans[row.loan_id]
        interest = max(earned.get(loan.pk, 0) - loan.interest_paid - loan.interest_waived, 0)
        row.buy_back_price = Fen(loan.principal_balance + interest)
        row.state, row.bought_back_on, row.reason = PoolLoanState.BOUGHT_BACK, today, reason
        events.append((loan, ClaimTransfer(id=number, on=today, price=Fen(row.buy_back_price))))
    for error in loans_restate(actor=actor, events=events, business_on=today).values():
        raise error
    rows_update(rows, ("state", "bought_back_on", "buy_back_price", "reason"))
    return rows


def _sold_pool(pool_no: str) -> ClaimPool:
    pool = pool_locked(pool_no, PoolState.CLOSED)
    if not pool.is_true_sale:
        raise PoolStateRefused(state="pledged")
    return pool
