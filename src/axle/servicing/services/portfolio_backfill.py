"""Portfolio snapshots of past days, from the plans of loans that were taken over."""

from collections.abc import Sequence
from datetime import date

from django.db import connection

from axle.servicing.domain.buckets import BUCKETS, DAYS_PER_BUCKET

_BACKFILL = f"""
INSERT INTO servicing_portfolioday (business_on, legal_entity_id, product_code, bucket, loans, principal_balance)
SELECT day.at, loan.legal_entity_id, loan.product_code,
       'M' || least({len(BUCKETS) - 1}, ceil(greatest(day.at - plan.oldest, 0) / {DAYS_PER_BUCKET}.0)::int),
       count(*), sum(plan.balance)
FROM unnest(%(days)s::date[]) AS day(at)
JOIN servicing_loan loan ON loan.disbursed_on <= day.at AND (loan.settled_on IS NULL OR loan.settled_on > day.at)
JOIN LATERAL (
    SELECT loan.principal - coalesce(sum(row.principal) FILTER (WHERE row.settled_on <= day.at), 0) AS balance,
           min(row.due_on) FILTER (WHERE row.settled_on IS NULL OR row.settled_on > day.at) AS oldest
    FROM servicing_instalment row WHERE row.loan_id = loan.id
) plan ON true
GROUP BY 1, 2, 3, 4
ON CONFLICT DO NOTHING
"""


def portfolio_backfill(days: Sequence[date]) -> int:
    """Keep the portfolio as it was at the end of past days; gives the number of rows added."""
    with connection.cursor() as cursor:
        cursor.execute(_BACKFILL, {"days": list(days)})
        return int(cursor.rowcount)
