"""Deciding on a pool."""

from django.utils import timezone

from axle.platform.errors import MakerMayNotCheck
from axle.platform.public import Actor
from axle.servicing.models import ClaimPool, PoolLoanState, PoolState
from axle.servicing.services.pool_create import pool_locked


def pool_approve(*, actor: Actor, pool_no: str, opinion: str = "") -> ClaimPool:
    """Agree to the sale; it is carried out on its day. Errors: NotFound, PoolStateRefused, MakerMayNotCheck."""
    return _decided(actor, pool_no, PoolState.APPROVED, opinion)


def pool_reject(*, actor: Actor, pool_no: str, opinion: str) -> ClaimPool:
    """Refuse the sale; its loans are free again. Errors: NotFound, PoolStateRefused, MakerMayNotCheck."""
    pool = _decided(actor, pool_no, PoolState.REJECTED, opinion)
    _let_go(pool)
    return pool


def pool_withdraw(*, pool_no: str) -> ClaimPool:
    """Give the sale up before it is carried out; its loans are free again. Errors: NotFound, PoolStateRefused."""
    pool = pool_locked(pool_no, PoolState.FROZEN, PoolState.APPROVED)
    pool.state = PoolState.WITHDRAWN
    pool.save()
    _let_go(pool)
    return pool


def _decided(actor: Actor, pool_no: str, state: str, opinion: str) -> ClaimPool:
    pool = pool_locked(pool_no, PoolState.FROZEN)
    if actor.user_id is not None and actor.user_id == pool.requested_by_id:
        raise MakerMayNotCheck()
    pool.state, pool.opinion = state, opinion
    pool.reviewed_by_id, pool.reviewed_by, pool.reviewed_at = actor.user_id, actor.name, timezone.now()
    pool.save()
    return pool


def _let_go(pool: ClaimPool) -> None:
    pool.loans.filter(state=PoolLoanState.SELECTED).update(state=PoolLoanState.REMOVED)
