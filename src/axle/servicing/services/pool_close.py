"""Carrying out the sale of a pool: each claim in a transaction of its own, so that business goes on meanwhile.

The price of a claim is that of the cut-off less what its borrower has paid since, which belongs to the buyer.
"""

from datetime import date

from django.utils import timezone

from axle.amortization.public import ClaimTransfer
from axle.kernel.errors import AxleError
from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.messaging.public import sms_send
from axle.party.public import customer_contact
from axle.platform.public import Actor, Subject, acting, attempt, business_date, next_no, publish, system_actor
from axle.servicing.errors import PoolDateRefused
from axle.servicing.models import Carrying, ClaimPool, Loan, LoanState, PoolLoan, PoolLoanState, PoolState
from axle.servicing.services.loan_lock import loan_locked
from axle.servicing.services.loan_restate import loan_restate
from axle.servicing.services.pool_create import pool_locked, pool_sum

NOTICE = "claim_transfer_notice"


def pool_close(*, pool_no: str) -> ClaimPool:
    """Begin to carry the sale out; a job goes on with it. Errors: NotFound, PoolStateRefused, PoolDateRefused."""
    pool = pool_locked(pool_no, PoolState.APPROVED)
    if business_date() < pool.closes_on:
        raise PoolDateRefused(field="closes_on")
    pool.state = PoolState.CLOSING
    pool.save()
    return pool


def pool_carry_out(pool_no: str) -> None:
    """Sell every claim that is still selected, then close the pool; run again, it goes on where it stopped."""
    actor = system_actor("claim_sale")
    pool = ClaimPool.objects.get(pool_no=pool_no)
    if pool.state != PoolState.CLOSING:
        return
    selected = pool.loans.filter(state=PoolLoanState.SELECTED).order_by("pk")
    for key, loan_no in selected.values_list("pk", "loan__loan_no"):
        with acting(actor, "pool_close"):
            _sell(actor, pool, key, loan_no)
    with acting(actor, "pool_close"):
        _finish(pool_no)


def _sell(actor: Actor, pool: ClaimPool, key: int, loan_no: str) -> None:
    today, loan = business_date(), loan_locked(loan_no)
    row = PoolLoan.objects.select_for_update().get(pk=key)
    if row.state != PoolLoanState.SELECTED:
        return
    if loan.state != LoanState.IN_FORCE or loan.carrying != Carrying.PERFORMING:
        row.state, row.reason = PoolLoanState.REMOVED, f"{loan.state}/{loan.carrying}"
        row.save()
        return
    paid_since = row.principal - loan.principal_balance + loan.interest_paid - row.interest_paid
    row.price = Fen(max(row.price - paid_since, 0))
    row.sold_on = today
    row.state = PoolLoanState.SOLD if pool.is_true_sale else PoolLoanState.PLEDGED
    try:
        with attempt():
            _transfer(actor, pool, row, loan, today)
    except AxleError as error:
        row.state, row.reason, row.sold_on = PoolLoanState.REMOVED, str(error)[:200], None
    row.save()


def _transfer(actor: Actor, pool: ClaimPool, row: PoolLoan, loan: Loan, today: date) -> None:
    """The claim goes over and its debtor is told. Source: REG-CIVIL-546"""
    if not pool.is_true_sale:
        return
    event = ClaimTransfer(id=next_no("LE", on=today), on=today, to=pool.buyer_name, price=Fen(row.price))
    loan_restate(actor=actor, loan=loan, event=event, business_on=today)
    sms_send(
        template=NOTICE,
        phone=customer_contact(loan.customer_id).phone,
        variables={"contract_no": loan.contract_no, "buyer": pool.buyer_name, "on": today.isoformat()},
        ref=Subject("loan", loan.pk),
    )
    row.notified_at = timezone.now()


def _finish(pool_no: str) -> None:
    pool = pool_locked(pool_no, PoolState.CLOSING)
    pool_sum(pool)
    pool.state, pool.closed_on = PoolState.CLOSED, business_date()
    pool.save()
    if not pool.is_true_sale and pool.price:
        publish(
            MoneyEvent(
                kind="pool_pledged",
                event_no=f"{pool.pool_no}/P",
                legal_entity_id=pool.legal_entity_id,
                value_on=pool.closed_on or business_date(),
                amounts={"price": Fen(pool.price)},
                dimensions={},
                source=Subject("claim_pool", pool.pk),
            )
        )
