"""What money pays on a loan that is late: several rows, with penalty, told by a replay in memory.

The replay reads the loan's events once and stores nothing: of such a loan (``receipt_split``) only the rows that the
money paid are written. What does not come out as expected is left to the restatement of the loan as a whole.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from axle.amortization.public import (
    AllocationLine,
    Event,
    Position,
    event_from_json,
    replay,
    rules_from_json,
    terms_from_json,
)
from axle.amortization.public import Receipt as ReceiptEvent
from axle.kernel.money import Fen
from axle.platform.public import business_date, prepared_cursor
from axle.servicing.services.receipt_split import FACTS, MOVED_BY_MONEY, Fact, PaidRow, Split

_LIVES = f"""
SELECT {FACTS}, l.terms::text, l.rules::text,
    (SELECT json_agg(json_build_array(e.event_no, e.on, ((e.payload ->> 'amount')::numeric * 100)::bigint,
            CASE WHEN e.kind <> 'receipt' THEN e.payload END) ORDER BY e.id)::text
        FROM servicing_loanevent e WHERE e.loan_id = l.id),
    (SELECT count(*) FROM servicing_instalment i WHERE i.loan_id = l.id AND i.settled_on IS NULL)
FROM servicing_receipt r JOIN servicing_loan l ON l.id = r.loan_id
WHERE r.id = ANY(%(receipts)s::bigint[]) AND {MOVED_BY_MONEY} AND l.unapplied = 0
"""


class _Life(NamedTuple):
    """Terms, rules and events as text, and how many rows of the plan are not settled."""

    terms: str
    rules: str
    events: str
    unsettled: int


def splits_by_replay(receipts: Sequence[int]) -> list[Split]:
    """How those of some receipts split that a replay in memory can tell, by number.

    The receipts and their loans are locked, and none has the loan of another.
    """
    if not receipts:
        return []
    today, count = business_date(), len(Fact._fields)
    with prepared_cursor() as cursor:
        cursor.execute(_LIVES, {"receipts": list(receipts)})
        found = [(Fact(*row[:count]), _Life(*row[count:])) for row in cursor.fetchall()]
    splits = (_split(fact, life, today) for fact, life in sorted(found, key=lambda one: one[0].receipt_no))
    return [split for split in splits if split]


def _split(fact: Fact, life: _Life, today: date) -> Split | None:
    """The split, if it moves nothing but what it pays and the loan still owes afterwards."""
    terms, rules = terms_from_json(json.loads(life.terms)), rules_from_json(json.loads(life.rules))
    events = [_event(*said) for said in json.loads(life.events)]
    position = replay(terms, rules, [*events, fact.event()], today)
    lines = [line for line in position.allocations if line.receipt_id == fact.receipt_no]
    parts = Counter[str]()
    for line in lines:
        parts[line.component] += line.amount
    rows = _paid_rows(position, lines)
    unpaid = [row.due_on for row in position.rows if row.settled_on is None]
    still_open = life.unsettled - sum(row.settled_on is not None for row in rows)
    is_told = (
        all(line.on == fact.value_on for line in lines)
        and position.principal_not_due > 0
        and len(unpaid) == still_open
        and position.principal_balance == fact.principal_balance - parts["principal"]
        and position.paid.interest == fact.interest_paid + parts["interest"]
        and position.unapplied == fact.amount - sum(parts.values())
    )
    left = position.outstanding
    return Split(fact, parts, rows, left.fee, min(unpaid), left.total) if is_told else None


def _event(number: str, on: str, amount: int | None, payload: Mapping[str, Any] | None) -> Event:
    if payload is not None:
        return event_from_json(payload)
    return ReceiptEvent(id=number, on=date.fromisoformat(on), amount=Fen(amount or 0))


def _paid_rows(position: Position, lines: Sequence[AllocationLine]) -> list[PaidRow]:
    """What lines paid, by the place of their row in the plan."""
    paid: dict[tuple[str, int, str], Counter[str]] = defaultdict(Counter)
    for line in lines:
        paid[line.kind, line.no, line.ref][line.component] += line.amount
    return [
        PaidRow(place, of["fee"], of["interest"], of["principal"], row.settled_on)
        for place, row in enumerate(position.rows, 1)
        if (of := paid.get((row.kind, row.no, row.ref)))
    ]
