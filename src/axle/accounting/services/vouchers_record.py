"""Give entries their vouchers."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from axle.accounting.domain.rules import Posting
from axle.accounting.domain.words import cash_flow
from axle.kernel.money import Fen
from axle.ledger.public import PostedEntry, period_of
from axle.platform.public import prepared_cursor

INSERT = """
INSERT INTO accounting_voucher (entry_id, legal_entity_id, period, flow, word, rule_id, amounts)
SELECT * FROM jsonb_to_recordset(%s::jsonb) AS voucher(entry_id bigint, legal_entity_id bigint, period int, flow text,
    word text, rule_id bigint, amounts jsonb)
"""


@dataclass(frozen=True)
class VoucherDraft:
    """A new entry with what its voucher keeps of the event behind it."""

    entry: PostedEntry
    legal_entity_id: int
    postings: Sequence[Posting]
    rule_id: int | None = None
    amounts: Mapping[str, Fen] = field(default_factory=dict)


def vouchers_record(drafts: Iterable[VoucherDraft]) -> int:
    """Record the vouchers of new entries; gives how many. Numbers follow later, so that posters never wait.

    One statement, because every business fact that moves money passes here; the log has the entries.
    """
    rows = list(_rows(drafts))
    if rows:
        with prepared_cursor() as cursor:
            cursor.execute(INSERT, [json.dumps(rows)])
    return len(rows)


def _rows(drafts: Iterable[VoucherDraft]) -> Iterator[dict[str, Any]]:
    for draft in drafts:
        yield {
            "entry_id": draft.entry.entry_id,
            "legal_entity_id": draft.legal_entity_id,
            "period": period_of(draft.entry.booked_on),
            "flow": cash_flow(draft.postings),
            "word": "",
            "rule_id": draft.rule_id,
            "amounts": dict(draft.amounts),
        }
