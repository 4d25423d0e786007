"""Give entries their vouchers."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from axle.accounting.domain.rules import Posting
from axle.accounting.domain.words import cash_flow
from axle.kernel.money import Fen
from axle.ledger.public import PostedEntry, period_of

INSERT = """
INSERT INTO accounting_voucher (entry_id, legal_entity_id, period, flow, word, rule_id, amounts, attachments)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::int[], %s::text[], %s::text[], %s::bigint[], %s::jsonb[],
    %s::smallint[])
"""


@dataclass(frozen=True)
class VoucherDraft:
    """A new entry with what its voucher keeps of the event behind it."""

    entry: PostedEntry
    legal_entity_id: int
    postings: Sequence[Posting]
    rule_id: int | None = None
    amounts: Mapping[str, Fen] = field(default_factory=dict)
    attachments: int = 0


def vouchers_record(drafts: Iterable[VoucherDraft]) -> int:
    """Record the vouchers of new entries; gives how many. Numbers follow later, so that posters never wait.

    One statement, because every business fact that moves money passes here; the log has the entries.
    """
    columns = [list(column) for column in zip(*_rows(drafts), strict=True)]
    if not columns:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(INSERT, columns)
        return int(cursor.rowcount)


def _rows(drafts: Iterable[VoucherDraft]) -> Iterator[tuple[Any, ...]]:
    for draft in drafts:
        yield (
            draft.entry.entry_id,
            draft.legal_entity_id,
            period_of(draft.entry.booked_on),
            cash_flow(draft.postings),
            "",
            draft.rule_id,
            json.dumps(dict(draft.amounts)),
            draft.attachments,
        )
