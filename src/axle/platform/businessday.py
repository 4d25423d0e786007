"""The business date: data, moved only by the end of day."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.db import connection
from django.utils import timezone

from axle.platform.models import BusinessDay
from axle.platform.statements import prepared_cursor

_held: ContextVar[date | None] = ContextVar("held_business_date", default=None)


def business_date() -> date:
    """The date that the system is on; today's until an end of day has run. One that is held is not read again."""
    return _held.get() or _stored()


def _stored() -> date:
    stored = BusinessDay.objects.values_list("on", flat=True).first()
    return stored or timezone.localdate()


def business_date_set(on: date) -> None:
    """Move the business date; called by the end of day and by the demo loader."""
    BusinessDay.objects.update_or_create(pk=1, defaults={"on": on})
    if _held.get():
        _held.set(on)


_LOCK = "hashtext('axle_business_date')"


def business_date_hold() -> date:
    """The business date, which will not roll before this transaction ends."""
    if known := _held.get():
        return known
    with prepared_cursor() as cursor:
        cursor.execute("SELECT axle_business_date_hold()")
        return cursor.fetchone()[0] or timezone.localdate()


@contextmanager
def business_date_held() -> Iterator[date]:
    """The business date, which does not roll during a transaction; the block is the rest of that transaction.

    Inside another such block nothing is asked again: it is the same transaction or a part of it.
    """
    token = _held.set(business_date_hold())
    try:
        yield business_date()
    finally:
        _held.reset(token)


def business_date_lock() -> None:
    """Wait for every transaction that holds the business date, and keep new ones waiting until this one ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({_LOCK})")
