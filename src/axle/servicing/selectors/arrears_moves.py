"""How loans moved between buckets of arrears from the end of one day to that of another (迁徙)."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from axle.kernel.money import Fen
from axle.platform.public import Actor
from axle.servicing.domain.buckets import BUCKETS, DAYS_PER_BUCKET
from axle.servicing.permissions import LOAN_VIEW
from axle.servicing.selectors.visible import loans_visible


class ArrearsMove(NamedTuple):
    """Loans that were in one bucket and are in another; ``after`` is None when they are settled.

    ``balance_before`` is their principal on the first day; of loans that were not in arrears then, that on the last.
    """

    before: str
    after: str | None
    loans: int
    balance_before: Fen
    balance_after: Fen


_BUCKET = f"""CASE WHEN {{row}}.loan_id IS NOT NULL
    THEN least({len(BUCKETS) - 1}, ceil((%s::date - {{row}}.oldest_due_on) / {DAYS_PER_BUCKET}.0)::int) END"""
_MOVES = f"""
SELECT {_BUCKET.format(row="was")}, {_BUCKET.format(row="now")}, loan.settled_on IS NOT NULL AND loan.settled_on <= %s,
    count(*), coalesce(sum(was.principal_balance), 0), coalesce(sum(now.principal_balance), 0)
FROM (SELECT * FROM servicing_arrearsday WHERE business_on = %s) AS was
FULL JOIN (SELECT * FROM servicing_arrearsday WHERE business_on = %s) AS now ON now.loan_id = was.loan_id
JOIN servicing_loan AS loan ON loan.id = coalesce(now.loan_id, was.loan_id)
WHERE loan.disbursed_on <= %s AND loan.legal_entity_id = %s AND (%s = '' OR loan.product_code = %s)
    AND {{scope}}
GROUP BY 1, 2, 3
"""


def arrears_moves(
    actor: Actor, *, first: date, last: date, legal_entity_id: int, product_code: str = ""
) -> Iterator[ArrearsMove]:
    """The moves of the loans in the actor's scope that were in arrears at the end of either day."""
    scope, params = "true", tuple[Any, ...]()
    if not actor.scope(LOAN_VIEW).is_all:
        chosen, params = loans_visible(actor).order_by().values("pk").query.sql_with_params()
        scope = f"loan.id IN ({chosen})"
    asked: list[Any] = [first, last, last, first, last, first, legal_entity_id, product_code, product_code, *params]
    with connection.cursor() as cursor:
        cursor.execute(_MOVES.format(scope=scope), asked)
        rows = cursor.fetchall()
    for was, now, is_settled, loans, before, after in rows:
        ends = None if now is None and is_settled else BUCKETS[now or 0]
        yield ArrearsMove(BUCKETS[was or 0], ends, loans, Fen(int(before if was else after)), Fen(int(after)))
