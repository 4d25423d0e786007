"""Manual vouchers: made by one person, checked by another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from axle.accounting.controls import MANUAL
from axle.accounting.domain.rules import Posting
from axle.accounting.domain.words import CASH_ACCOUNTS
from axle.accounting.errors import CashItemMissing, SecondPersonNeeded, VoucherDateRefused
from axle.accounting.selectors.statements import cash_item_codes
from axle.accounting.services.voucher_attach import DocumentDraft, voucher_attach
from axle.accounting.services.vouchers_record import VoucherDraft, vouchers_record
from axle.ledger.public import CASH_ITEM, EntryDraft, LineDraft, PostedEntry, entry_post, first_period, period_of
from axle.platform.public import Actor, business_date, next_no


@dataclass(frozen=True)
class ManualVoucher:
    """A manual voucher as its maker wrote it."""

    legal_entity_id: int
    booked_on: date
    summary: str
    lines: Sequence[LineDraft]
    documents: Sequence[DocumentDraft] = ()


def voucher_create(*, actor: Actor, checker: Actor | None, draft: ManualVoucher) -> PostedEntry:
    """Post a manual voucher.

    Errors: SecondPersonNeeded without a checker, VoucherDateRefused, CashItemMissing, NotFound for a document,
    and those of the ledger: EntryUnbalanced, PeriodClosed, …
    """
    if checker is None:
        raise SecondPersonNeeded(command="voucher_create")
    _check_date(draft)
    _check_cash_items(draft)
    posted = entry_post(
        EntryDraft(
            legal_entity_id=draft.legal_entity_id,
            kind=MANUAL,
            event_no=next_no("MV", on=draft.booked_on),
            value_on=draft.booked_on,
            booked_on=draft.booked_on,
            summary=draft.summary,
            source_type="user",
            source_id=actor.user_id or 0,
            lines=draft.lines,
            maker_id=actor.user_id,
            checker_id=checker.user_id,
        )
    )
    postings = [Posting(line.account, line.debit, line.credit) for line in draft.lines]
    vouchers_record([VoucherDraft(posted, draft.legal_entity_id, postings)])
    voucher_attach(actor=actor, entry_no=posted.entry_no, documents=draft.documents)
    return posted


def _check_cash_items(draft: ManualVoucher) -> None:
    """A line on cash names an item of the cash-flow statement, no other line does; a transfer of cash needs none."""
    known = cash_item_codes(draft.booked_on)
    if all(line.account.split(".")[0] in CASH_ACCOUNTS and not line.dimensions.get(CASH_ITEM) for line in draft.lines):
        return
    for place, line in enumerate(draft.lines):
        item = line.dimensions.get(CASH_ITEM, "")
        is_cash = line.account.split(".")[0] in CASH_ACCOUNTS
        if is_cash != (item in known) or (item and item not in known):
            raise CashItemMissing(field=f"lines.{place}.cash_flow", account=line.account)


def _check_date(draft: ManualVoucher) -> None:
    first = first_period(draft.legal_entity_id) or period_of(draft.booked_on)
    if draft.booked_on > business_date() or period_of(draft.booked_on) < first:
        raise VoucherDateRefused(field="booked_on", on=draft.booked_on.isoformat())
