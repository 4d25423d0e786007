"""Reads of entries."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from axle.kernel.money import Fen
from axle.ledger.domain.drafts import LineDraft
from axle.ledger.errors import EntryUnknown
from axle.ledger.models import EntryLine, JournalEntry


def posted_entry(*, event_no: str, kind: str) -> JournalEntry | None:
    """The entry of a fact, if it has been posted."""
    return JournalEntry.objects.filter(event_no=event_no, kind=kind).first()


def entry_numbered(entry_no: str) -> JournalEntry:
    """Errors: EntryUnknown."""
    entry = JournalEntry.objects.filter(entry_no=entry_no).first()
    if entry is None:
        raise EntryUnknown(entry_no=entry_no)
    return entry


@dataclass(frozen=True)
class RedEntry:
    """The entry that took another back."""

    entry_id: int
    entry_no: str
    booked_on: date
    event_no: str


@dataclass(frozen=True)
class BookedEntry:
    """An entry as it stands in the books, with what took it back."""

    entry_id: int
    entry_no: str
    legal_entity_id: int
    kind: str
    event_no: str
    summary: str
    is_red: bool
    is_reversal: bool
    red: RedEntry | None
    lines: tuple[LineDraft, ...]


def entry_booked(entry_no: str) -> BookedEntry:
    """Errors: EntryUnknown."""
    for entry in _booked(JournalEntry.objects.filter(entry_no=entry_no)):
        return entry
    raise EntryUnknown(entry_no=entry_no)


def entries_booked(facts: Collection[tuple[str, str]]) -> dict[tuple[str, str], BookedEntry]:
    """The entries of facts, by event number and kind, if they have one; in as few queries as for one."""
    events, kinds = zip(*facts, strict=True) if facts else ((), ())
    rows = JournalEntry.objects.filter(event_no__in=set(events), kind__in=set(kinds))
    return {(entry.event_no, entry.kind): entry for entry in _booked(rows) if (entry.event_no, entry.kind) in facts}


_OWN = ("pk", "entry_no", "legal_entity_id", "kind", "event_no", "summary", "is_red")
_RED = ("reversed_by__pk", "reversed_by__entry_no", "reversed_by__booked_on", "reversed_by__event_no")


def _booked(rows: QuerySet[JournalEntry]) -> Iterator[BookedEntry]:
    found = list(rows.values_list(*_OWN, "reversal_of_id", *_RED))
    lines = _lines_of([row[0] for row in found])
    for entry_id, no, entity, kind, event_no, summary, is_red, reversal_of, *red in found:
        is_reversal, taken_back = reversal_of is not None, RedEntry(*red) if red[0] else None
        own = tuple(lines[entry_id])
        yield BookedEntry(entry_id, no, entity, kind, event_no, summary, is_red, is_reversal, taken_back, own)


def _lines_of(entry_ids: Sequence[int]) -> Mapping[int, list[LineDraft]]:
    lines: dict[int, list[LineDraft]] = defaultdict(list)
    rows = EntryLine.objects.filter(entry_id__in=entry_ids).order_by("entry_id", "line_no")
    for entry_id, account, debit, credit, summary, dimensions in rows.values_list(
        "entry_id", "account__code", "debit", "credit", "summary", "dimensions"
    ):
        lines[entry_id].append(LineDraft(account, Fen(debit), Fen(credit), summary, dimensions))
    return lines


def lines_listed() -> QuerySet[EntryLine]:
    """All lines with what a list shows of their entry and account."""
    return EntryLine.objects.select_related("entry", "account", "legal_entity")
