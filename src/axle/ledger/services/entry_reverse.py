"""Take an entry back in red (红冲)."""

from datetime import date

from axle.ledger.domain.drafts import EntryDraft, red_lines
from axle.ledger.errors import EntryAlreadyReversed
from axle.ledger.selectors.entries import entry_numbered, entry_reversing, line_drafts
from axle.ledger.services.entries_post import PostedEntry, entry_post, posted
from axle.platform.public import Subject


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
    """Post the same lines with the opposite sign; repeating the same ``event_no`` gives the same red entry.

    Dates: booked on the value date, or on the first open day when that month is closed.
    Errors: EntryUnknown, EntryAlreadyReversed (also for an entry that is itself a reversal).
    """
    original = entry_numbered(entry_no)
    existing = entry_reversing(original)
    if existing is not None and (existing.event_no, existing.kind) == (event_no, original.kind):
        return posted(existing)
    if existing is not None or original.reversal_of_id is not None:
        raise EntryAlreadyReversed(entry_no=entry_no)
    return entry_post(
        EntryDraft(
            legal_entity_id=original.legal_entity_id,
            kind=original.kind,
            event_no=event_no,
            value_on=value_on,
            summary=summary,
            source_type=source.type,
            source_id=source.id,
            lines=red_lines(line_drafts(original)),
            is_red=not original.is_red,
            maker_id=maker_id,
            checker_id=checker_id,
            reversal_of=original.entry_no,
        )
    )
