"""The rows of entries. Every business fact that moves money passes here, so each table takes one statement."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from axle.ledger.domain.drafts import EntryDraft
from axle.ledger.domain.periods import period_of
from axle.platform.public import next_nos, note_change

Key = tuple[str, str]
"""The identity of a fact: ``(event_no, kind)``."""

INSERT_ENTRIES = """
INSERT INTO ledger_journalentry (entry_no, legal_entity_id, kind, event_no, value_on, booked_on, period, summary,
    source_type, source_id, amount, is_red, reversal_of_id, maker_id, checker_id, posted_at)
SELECT entry.*, %s
FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::text[], %s::date[], %s::date[], %s::int[], %s::text[],
    %s::text[], %s::bigint[], %s::bigint[], %s::bool[], %s::bigint[], %s::bigint[], %s::bigint[]) AS entry
ON CONFLICT (event_no, kind) DO NOTHING RETURNING event_no, kind, id, entry_no
"""
INSERT_LINES = """
INSERT INTO ledger_entryline (entry_id, legal_entity_id, booked_on, line_no, account_id, debit, credit, summary,
    dimensions, loan_no, contract_no)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::date[], %s::smallint[], %s::bigint[], %s::bigint[], %s::bigint[],
    %s::text[], %s::jsonb[], %s::text[], %s::text[])
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
    with connection.cursor() as cursor:
        columns = zip(*_entry_rows(placed), strict=True)
        cursor.execute(INSERT_ENTRIES, [timezone.now(), *map(list, columns)])
        written = {(row[0], row[1]): WrittenEntry(row[2], row[3]) for row in cursor.fetchall()}
        if written:
            cursor.execute(INSERT_LINES, [list(column) for column in zip(*_line_rows(placed, written), strict=True)])
    _note(written)
    return written


def _note(written: Mapping[Key, WrittenEntry]) -> None:
    for (event_no, kind), entry in written.items():
        note_change(type="journalentry", id=entry.entry_no, after={"event_no": event_no, "kind": kind})


def _numbers(placed: Sequence[PlacedDraft]) -> list[str]:
    days: dict[date, int] = defaultdict(int)
    for entry in placed:
        days[entry.booked_on] += 1
    numbers = {day: iter(next_nos("JE", on=day, count=count)) for day, count in days.items()}
    return [next(numbers[entry.booked_on]) for entry in placed]


def _entry_rows(placed: Sequence[PlacedDraft]) -> Iterator[tuple[Any, ...]]:
    for entry, number in zip(placed, _numbers(placed), strict=True):
        draft = entry.draft
        yield (
            number,
            draft.legal_entity_id,
            draft.kind,
            draft.event_no,
            draft.value_on,
            entry.booked_on,
            period_of(entry.booked_on),
            draft.summary,
            draft.source_type,
            draft.source_id,
            draft.amount,
            draft.is_red,
            entry.reversal_of_id,
            draft.maker_id,
            draft.checker_id,
        )


def _line_rows(placed: Sequence[PlacedDraft], written: Mapping[Key, WrittenEntry]) -> Iterator[tuple[Any, ...]]:
    new = {entry.key: entry for entry in reversed(placed) if entry.key in written}  # of two alike, the first
    for key, entry in new.items():
        yield from _lines_of(entry, written[key].entry_id)


def _lines_of(entry: PlacedDraft, entry_id: int) -> Iterator[tuple[Any, ...]]:
    for line_no, line in enumerate(entry.draft.lines, start=1):
        yield (
            entry_id,
            entry.draft.legal_entity_id,
            entry.booked_on,
            line_no,
            entry.account_ids[line.account],
            line.debit,
            line.credit,
            line.summary,
            json.dumps(dict(line.dimensions), ensure_ascii=False),
            line.dimensions.get("loan_no", ""),
            line.dimensions.get("contract_no", ""),
        )
