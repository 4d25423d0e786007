"""Choosing the loans of a pool by filters, and freezing them with what is owed (封包)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.db.models.functions import Coalesce

from axle.kernel.dates import add_months
from axle.kernel.money import Fen
from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, created, next_no, track
from axle.servicing.errors import PoolDateRefused, PoolEmpty, PoolStateRefused
from axle.servicing.models import (
    OPEN_STATES,
    Carrying,
    ClaimPool,
    Loan,
    LoanChange,
    LoanState,
    PoolLoan,
    PoolLoanState,
    PoolState,
)
from axle.servicing.selectors.accrual import interest_earned_of

_BATCH = 1000
HELD = (PoolLoanState.SELECTED, PoolLoanState.SOLD, PoolLoanState.PLEDGED)
"""A loan is in one pool at a time."""


@dataclass(frozen=True)
class PoolCriteria:
    """Which loans are chosen, oldest first, until ``most_principal`` is reached. Amounts in fen; None does not matter.

    Always: in force, carried as performing, without an open change, without money that waits, in no other pool.
    """

    product_code: str | None = None
    most_days_past_due: int = 0
    least_months_left: int | None = None
    most_months_left: int | None = None
    least_balance: int | None = None
    most_balance: int | None = None
    most_principal: int | None = None


@dataclass(frozen=True)
class PoolDeal:
    """To whom the claims go, when and at what price; ``price_rate`` is that of a yuan of principal."""

    name: str
    buyer_name: str
    buyer_bank: str
    buyer_account: str
    closes_on: date
    price_rate: Decimal
    is_true_sale: bool


def pool_create(*, actor: Actor, legal_entity_id: int, deal: PoolDeal, criteria: PoolCriteria) -> ClaimPool:
    """Choose and freeze the loans of a pool as of the business date. Errors: PoolDateRefused, PoolEmpty."""
    today = business_date()
    if deal.closes_on < today:
        raise PoolDateRefused(field="closes_on")
    ids = _chosen(legal_entity_id, criteria, today)
    if not ids:
        raise PoolEmpty()
    pool = ClaimPool.objects.create(
        pool_no=next_no("ZC", on=today),
        legal_entity_id=legal_entity_id,
        cut_off_on=today,
        criteria=asdict(criteria),
        requested_by_id=actor.user_id,
        requested_by=actor.name,
        **asdict(deal),
    )
    for start in range(0, len(ids), _BATCH):
        PoolLoan.objects.bulk_create(_frozen(pool, ids[start : start + _BATCH], today))
    pool_sum(pool)
    pool.save()
    return created(pool)


def pool_loan_remove(*, pool_no: str, loan_no: str, reason: str) -> ClaimPool:
    """Take a loan out before the pool is decided on. Errors: NotFound, PoolStateRefused."""
    pool = pool_locked(pool_no, PoolState.FROZEN)
    row = pool.loans.filter(loan__loan_no=loan_no, state=PoolLoanState.SELECTED).first()
    if row is None:
        raise NotFound(field="loan_no", what="loan")
    row.state, row.reason = PoolLoanState.REMOVED, reason
    row.save()
    pool_sum(pool)
    pool.save()
    return pool


def pool_locked(pool_no: str, *states: str) -> ClaimPool:
    """A pool locked for a change, in one of the states. Errors: NotFound, PoolStateRefused."""
    pool = ClaimPool.objects.select_for_update().filter(pool_no=pool_no).first()
    if pool is None:
        raise NotFound(field="pool_no", what="claim_pool")
    if pool.state not in states:
        raise PoolStateRefused(state=pool.state)
    return track(pool)


def pool_sum(pool: ClaimPool) -> None:
    """Add up what a pool holds on its unsaved row."""
    sums = pool.loans.filter(state__in=HELD).aggregate(
        count=Count("pk"),
        principal=Coalesce(Sum("principal"), 0),
        interest=Coalesce(Sum("interest"), 0),
        price=Coalesce(Sum("price"), 0),
    )
    pool.loans_count, pool.principal = sums["count"], sums["principal"]
    pool.interest, pool.price = sums["interest"], sums["price"]


def _chosen(legal_entity_id: int, criteria: PoolCriteria, today: date) -> list[int]:
    rows = _eligible(legal_entity_id, criteria, today).order_by("disbursed_on", "pk")
    chosen, total = [], 0
    for key, balance in rows.values_list("pk", "principal_balance").iterator():
        if criteria.most_principal is not None and total + balance > criteria.most_principal:
            continue
        chosen.append(key)
        total += balance
    return chosen


def _eligible(legal_entity_id: int, criteria: PoolCriteria, today: date) -> QuerySet[Loan]:
    rows = Loan.objects.filter(
        legal_entity_id=legal_entity_id,
        state=LoanState.IN_FORCE,
        carrying=Carrying.PERFORMING,
        unapplied=0,
        next_unpaid_due_on__gte=date.fromordinal(today.toordinal() - criteria.most_days_past_due),
    ).exclude(Exists(LoanChange.objects.filter(loan=OuterRef("pk"), state__in=OPEN_STATES)))
    rows = rows.exclude(Exists(PoolLoan.objects.filter(loan=OuterRef("pk"), state__in=HELD)))
    asked = {
        "product_code": criteria.product_code or None,
        "matures_on__gte": _months(today, criteria.least_months_left),
        "matures_on__lte": _months(today, criteria.most_months_left),
        "principal_balance__gte": criteria.least_balance,
        "principal_balance__lte": criteria.most_balance,
    }
    return rows.filter(**{name: value for name, value in asked.items() if value is not None})


def _months(today: date, months: int | None) -> date | None:
    return None if months is None else add_months(today, months)


def _frozen(pool: ClaimPool, keys: Sequence[int], today: date) -> list[PoolLoan]:
    earned = interest_earned_of(keys, today)
    rows = Loan.objects.filter(pk__in=keys).values_list("pk", "principal_balance", "interest_paid", "interest_waived")
    found = []
    for key, principal, paid, waived in rows.order_by("pk"):
        interest = max(earned.get(key, 0) - paid - waived, 0)
        exact = Decimal(principal) * pool.price_rate
        price = Fen(int(exact.quantize(Decimal(1), ROUND_HALF_UP)) + interest)
        found.append(
            PoolLoan(pool=pool, loan_id=key, principal=principal, interest=interest, interest_paid=paid, price=price)
        )
    return found
