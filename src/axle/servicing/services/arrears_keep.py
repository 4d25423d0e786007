"""Keep which loans are in arrears at the end of a day."""

from datetime import date

from django.db import connection

_KEEP = """
INSERT INTO servicing_arrearsday (business_on, loan_id, legal_entity_id, oldest_due_on, periods, principal_overdue,
    interest_overdue, fee_overdue, principal_balance)
SELECT %(on)s, loan.id, loan.legal_entity_id, loan.next_unpaid_due_on, late.periods, late.principal, late.interest,
    late.fee, loan.principal_balance
FROM servicing_loan loan
JOIN LATERAL (
    SELECT count(*) AS periods, coalesce(sum(row.principal - row.principal_paid), 0) AS principal,
        coalesce(sum(row.interest - row.interest_paid), 0) AS interest,
        coalesce(sum(row.fee - row.fee_paid), 0) AS fee
    FROM servicing_instalment row WHERE row.loan_id = loan.id AND row.due_on < %(on)s AND row.settled_on IS NULL
) AS late ON true
WHERE loan.state = 'in_force' AND loan.next_unpaid_due_on < %(on)s
ON CONFLICT DO NOTHING
"""


def arrears_keep(on: date) -> int:
    """Store the arrears of the end of a day as they stand now; gives the number of loans."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"on": on})
        return int(cursor.rowcount)
