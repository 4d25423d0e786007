"""Reads of the closed and open months."""

from datetime import date

from django.db.models import Min

from axle.ledger.domain.periods import period_next, period_of, period_start
from axle.ledger.models import Period
from axle.platform.public import prepared_cursor


def closed_through(legal_entity_id: int) -> int:
    """The last closed month (yyyymm) of an entity, 0 when none is closed.

    Holds closing and reopening off until the transaction ends, so that the answer stays true for the writer.
    """
    with prepared_cursor() as cursor:
        cursor.execute("SELECT ledger_closed_through(%s::bigint)", [legal_entity_id])
        return int(cursor.fetchone()[0])


def first_open_day(value_on: date, *, closed: int) -> date:
    """The day to book a fact on: its value date, or the first day after the closed months."""
    return value_on if period_of(value_on) > closed else period_start(period_next(closed))


def first_period(legal_entity_id: int) -> int | None:
    """The first month in which the entity has entries."""
    rows = Period.objects.filter(legal_entity_id=legal_entity_id)
    first: int | None = rows.aggregate(first=Min("period"))["first"]
    return first
