"""What each loan added to the sums that were booked at the end of a day."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import connection

from axle.servicing.domain.carrying import IN_BOOKS, NON_ACCRUAL, PERFORMING
from axle.servicing.models import Loan, LoanEvent
from axle.servicing.selectors.accrual import OF_LOAN, earned
from axle.servicing.selectors.day_sums import DUE_ON_DAY, RECEIPT, RUNNING_INTEREST
from axle.servicing.selectors.positions import positions_at

DAY_PARTS = ("interest", "memo_interest", "interest_due", "fee_due")
"""Interest that ran on the day, as income and off balance, and interest and fees that fell due on it."""
_OF_LOANS = f"""
SELECT loan_id,
    sum(after - before) FILTER (WHERE carrying = '{PERFORMING}' AND starts_on <= %(on)s AND due_on > %(on)s),
    sum(after - before) FILTER (WHERE carrying = '{NON_ACCRUAL}' AND starts_on <= %(on)s AND due_on > %(on)s),
    sum(interest) FILTER (WHERE carrying = '{PERFORMING}' AND kind = 'instalment' AND due_on = %(on)s),
    sum(fee) FILTER (WHERE kind = 'instalment' AND due_on = %(on)s)
FROM (
    SELECT *, {earned("%(next)s::date")} AS after, {earned("%(on)s::date")} AS before
    FROM ({OF_LOAN}, row.kind, row.fee
        FROM servicing_instalment AS row JOIN servicing_loan AS loan ON loan.id = row.loan_id
        WHERE row.loan_id = ANY(%(loans)s) AND row.starts_on <= %(on)s AND row.due_on >= %(on)s
            AND loan.carrying IN {IN_BOOKS}
    ) AS rows
) AS day GROUP BY loan_id
"""


def day_parts_of(loan_ids: Sequence[int], on: date) -> dict[int, dict[str, int]]:
    """``DAY_PARTS`` of some loans on a closed day, in fen, as they were booked at its end.

    The stored plan tells it, except for loans whose plan was changed after the day: those are replayed as known then.
    """
    later = LoanEvent.objects.filter(loan_id__in=loan_ids, entered_on__gt=on).exclude(kind=RECEIPT)
    changed = set(later.values_list("loan_id", flat=True))
    stored = [loan_id for loan_id in loan_ids if loan_id not in changed]
    with connection.cursor() as cursor:
        cursor.execute(_OF_LOANS, {"on": on, "next": on + timedelta(days=1), "loans": stored})
        found = {
            loan_id: {name: int(amount or 0) for name, amount in zip(DAY_PARTS, amounts, strict=True)}
            for loan_id, *amounts in cursor.fetchall()
        }
    positions = positions_at(changed, on, known_on=on)
    for loan in Loan.objects.filter(pk__in=positions):
        run = Counter(RUNNING_INTEREST.of_position(loan, positions[loan.pk], on))
        due = Counter(DUE_ON_DAY.of_position(loan, positions[loan.pk], on))
        parts = (run["interest"], run["memo_interest"], due["interest"], due["fee"])
        found[loan.pk] = dict(zip(DAY_PARTS, parts, strict=True))
    return found
