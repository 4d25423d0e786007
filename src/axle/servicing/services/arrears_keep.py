"""Keep which loans are in arrears at the end of a day."""

from collections.abc import Iterator
from datetime import date

from django.db import connection

from axle.servicing.models import ArrearsDay, LoanState
from axle.servicing.selectors.closed_day import NOT_SINCE, loans_as_closed

_KEEP = f"""
INSERT INTO servicing_arrearsday (business_on, loan_id, legal_entity_id, oldest_due_on, periods, principal_overdue,
    interest_overdue, fee_overdue, principal_balance)
SELECT %(on)s, loan.id, loan.legal_entity_id, loan.next_unpaid_due_on, late.periods, late.principal, late.interest,
    late.fee, loan.principal_balance
FROM (
    SELECT loan_id, count(*) AS periods, sum(principal - principal_paid) AS principal,
        sum(interest - interest_paid) AS interest, sum(fee - fee_paid) AS fee
    FROM servicing_instalment WHERE settled_on IS NULL AND due_on < %(on)s GROUP BY loan_id
) AS late JOIN servicing_loan AS loan ON loan.id = late.loan_id
WHERE loan.state = 'in_force' AND loan.next_unpaid_due_on < %(on)s AND {NOT_SINCE}
ON CONFLICT DO NOTHING
"""


def arrears_keep(on: date) -> int:
    """Store the arrears of the end of a closed day, without what was entered since; gives the number of loans."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"on": on})
        kept = int(cursor.rowcount)
    since = ArrearsDay.objects.bulk_create(_as_closed(on), ignore_conflicts=True)
    return kept + len(since)


def _as_closed(on: date) -> Iterator[ArrearsDay]:
    for loan, plan in loans_as_closed(on):
        oldest = loan.next_unpaid_due_on
        if loan.state == LoanState.IN_FORCE and oldest and oldest < on:
            late = [row for row in plan if row.settled_on is None and row.due_on < on]
            yield ArrearsDay(
                business_on=on,
                loan=loan,
                legal_entity_id=loan.legal_entity_id,
                oldest_due_on=oldest,
                periods=len(late),
                principal_overdue=sum(row.principal - row.principal_paid for row in late),
                interest_overdue=sum(row.interest - row.interest_paid for row in late),
                fee_overdue=sum(row.fee - row.fee_paid for row in late),
                principal_balance=loan.principal_balance,
            )
