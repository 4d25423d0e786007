"""Carrying out the sale of a pool: a batch of claims in a transaction, so that business goes on meanwhile.

The price of a claim is that of the cut-off less what its borrower has paid since, which belongs to the buyer.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from axle.amortization.public import ClaimTransfer
from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.messaging.public import SmsDraft, sms_send_all
from axle.party.public import CustomerReached, customers_reached
from axle.platform.public import (
    Actor,
    Subject,
    acting,
    business_date,
    next_nos,
    publish,
    rows_update,
    system_actor,
    track,
)
from axle.servicing.errors import PoolDateRefused
from axle.servicing.models import Carrying, ClaimPool, Loan, LoanState, PoolLoan, PoolLoanState, PoolState
from axle.servicing.services.loan_lock import loans_locked
from axle.servicing.services.loan_restate import loans_restate
from axle.servicing.services.pool_create import pool_locked, pool_sum

NOTICE = "claim_transfer_notice"
_BATCH = 200
_KEPT = ("state", "reason", "price", "sold_on", "notified_at")


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
    selected = pool.loans.filter(state=PoolLoanState.SELECTED).order_by("loan_id").values_list("loan_id", flat=True)
    while loan_ids := list(selected[:_BATCH]):
        with acting(actor, "pool_close"):
            _sell(actor, pool, loan_ids)
    with acting(actor, "pool_close"):
        _finish(pool_no)


def _sell(actor: Actor, pool: ClaimPool, loan_ids: Sequence[int]) -> None:
    """Sell some claims in as few statements as one."""
    today = business_date()
    loans = loans_locked(loan_ids)
    frozen = PoolLoan.objects.select_for_update().filter(pool=pool, loan__in=loan_ids, state=PoolLoanState.SELECTED)
    rows = [track(row) for row in frozen.order_by("pk")]
    goes = [row for row in rows if _goes_over(row, loans[row.loan_id])]
    for row in goes:
        _price(pool, row, loans[row.loan_id], today)
    if pool.is_true_sale:
        _transfer(actor, pool, goes, loans, today)
    rows_update(rows, _KEPT)


def _goes_over(row: PoolLoan, loan: Loan) -> bool:
    """What was settled or went bad since it was chosen is left out."""
    if loan.state == LoanState.IN_FORCE and loan.carrying == Carrying.PERFORMING:
        return True
    row.state, row.reason = PoolLoanState.REMOVED, f"{loan.state}/{loan.carrying}"
    return False


def _price(pool: ClaimPool, row: PoolLoan, loan: Loan, today: date) -> None:
    paid_since = row.principal - loan.principal_balance + loan.interest_paid - row.interest_paid
    row.price, row.sold_on = Fen(max(row.price - paid_since, 0)), today
    row.state = PoolLoanState.SOLD if pool.is_true_sale else PoolLoanState.PLEDGED


def _transfer(actor: Actor, pool: ClaimPool, rows: Sequence[PoolLoan], loans: Mapping[int, Loan], today: date) -> None:
    """The claims go over and their debtors are told. Source: REG-CIVIL-546"""
    event_nos = next_nos("LE", on=today, count=len(rows))
    events = [
        (loans[row.loan_id], ClaimTransfer(id=number, on=today, to=pool.buyer_name, price=Fen(row.price)))
        for row, number in zip(rows, event_nos, strict=True)
    ]
    refused = loans_restate(actor=actor, events=events, business_on=today)
    sold = [row for row in rows if row.loan_id not in refused]
    for row in rows:
        if error := refused.get(row.loan_id):
            row.state, row.reason, row.sold_on = PoolLoanState.REMOVED, str(error)[:200], None
    reached = customers_reached({loans[row.loan_id].customer_id for row in sold})
    numbers = sms_send_all([_notice(pool, loans[row.loan_id], reached, today) for row in sold])
    for row, number in zip(sold, numbers, strict=True):
        row.notified_at = timezone.now() if number else None


def _notice(pool: ClaimPool, loan: Loan, reached: Mapping[int, CustomerReached], today: date) -> SmsDraft:
    variables = {"contract_no": loan.contract_no, "buyer": pool.buyer_name, "on": today.isoformat()}
    return SmsDraft(NOTICE, reached[loan.customer_id].phone, variables, Subject("loan", loan.pk))


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
