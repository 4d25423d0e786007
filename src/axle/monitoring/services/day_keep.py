"""The figures of one closed day, all together: once it is closed, or again for a past day."""

from datetime import date

from django.db import connection, transaction

from axle.monitoring.services.alerts_settle import alerts_settle
from axle.monitoring.services.decision_days_keep import decision_days_keep
from axle.monitoring.services.score_days_keep import score_days_keep
from axle.monitoring.services.source_days_keep import source_days_keep
from axle.monitoring.services.vintages_keep import is_month_end, vintages_keep
from axle.servicing.public import arrears_kept


@transaction.atomic
def day_keep(on: date) -> int:
    """Keep the figures of a day that has closed, and settle the alerts by them; gives the number of rows."""
    kept = _counts_keep(on)
    if is_month_end(on):
        kept += vintages_keep(on)
    alerts_settle(on)
    return kept


@transaction.atomic
def day_refill(on: date) -> int:
    """Keep the figures of a past day again; alerts stay as they are. Vintages need the arrears of that day's end."""
    kept = _counts_keep(on)
    if is_month_end(on) and arrears_kept(on):
        kept += vintages_keep(on)
    return kept


def _counts_keep(on: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('axle_monitoring'), %s)", [on.toordinal()])
    return decision_days_keep(on) + score_days_keep(on) + source_days_keep(on)
