"""What the buyer of a pool owes us and we owe the buyer."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Sum

from axle.kernel.money import Fen
from axle.servicing.models import ClaimPool, PoolLoan, PoolLoanState, PoolMoney, PoolMoneyKind, PoolMoneyState

_COLLECTED = """
SELECT coalesce(sum(
    coalesce((amounts ->> 'principal')::bigint, 0) + coalesce((amounts ->> 'interest')::bigint, 0)
    + coalesce((amounts ->> 'penalty')::bigint, 0) + coalesce((amounts ->> 'compound')::bigint, 0)
    + coalesce((amounts ->> 'fee')::bigint, 0)), 0)
FROM servicing_posting AS posting JOIN servicing_loan AS loan ON loan.id = posting.loan_id
WHERE posting.kind IN ('sold_receipt_posted', 'sold_overpayment_applied') AND NOT posting.is_reversed AND {which}
"""
_OF_POOL = """EXISTS (
    SELECT FROM servicing_poolloan AS sold JOIN servicing_loancarrying AS carried ON carried.loan_id = sold.loan_id
        AND carried.on = sold.sold_on AND carried.price = sold.price AND carried.carrying = 'sold'
    WHERE sold.pool_id = %(key)s AND sold.loan_id = posting.loan_id AND carried.era = posting.era)"""
"""A claim may have been sold before, or after: what is its buyer's was told while it was."""
_OF_ENTITY = "loan.legal_entity_id = %(key)s"
_SETTLED = (PoolMoneyState.CONFIRMED, PoolMoneyState.PAID)
_ON_ITS_WAY = (*_SETTLED, PoolMoneyState.PAYING)


@dataclass(frozen=True)
class PoolBooks:
    """What stands between us and the buyer, in fen.

    ``price_open`` is what the buyer still owes for the claims less what we owe for those bought back;
    ``to_remit`` was collected for the buyer and neither paid nor on its way.
    """

    price_open: Fen
    collected: Fen
    to_remit: Fen
    buy_back_to_pay: Fen


def pool_books(pool: ClaimPool) -> PoolBooks:
    """The present standing of one pool."""
    collected = _collected(_OF_POOL, pool.pk)
    remitted = _money(PoolMoneyKind.COLLECTIONS_REMITTED, _ON_ITS_WAY, pool=pool)
    bought_back = _sum(PoolLoan.objects.filter(pool=pool, state=PoolLoanState.BOUGHT_BACK), "buy_back_price")
    price = pool.price if not pool.is_true_sale and pool.closed_on else _sold_price(pool=pool)
    received = _money(PoolMoneyKind.PRICE_RECEIVED, _SETTLED, pool=pool)
    return PoolBooks(
        price_open=Fen(price - received),
        collected=Fen(collected),
        to_remit=Fen(collected - remitted),
        buy_back_to_pay=Fen(bought_back - _money(PoolMoneyKind.BUY_BACK_PAID, _ON_ITS_WAY, pool=pool)),
    )


def sale_price_open(legal_entity_id: int) -> Fen:
    """Prices of sold claims that buyers owe, less those of claims bought back that we owe, in fen."""
    of = {"pool__legal_entity_id": legal_entity_id, "pool__is_true_sale": True}
    bought = _sum(PoolLoan.objects.filter(state=PoolLoanState.BOUGHT_BACK, **of), "buy_back_price")
    came = _money(PoolMoneyKind.PRICE_RECEIVED, _SETTLED, **of) - _money(PoolMoneyKind.BUY_BACK_PAID, _SETTLED, **of)
    return Fen(_sold_price(**of) - bought - came)


def pledge_price_open(legal_entity_id: int) -> Fen:
    """What is still to come of the money that was raised on pledged pools, in fen."""
    closed = {"legal_entity_id": legal_entity_id, "is_true_sale": False, "closed_on__isnull": False}
    came = {"pool__legal_entity_id": legal_entity_id, "pool__is_true_sale": False}
    raised = _sum(ClaimPool.objects.filter(**closed), "price")
    return Fen(raised - _money(PoolMoneyKind.PRICE_RECEIVED, _SETTLED, **came))


def collections_to_remit(legal_entity_id: int) -> Fen:
    """What was collected on sold claims and is not paid to their buyers, in fen."""
    paid = _money(
        PoolMoneyKind.COLLECTIONS_REMITTED, _SETTLED, pool__legal_entity_id=legal_entity_id, pool__is_true_sale=True
    )
    return Fen(_collected(_OF_ENTITY, legal_entity_id) - paid)


def prices_received(legal_entity_id: int) -> dict[int, Fen]:
    """Prices that came in, by the bank account that they came to, in fen."""
    rows = PoolMoney.objects.filter(
        pool__legal_entity_id=legal_entity_id, kind=PoolMoneyKind.PRICE_RECEIVED, state=PoolMoneyState.CONFIRMED
    )
    sums = rows.values_list("bank_account_id").annotate(total=Sum("amount")).order_by("bank_account_id")
    return {int(account_id or 0): Fen(total) for account_id, total in sums}


def _collected(which: str, key: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COLLECTED.format(which=which), {"key": key})
        return int(cursor.fetchone()[0])


def _sold_price(**of: Any) -> int:
    ever_sold = (PoolLoanState.SOLD, PoolLoanState.BOUGHT_BACK)
    return _sum(PoolLoan.objects.filter(state__in=ever_sold, **of), "price")


def _money(kind: str, states: tuple[str, ...], **of: Any) -> int:
    return _sum(PoolMoney.objects.filter(kind=kind, state__in=states, **of), "amount")


def _sum(rows: QuerySet[Any], column: str) -> int:
    return int(rows.aggregate(total=Sum(column))["total"] or 0)
