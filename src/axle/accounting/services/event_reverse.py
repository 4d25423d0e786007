"""Take money events back."""

from collections.abc import Iterator, Mapping, Sequence

from axle.accounting.domain.rules import Posting
from axle.accounting.errors import OriginalDiffers, OriginalNotPosted
from axle.accounting.models import Voucher
from axle.accounting.selectors.rules import RuleBook, rule_book
from axle.accounting.services.events_post import event_draft, event_ruled
from axle.accounting.services.vouchers_record import VoucherDraft, vouchers_record
from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.ledger.public import (
    BookedEntry,
    EntryReversal,
    PostedEntry,
    entries_booked,
    entries_post,
    entries_reverse,
)


def events_reverse(events: Sequence[MoneyEvent]) -> int:
    """Post the red entries of the events that each ``reverses`` names; gives how many were not there before.

    Call inside a transaction: all are posted, or none. The originals' lines count, not today's rules. Amounts may be
    left out, else they are the original's.
    Errors: OriginalNotPosted, OriginalDiffers, EntryAlreadyReversed, and the ledger's.
    """
    originals = entries_booked({(event.reverses or "", event.kind) for event in events})
    told = _amounts_told(events, originals)
    reversals = []
    for event in events:
        original = originals.get((event.reverses or "", event.kind))
        if original is None:
            raise OriginalNotPosted(event_no=event.reverses, kind=event.kind)
        _same_amounts(event, told.get(original.entry_id, {}))
        reversals.append(_reversal(event, original))
    posted = entries_reverse(reversals)
    return vouchers_record(_vouchers(events, reversals, posted))


def event_parts_reverse(events: Sequence[MoneyEvent], book: RuleBook | None = None) -> int:
    """Post in red what was told as a part of a sum (``part_of``), by the rule of its value date; gives how many.

    Call inside a transaction: all are posted, or none. Errors: OriginalNotPosted, those of ``event_ruled`` and the
    ledger's.
    """
    sums = entries_booked({(event.part_of or "", event.kind) for event in events})
    for event in events:
        if (event.part_of, event.kind) not in sums:
            raise OriginalNotPosted(event_no=event.part_of, kind=event.kind)
    rules = book or rule_book({event.kind for event in events})
    ruled = [event_ruled(event, rules) for event in events]
    red = [[posting.in_red() for posting in fact.postings] for fact in ruled]
    drafts = [
        event_draft(fact, lines, summary="红冲 ", is_red=not fact.body.is_red)
        for fact, lines in zip(ruled, red, strict=True)
    ]
    posted = entries_post(drafts)
    return vouchers_record(
        VoucherDraft(entry, event.legal_entity_id, lines, amounts=event.amounts)
        for event, lines, entry in zip(events, red, posted, strict=True)
        if entry.is_new
    )


def _reversal(event: MoneyEvent, original: BookedEntry) -> EntryReversal:
    summary = f"红冲 {original.summary}"[:200]
    return EntryReversal(original, event.event_no, event.value_on, summary, event.source)


def _vouchers(
    events: Sequence[MoneyEvent], reversals: Sequence[EntryReversal], posted: Sequence[PostedEntry]
) -> Iterator[VoucherDraft]:
    for event, reversal, entry in zip(events, reversals, posted, strict=True):
        if entry.is_new:
            lines = [Posting(line.account, line.debit, line.credit) for line in reversal.original.lines]
            yield VoucherDraft(entry, event.legal_entity_id, lines, amounts=event.amounts)


def _amounts_told(
    events: Sequence[MoneyEvent], originals: Mapping[tuple[str, str], BookedEntry]
) -> dict[int, Mapping[str, Fen]]:
    """What the vouchers of the originals keep of their events, by entry."""
    rows = Voucher.objects.filter(entry_id__in=[original.entry_id for original in originals.values()])
    return dict(rows.values_list("entry_id", "amounts")) if any(event.amounts for event in events) else {}


def _same_amounts(event: MoneyEvent, told: Mapping[str, Fen]) -> None:
    given = {name: amount for name, amount in event.amounts.items() if amount}
    if given and given != {name: amount for name, amount in told.items() if amount}:
        raise OriginalDiffers(event_no=event.reverses, kind=event.kind)
