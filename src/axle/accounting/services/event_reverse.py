"""Take a money event back."""

from axle.accounting.domain.rules import Posting
from axle.accounting.errors import OriginalDiffers, OriginalNotPosted
from axle.accounting.models import Voucher
from axle.accounting.services.vouchers_record import VoucherDraft, vouchers_record
from axle.ledger.events import MoneyEvent
from axle.ledger.public import entry_get, entry_of_event, entry_reverse


def event_reverse(event: MoneyEvent) -> int:
    """Post the red entry of the event that ``event.reverses`` names; gives 1, or 0 when it was there before.

    The original's lines count, not today's rules. Amounts may be left out, else they are the original's.
    Errors: OriginalNotPosted, OriginalDiffers, EntryAlreadyReversed, and the ledger's.
    """
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
