"""What loans that were taken over moved: the books were told it in sums by month, in which no loan is named.

A posting names the sum that it is in; it counts on the day on which that sum was booked. The disbursement of such a
loan is in a sum too and counts on its own day, which lies in the same month.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from axle.kernel.money import Fen

OPENING = ""
"""The key of what was there before the span."""

_PAID = """
SELECT p.loan_id, CASE WHEN e.booked_on < %s THEN '' ELSE p.kind END AS kind,
    -sum(coalesce((p.amounts ->> %s)::bigint, 0))
FROM servicing_posting p JOIN ledger_journalentry e ON e.event_no = p.told_in AND e.kind = p.kind
WHERE p.told_in <> '' AND e.booked_on <= %s AND {chosen}
GROUP BY 1, 2
"""
_DISBURSED = """
SELECT loan.id, CASE WHEN loan.disbursed_on < %s THEN '' ELSE 'loan_disbursed' END AS kind, loan.principal
FROM servicing_loan loan
WHERE loan.disbursed_on <= %s AND {chosen} AND NOT EXISTS (
    SELECT FROM ledger_journalentry e
    WHERE e.source_type = 'loan' AND e.source_id = loan.id AND e.kind = 'loan_disbursed'
)
"""


def taken_over_moves(
    loan_ids: Sequence[int], *, component: str, since: date, until: date
) -> Mapping[int, Mapping[str, Fen]]:
    """Debits minus credits by loan, before ``since`` under ``OPENING``, then up to ``until`` by kind; fen."""
    found: dict[int, dict[str, Fen]] = defaultdict(dict)
    for loan_id, kind, net in _rows("{column} = ANY(%s)", [list(loan_ids)], component, since, until):
        found[loan_id][kind] = Fen(found[loan_id].get(kind, 0) + net)
    return found


def taken_over_total(loans: QuerySet[Any], *, component: str, since: date, until: date) -> Mapping[str, Fen]:
    """The same over many loans at once."""
    sql, params = loans.order_by().values("pk").query.sql_with_params()
    found: dict[str, Fen] = {}
    for _loan_id, kind, net in _rows(f"{{column}} IN ({sql})", list(params), component, since, until):
        found[kind] = Fen(found.get(kind, 0) + net)
    return found


def _rows(chosen: str, given: list[Any], component: str, since: date, until: date) -> list[tuple[int, str, int]]:
    with connection.cursor() as cursor:
        paid = _PAID.replace("{chosen}", chosen.replace("{column}", "p.loan_id"))
        cursor.execute(paid, [since, component, until, *given])
        rows = [(loan_id, kind, int(net)) for loan_id, kind, net in cursor.fetchall()]
        if component == "principal":
            disbursed = _DISBURSED.replace("{chosen}", chosen.replace("{column}", "loan.id"))
            cursor.execute(disbursed, [since, until, *given])
            rows += [(loan_id, kind, int(net)) for loan_id, kind, net in cursor.fetchall()]
    return rows
