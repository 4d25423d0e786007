"""Take a manual voucher back in red."""

from datetime import date

from axle.accounting.controls import MANUAL
from axle.accounting.domain.rules import Posting
from axle.accounting.errors import SecondPersonNeeded, VoucherHasBusinessEvent
from axle.accounting.services.vouchers_record import VoucherDraft, vouchers_record
from axle.ledger.public import PostedEntry, entry_get, entry_reverse
from axle.platform.public import Actor, Subject, next_no


def voucher_reverse(*, actor: Actor, checker: Actor | None, entry_no: str, on: date, reason: str) -> PostedEntry:
    """Post the red voucher of a manual one (红字冲销), in the month of ``on`` or the first open one after it.

    Errors: SecondPersonNeeded, VoucherHasBusinessEvent, EntryUnknown, EntryAlreadyReversed.
    """
    original = entry_get(entry_no)
    if original.kind != MANUAL:
        raise VoucherHasBusinessEvent(entry_no=entry_no, source=original.source.type)
    if checker is None:
        raise SecondPersonNeeded(command="voucher_reverse")
    posted = entry_reverse(
        entry_no=entry_no,
        event_no=next_no("MV", on=on),
        value_on=on,
        summary=f"红冲 {entry_no} {reason}"[:200],
        source=Subject("user", actor.user_id or 0),
        maker_id=actor.user_id,
        checker_id=checker.user_id,
    )
    postings = [Posting(line.account, line.debit, line.credit) for line in original.lines]
    vouchers_record([VoucherDraft(posted, original.legal_entity_id, postings)])
    return posted
