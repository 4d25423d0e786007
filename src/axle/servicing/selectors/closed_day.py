"""Loans as a closed day left them. Most stand as they are stored; of those for which something was entered since, the
position is replayed without it."""

from collections.abc import Iterator
from datetime import date

from django.db import connection

from axle.servicing.models import Instalment, Loan
from axle.servicing.selectors.positions import positions_at
from axle.servicing.services.loan_restate import cached_position, instalments_of

NOT_SINCE = """NOT EXISTS (
    SELECT FROM servicing_loanevent AS event WHERE event.loan_id = loan.id AND event.entered_on > %(on)s
)"""
"""A condition on ``loan``: nothing was entered for it since the day ``on``."""
_SINCE = "SELECT DISTINCT loan_id FROM servicing_loanevent WHERE entered_on > %s"


def loans_as_closed(on: date) -> Iterator[tuple[Loan, list[Instalment]]]:
    """The loans that ``NOT_SINCE`` leaves out, unsaved as the end of a day left them, with their plans.

    Loans that were opened since are none. Call it in the transaction, or better the snapshot, of that condition.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, [on])
        loan_ids = [loan_id for (loan_id,) in cursor.fetchall()]
    positions = positions_at(loan_ids, on)
    for loan in Loan.objects.filter(pk__in=positions).order_by("pk"):
        cached_position(loan, positions[loan.pk])
        yield loan, instalments_of(loan, positions[loan.pk])
