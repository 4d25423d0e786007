"""Take entries back in red (红冲)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from axle.ledger.domain.drafts import EntryDraft, red_lines
from axle.ledger.errors import EntryAlreadyReversed
from axle.ledger.selectors.entries import BookedEntry, entry_booked
from axle.ledger.services.entries_post import PostedEntry, entries_post
from axle.platform.public import Subject


@dataclass(frozen=True)
class EntryReversal:
    """An entry to take back: the event that does it, when that counts, what it says and is about."""

    original: BookedEntry
    event_no: str
    value_on: date
    summary: str
    source: Subject
    maker_id: int | None = None
    checker_id: int | None = None


def entries_reverse(reversals: Sequence[EntryReversal]) -> list[PostedEntry]:
    """Post the same lines with the opposite sign; repeating the same ``event_no`` gives the same red entry.

    Call inside a transaction: all are posted, or none. Dates: booked on the value date, or on the first open day when
    that month is closed.
    Errors: EntryAlreadyReversed (also for an entry that is itself a reversal), and those of ``entries_post``.
    """
    new = [one for one in reversals if _repeated(one) is None]
    posted = iter(entries_post([_red(one) for one in new]))
    return [_repeated(one) or next(posted) for one in reversals]


def entry_reverse(
    *,
    entry_no: str,
    event_no: str,
    value_on: date,
    summary: str,
    source: Subject,
    maker_id: int | None = None,
    checker_id: int | None = None,
) -> PostedEntry:
    """Take one entry back; see ``entries_reverse``. Errors: EntryUnknown, too."""
    original = entry_booked(entry_no)
    return entries_reverse([EntryReversal(original, event_no, value_on, summary, source, maker_id, checker_id)])[0]


def _repeated(one: EntryReversal) -> PostedEntry | None:
    """The red entry that is there, if the same event made it. Errors: EntryAlreadyReversed."""
    original = one.original
    if original.red is not None and original.red.event_no == one.event_no:
        return PostedEntry(original.red.entry_id, original.red.entry_no, original.red.booked_on, is_new=False)
    if original.red is not None or original.is_reversal:
        raise EntryAlreadyReversed(entry_no=original.entry_no)
    return None


def _red(one: EntryReversal) -> EntryDraft:
    original = one.original
    return EntryDraft(
        legal_entity_id=original.legal_entity_id,
        kind=original.kind,
        event_no=one.event_no,
        value_on=one.value_on,
        summary=one.summary,
        source_type=one.source.type,
        source_id=one.source.id,
        lines=red_lines(original.lines),
        is_red=not original.is_red,
        maker_id=one.maker_id,
        checker_id=one.checker_id,
        reversal_of=original.entry_no,
    )
