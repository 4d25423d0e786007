"""Turnover of accounts, and what stood against cash: the figures that statements add up."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Sum

from axle.kernel.money import Fen
from axle.ledger.models import AccountMovement, EntryLine

CASH_ITEM = "cash_flow"
"""The dimension of a line on a cash account that says what the cash was for, where its entry does not."""


class Turnover(NamedTuple):
    """Debits and credits of an account, in fen."""

    debit: Fen
    credit: Fen


def turnover(*, legal_entity_id: int, first: date | None, last: date) -> dict[str, Turnover]:
    """What each postable account moved from a day on (None: from the beginning) to a day, by code."""
    rows = AccountMovement.objects.filter(legal_entity_id=legal_entity_id, booked_on__lte=last)
    if first is not None:
        rows = rows.filter(booked_on__gte=first)
    sums = rows.order_by().values("account__code").annotate(debits=Sum("debit"), credits=Sum("credit"))
    return {row["account__code"]: Turnover(Fen(int(row["debits"])), Fen(int(row["credits"]))) for row in sums}


def turnover_of_kinds(*, legal_entity_id: int, kinds: Iterable[str], first: date, last: date) -> dict[str, Turnover]:
    """What entries of some kinds moved in a span of days, by code."""
    rows = EntryLine.objects.filter(
        legal_entity_id=legal_entity_id, entry__kind__in=list(kinds), booked_on__range=(first, last)
    )
    sums = rows.order_by().values("account__code").annotate(debits=Sum("debit"), credits=Sum("credit"))
    return {row["account__code"]: Turnover(Fen(int(row["debits"])), Fen(int(row["credits"]))) for row in sums}


class CashMoved(NamedTuple):
    """What moved cash: by the account against it, and by the item that a line names; more cash is positive."""

    by_account: dict[str, Turnover]
    by_item: dict[str, Fen]


_CASH_LINES = """
    SELECT entry_id, debit - credit AS net, coalesce(dimensions ->> 'cash_flow', '') AS item
    FROM ledger_entryline
    WHERE legal_entity_id = %(entity)s AND account_id = ANY(%(cash)s) AND booked_on BETWEEN %(first)s AND %(last)s
"""
_BY_ITEM = f"SELECT item, sum(net) FROM ({_CASH_LINES}) AS cash WHERE item <> '' GROUP BY item"
_BY_ACCOUNT = f"""
WITH cash AS (SELECT entry_id FROM ({_CASH_LINES}) AS line GROUP BY entry_id HAVING max(item) = '')
SELECT a.code, sum(l.debit), sum(l.credit)
FROM cash JOIN ledger_entryline l ON l.entry_id = cash.entry_id JOIN ledger_account a ON a.id = l.account_id
WHERE NOT l.account_id = ANY(%(cash)s) GROUP BY a.code
"""


def cash_moved(*, legal_entity_id: int, cash_account_ids: Sequence[int], first: date, last: date) -> CashMoved:
    """What changed cash in a span of days.

    Where the lines on cash name an item, that counts; else the lines against them, which add up to the same.
    """
    asked: Any = {"entity": legal_entity_id, "cash": list(cash_account_ids), "first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(_BY_ITEM, asked)
        items = {item: Fen(int(net)) for item, net in cursor.fetchall()}
        cursor.execute(_BY_ACCOUNT, asked)
        against = {code: Turnover(Fen(int(debit)), Fen(int(credit))) for code, debit, credit in cursor.fetchall()}
    return CashMoved(against, items)
