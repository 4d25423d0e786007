"""Keep the portfolio at the end of a day."""

from collections import Counter
from datetime import date

from django.db import connection

from axle.servicing.domain.buckets import bucket, days_past_due
from axle.servicing.domain.carrying import IN_BOOKS
from axle.servicing.models import LoanState, PortfolioDay
from axle.servicing.selectors.closed_day import NOT_SINCE, loans_as_closed

_STANDING = f"""
SELECT legal_entity_id, product_code, next_unpaid_due_on, count(*), sum(principal_balance)::bigint
FROM servicing_loan AS loan
WHERE state = 'in_force' AND disbursed_on <= %(on)s AND carrying IN {IN_BOOKS} AND {NOT_SINCE}
GROUP BY legal_entity_id, product_code, next_unpaid_due_on
"""


def portfolio_keep(on: date) -> int:
    """Store the portfolio of the end of a closed day by company, product and bucket, without what was entered since."""
    count, balance = Counter[tuple[int, str, str]](), Counter[tuple[int, str, str]]()
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"on": on})
        for entity, product, oldest, loans, principal in cursor.fetchall():
            group = (entity, product, bucket(days_past_due(oldest, on)))
            count[group] += loans
            balance[group] += principal
    for loan, _plan in loans_as_closed(on):
        if loan.state == LoanState.IN_FORCE and loan.disbursed_on <= on and loan.carrying in IN_BOOKS:
            group = (loan.legal_entity_id, loan.product_code, bucket(days_past_due(loan.next_unpaid_due_on, on)))
            count[group] += 1
            balance[group] += loan.principal_balance
    rows = [
        PortfolioDay(
            business_on=on,
            legal_entity_id=group[0],
            product_code=group[1],
            bucket=group[2],
            loans=count[group],
            principal_balance=balance[group],
        )
        for group in sorted(count)
    ]
    PortfolioDay.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
