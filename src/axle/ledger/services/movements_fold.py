"""Fold unfolded movement into the daily rows."""

from django.db import connection, transaction

FOLD = """
WITH gone AS (
    DELETE FROM ledger_accountdaydelta RETURNING legal_entity_id, account_id, booked_on, debit, credit
)
INSERT INTO ledger_accountday AS day (legal_entity_id, account_id, booked_on, debit, credit)
SELECT legal_entity_id, account_id, booked_on, sum(debit), sum(credit)
FROM gone GROUP BY legal_entity_id, account_id, booked_on
ON CONFLICT (legal_entity_id, account_id, booked_on)
DO UPDATE SET debit = day.debit + excluded.debit, credit = day.credit + excluded.credit
"""


def movements_fold() -> int:
    """Move committed deltas into ``AccountDay``; gives the number of daily rows touched.

    Posters only insert deltas, so nobody waits; of two folders at once the second does nothing.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('ledger_fold', 0))")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(FOLD)
        return int(cursor.rowcount)
