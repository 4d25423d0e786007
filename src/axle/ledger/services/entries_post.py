"""Post entries, each fact once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from axle.ledger.domain.drafts import EntryDraft, draft_check
from axle.ledger.domain.periods import period_of
from axle.ledger.errors import EntryAlreadyReversed, EntryUnknown, EventNoReused, PeriodClosed
from axle.ledger.models import JournalEntry
from axle.ledger.selectors.chart import Books, books_of
from axle.ledger.selectors.entries import posted_entry
from axle.ledger.selectors.periods import first_open_day
from axle.ledger.services.entries_write import PlacedDraft, entries_write


@dataclass(frozen=True)
class PostedEntry:
    """An entry that stands in the books; ``is_new`` unless an earlier posting of the same fact wrote it."""

    entry_id: int
    entry_no: str
    booked_on: date
    is_new: bool


def entry_post(draft: EntryDraft) -> PostedEntry:
    """Post one entry; see ``entries_post``."""
    return entries_post([draft])[0]


def entries_post(drafts: Sequence[EntryDraft]) -> list[PostedEntry]:
    """Write balanced entries; the same ``(event_no, kind)`` again gives the entry that is there.

    Call inside a transaction: all are posted, or none. Errors: EntryUnbalanced, EntryNeedsTwoLines,
    LineNotOneSided, LineSignRefused, AccountUnknown, AccountNotPostable, PeriodClosed, EntryAlreadyReversed,
    and EventNoReused when a repeated fact has other lines.
    """
    for draft in drafts:
        draft_check(draft)
    entities = {draft.legal_entity_id for draft in drafts}
    books = {entity: _books(entity, drafts) for entity in entities}
    originals = _original_ids([draft.reversal_of for draft in drafts if draft.reversal_of])
    placed = [_placed(draft, books[draft.legal_entity_id], originals) for draft in drafts]
    written = entries_write([entry for entry in placed if _is_open(entry, books)])
    results = []
    for entry in placed:
        new = written.pop(entry.key, None)
        results.append(PostedEntry(new.entry_id, new.entry_no, entry.booked_on, True) if new else _repeated(entry))
    return results


def posted(entry: JournalEntry) -> PostedEntry:
    """An entry that was there before."""
    return PostedEntry(entry.pk, entry.entry_no, entry.booked_on, is_new=False)


def _books(legal_entity_id: int, drafts: Iterable[EntryDraft]) -> Books:
    own = (draft for draft in drafts if draft.legal_entity_id == legal_entity_id)
    return books_of(legal_entity_id, {line.account for draft in own for line in draft.lines})


def _placed(draft: EntryDraft, books: Books, originals: Mapping[str, int]) -> PlacedDraft:
    booked_on = draft.booked_on or first_open_day(draft.value_on, closed=books.closed)
    return PlacedDraft(draft, booked_on, books.account_ids, originals[draft.reversal_of] if draft.reversal_of else None)


def _is_open(entry: PlacedDraft, books: Mapping[int, Books]) -> bool:
    return period_of(entry.booked_on) > books[entry.draft.legal_entity_id].closed


def _original_ids(numbers: Sequence[str]) -> dict[str, int]:
    """The keys of entries to reverse, by number. Errors: EntryUnknown, EntryAlreadyReversed."""
    if not numbers:
        return {}
    rows = JournalEntry.objects.filter(entry_no__in=numbers)
    found = {row[0]: row for row in rows.values_list("entry_no", "pk", "reversal_of", "reversed_by")}
    for number in numbers:
        if number not in found:
            raise EntryUnknown(entry_no=number)
        if found[number][2] or found[number][3]:
            raise EntryAlreadyReversed(entry_no=number)
    return {number: row[1] for number, row in found.items()}


def _repeated(entry: PlacedDraft) -> PostedEntry:
    draft = entry.draft
    earlier = posted_entry(event_no=draft.event_no, kind=draft.kind)
    if earlier is None:
        raise PeriodClosed(period=period_of(entry.booked_on))
    rows = earlier.lines.order_by("line_no").values_list("account__code", "debit", "credit")
    wanted = [(line.account, line.debit, line.credit) for line in draft.lines]
    if list(rows) != wanted or earlier.legal_entity_id != draft.legal_entity_id:
        raise EventNoReused(event_no=draft.event_no, kind=draft.kind)
    return posted(earlier)
