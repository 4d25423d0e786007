"""The rows of entries. Every business fact that moves money passes here, so each table takes one statement."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from axle.ledger.domain.drafts import EntryDraft
from axle.ledger.domain.periods import period_of
from axle.platform.public import NEXT_NO, note_change, prepared_cursor

_NOTED_ONE_BY_ONE = 100
Key = tuple[str, str]
"""The identity of a fact: ``(event_no, kind)``."""

INSERT = f"""
WITH entries AS (
    INSERT INTO ledger_journalentry (entry_no, legal_entity_id, kind, event_no, value_on, booked_on, period, summary,
        source_type, source_id, amount, is_red, reversal_of_id, maker_id, checker_id, posted_at)
    SELECT {NEXT_NO}, entry.*, %s::timestamptz FROM jsonb_to_recordset(%s::jsonb) AS entry(legal_entity_id bigint,
        kind text, event_no text, value_on date, booked_on date, period int, summary text, source_type text,
        source_id bigint, amount bigint, is_red bool, reversal_of_id bigint, maker_id bigint, checker_id bigint)
    ON CONFLICT (event_no, kind) DO NOTHING
    RETURNING event_no, kind, id, entry_no, legal_entity_id, booked_on
), lines AS (
    INSERT INTO ledger_entryline (entry_id, legal_entity_id, booked_on, line_no, account_id, debit, credit, summary,
        dimensions, loan_no, contract_no)
    SELECT entries.id, entries.legal_entity_id, entries.booked_on, line.line_no, line.account_id, line.debit,
        line.credit, line.summary, line.dimensions, line.loan_no, line.contract_no
    FROM jsonb_to_recordset(%s::jsonb) AS line(event_no text, kind text, line_no smallint, account_id bigint,
        debit bigint, credit bigint, summary text, dimensions jsonb, loan_no text, contract_no text)
    JOIN entries USING (event_no, kind) ORDER BY entries.id, line.line_no
)
SELECT event_no, kind, id, entry_no FROM entries
"""


@dataclass(frozen=True)
class PlacedDraft:
    """A checked draft with what the books add to it: its day, the keys of its accounts, the entry it reverses."""

    draft: EntryDraft
    booked_on: date
    account_ids: Mapping[str, int]
    reversal_of_id: int | None

    @property
    def key(self) -> Key:
        return self.draft.event_no, self.draft.kind


@dataclass(frozen=True)
class WrittenEntry:
    """The key and number of a new entry."""

    entry_id: int
    entry_no: str


def entries_write(placed: Sequence[PlacedDraft]) -> dict[Key, WrittenEntry]:
    """Insert entries with their lines; facts that have an entry already, even of this very moment, are left out."""
    if not placed:
        return {}
    with prepared_cursor() as cursor:
        said = ["JE", timezone.localdate(), timezone.now(), _json(_entry_rows(placed)), _json(_line_rows(placed))]
        cursor.execute(INSERT, said)
        written = {(row[0], row[1]): WrittenEntry(row[2], row[3]) for row in cursor.fetchall()}
    _note(written)
    return written


def _json(rows: Iterator[dict[str, Any]]) -> str:
    return json.dumps(list(rows), ensure_ascii=False, default=date.isoformat)


def _note(written: Mapping[Key, WrittenEntry]) -> None:
    if len(written) > _NOTED_ONE_BY_ONE:
        note_change(type="journalentry", id="import", after={"entries": len(written)})
        return
    for (event_no, kind), entry in written.items():
        note_change(type="journalentry", id=entry.entry_no, after={"event_no": event_no, "kind": kind})


def _entry_rows(placed: Sequence[PlacedDraft]) -> Iterator[dict[str, Any]]:
    for entry in placed:
        draft = entry.draft
        yield {
            "legal_entity_id": draft.legal_entity_id,
            "kind": draft.kind,
            "event_no": draft.event_no,
            "value_on": draft.value_on,
            "booked_on": entry.booked_on,
            "period": period_of(entry.booked_on),
            "summary": draft.summary,
            "source_type": draft.source_type,
            "source_id": draft.source_id,
            "amount": draft.amount,
            "is_red": draft.is_red,
            "reversal_of_id": entry.reversal_of_id,
            "maker_id": draft.maker_id,
            "checker_id": draft.checker_id,
        }


def _line_rows(placed: Sequence[PlacedDraft]) -> Iterator[dict[str, Any]]:
    for entry in {entry.key: entry for entry in reversed(placed)}.values():  # of two alike, the first
        yield from _lines_of(entry)


def _lines_of(entry: PlacedDraft) -> Iterator[dict[str, Any]]:
    for line_no, line in enumerate(entry.draft.lines, start=1):
        yield {
            "event_no": entry.draft.event_no,
            "kind": entry.draft.kind,
            "line_no": line_no,
            "account_id": entry.account_ids[line.account],
            "debit": line.debit,
            "credit": line.credit,
            "summary": line.summary,
            "dimensions": dict(line.dimensions),
            "loan_no": line.dimensions.get("loan_no", ""),
            "contract_no": line.dimensions.get("contract_no", ""),
        }
