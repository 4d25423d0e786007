"""What entries moved on some accounts, loan by loan: immutable, so that the same dates always tell the same."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from axle.kernel.money import Fen

OPENING = ""
"""The key of what was there before the span; every other key is the kind of the entries."""
Movements = Mapping[str, Fen]

_BY_LOAN = """
SELECT l.loan_no, CASE WHEN l.booked_on < %(since)s THEN '' ELSE e.kind END AS kind, sum(l.debit - l.credit)
FROM ledger_entryline l JOIN ledger_journalentry e ON e.id = l.entry_id
WHERE l.loan_no = ANY(%(loan_nos)s) AND l.loan_no <> '' AND l.account_id = ANY(%(account_ids)s)
    AND l.booked_on <= %(until)s
GROUP BY 1, 2
"""
_IN_ALL = """
SELECT CASE WHEN l.booked_on < %s THEN '' ELSE e.kind END AS kind, sum(l.debit - l.credit)
FROM ledger_entryline l JOIN ledger_journalentry e ON e.id = l.entry_id
WHERE l.account_id = ANY(%s) AND l.booked_on <= %s AND
"""


def loan_movements(
    *, account_ids: Sequence[int], loan_nos: Sequence[str], since: date, until: date
) -> Mapping[str, Movements]:
    """Debits minus credits by loan: before ``since`` under ``OPENING``, then up to ``until`` by kind of entry."""
    found: dict[str, dict[str, Fen]] = defaultdict(dict)
    asked: Any = {"account_ids": list(account_ids), "loan_nos": list(loan_nos), "since": since, "until": until}
    with connection.cursor() as cursor:
        cursor.execute(_BY_LOAN, asked)
        for loan_no, kind, net in cursor.fetchall():
            found[loan_no][kind] = Fen(int(net))
    return found


def loan_movements_total(
    *, account_ids: Sequence[int], since: date, until: date, loans: QuerySet[Any, Any] | None = None
) -> Movements:
    """The same over many loans at once: ``loans`` gives their numbers, None is all that the accounts moved."""
    chosen = "true"
    given: list[Any] = [since, list(account_ids), until]
    if loans is not None:
        sql, params = loans.query.sql_with_params()
        chosen = f"l.loan_no IN ({sql})"
        given += params
    with connection.cursor() as cursor:
        cursor.execute(f"{_IN_ALL} {chosen} GROUP BY 1", given)
        return {kind: Fen(int(net)) for kind, net in cursor.fetchall()}


_AFTER = """
SELECT e.id, (
    SELECT coalesce(sum(l.debit - l.credit), 0) FROM ledger_entryline l
    WHERE l.loan_no = own.loan_no AND l.loan_no <> '' AND l.account_id = ANY(%(account_ids)s)
        AND (l.booked_on, l.entry_id) <= (e.booked_on, e.id)
)
FROM ledger_journalentry e
JOIN LATERAL (SELECT loan_no FROM ledger_entryline WHERE entry_id = e.id AND loan_no <> '' LIMIT 1) AS own ON true
WHERE e.id = ANY(%(entry_ids)s)
"""


def loan_balances_after(*, account_ids: Sequence[int], entry_ids: Sequence[int]) -> dict[int, Fen]:
    """What stood on some accounts for the loan of each entry once it was booked, by the key of the entry."""
    with connection.cursor() as cursor:
        cursor.execute(_AFTER, {"account_ids": list(account_ids), "entry_ids": list(entry_ids)})
        return {entry_id: Fen(int(net)) for entry_id, net in cursor.fetchall()}
