"""Reads of entries."""

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


def entry_reversing(entry: JournalEntry) -> JournalEntry | None:
    """The red entry that took this one back."""
    return JournalEntry.objects.filter(reversal_of=entry).first()


def line_drafts(entry: JournalEntry) -> list[LineDraft]:
    """The lines of an entry as drafts, in their order."""
    rows = entry.lines.select_related("account").order_by("line_no")
    return [LineDraft(row.account.code, Fen(row.debit), Fen(row.credit), row.summary, row.dimensions) for row in rows]


def lines_listed() -> QuerySet[EntryLine]:
    """All lines with what a list shows of their entry and account."""
    return EntryLine.objects.select_related("entry", "account", "legal_entity")
