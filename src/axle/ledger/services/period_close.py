"""Close and reopen months. What must be checked before is the business of accounting."""

from django.db import connection
from django.utils import timezone

from axle.ledger.domain.periods import is_period, period_next
from axle.ledger.errors import PeriodBusy, PeriodInvalid, PeriodOutOfOrder
from axle.ledger.models import Period
from axle.ledger.selectors.periods import closed_through, first_period
from axle.platform.public import Actor, track

LOCK_BOOKS = "SELECT pg_try_advisory_xact_lock(hashtextextended('ledger_period', %s::bigint))"


def period_close(*, actor: Actor, legal_entity_id: int, period: int) -> Period:
    """Close a month: from now on the database refuses entries booked in it or before it.

    Errors: PeriodInvalid, PeriodOutOfOrder unless it is the next open month, PeriodBusy during a posting.
    """
    if not is_period(period):
        raise PeriodInvalid(field="period", period=period)
    _stop_posting(legal_entity_id)
    expected = _next_to_close(legal_entity_id, otherwise=period)
    if period != expected:
        raise PeriodOutOfOrder(period=period, expected=expected)
    row, _ = Period.objects.get_or_create(legal_entity_id=legal_entity_id, period=period)
    track(row)
    row.is_closed, row.closed_at, row.closed_by_id = True, timezone.now(), actor.user_id
    row.save()
    return row


def period_reopen(*, legal_entity_id: int, period: int) -> Period:
    """Open the last closed month again. Errors: PeriodInvalid, PeriodOutOfOrder for any other month, PeriodBusy."""
    if not is_period(period):
        raise PeriodInvalid(field="period", period=period)
    _stop_posting(legal_entity_id)
    last = closed_through(legal_entity_id)
    if period != last:
        raise PeriodOutOfOrder(period=period, expected=last)
    row = track(Period.objects.get(legal_entity_id=legal_entity_id, period=period))
    row.is_closed, row.closed_at, row.closed_by_id = False, None, None
    row.save()
    return row


def _next_to_close(legal_entity_id: int, *, otherwise: int) -> int:
    last = closed_through(legal_entity_id)
    return period_next(last) if last else first_period(legal_entity_id) or otherwise


def _stop_posting(legal_entity_id: int) -> None:
    """Hold the lock that every posting transaction of the entity shares."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK_BOOKS, [legal_entity_id])
        if not cursor.fetchone()[0]:
            raise PeriodBusy()
