"""Take a money event back."""

from axle.accounting.domain.rules import Posting
from axle.accounting.errors import OriginalDiffers, OriginalNotPosted
from axle.accounting.models import Voucher
from axle.accounting.selectors.rules import rule_book
from axle.accounting.services.events_post import event_draft, event_ruled
from axle.accounting.services.vouchers_record import VoucherDraft, vouchers_record
from axle.ledger.events import MoneyEvent
from axle.ledger.public import entries_post, entry_get, entry_of_event, entry_reverse


def event_reverse(event: MoneyEvent) -> int:
    """Post the red entry of the event that ``event.reverses`` names; gives 1, or 0 when it was there before.

    The original's lines count, not today's rules. Amounts may be left out, else they are the original's. What was
    told as a part of a sum (``part_of``) is posted in red by the rule of its value date.
    Errors: OriginalNotPosted, OriginalDiffers, EntryAlreadyReversed, and the ledger's.
    """
    return _part_reverse(event) if event.part_of else _whole_reverse(event)


def _part_reverse(event: MoneyEvent) -> int:
    if entry_of_event(event_no=event.part_of or "", kind=event.kind) is None:
        raise OriginalNotPosted(event_no=event.part_of, kind=event.kind)
    fact = event_ruled(event, rule_book({event.kind}))
    red = [posting.in_red() for posting in fact.postings]
    (posted,) = entries_post([event_draft(fact, red, summary="红冲 ", is_red=not fact.body.is_red)])
    if not posted.is_new:
        return 0
    return vouchers_record([VoucherDraft(posted, event.legal_entity_id, red, amounts=event.amounts)])


def _whole_reverse(event: MoneyEvent) -> int:
    original = entry_of_event(event_no=event.reverses or "", kind=event.kind)
    if original is None:
        raise OriginalNotPosted(event_no=event.reverses, kind=event.kind)
    _same_amounts(event, Voucher.objects.get(entry_id=original.entry_id))
    view = entry_get(original.entry_no)
    posted = entry_reverse(
        entry_no=original.entry_no,
        event_no=event.event_no,
        value_on=event.value_on,
        summary=f"红冲 {view.summary}"[:200],
        source=event.source,
    )
    if not posted.is_new:
        return 0
    lines = [Posting(line.account, line.debit, line.credit) for line in view.lines]
    return vouchers_record([VoucherDraft(posted, event.legal_entity_id, lines, amounts=event.amounts)])


def _same_amounts(event: MoneyEvent, original: Voucher) -> None:
    given = {name: amount for name, amount in event.amounts.items() if amount}
    if given and given != {name: amount for name, amount in original.amounts.items() if amount}:
        raise OriginalDiffers(event_no=event.reverses, kind=event.kind)
