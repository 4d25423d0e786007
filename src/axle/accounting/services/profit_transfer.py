"""Transfer of profit and loss (损益结转), at the year's end on to the distribution of profit."""

from collections.abc import Mapping
from datetime import date

from axle.accounting.domain.rules import Posting
from axle.accounting.errors import NothingToTransfer
from axle.accounting.services.vouchers_record import VoucherDraft, vouchers_record
from axle.accounting.standard import account_of
from axle.kernel.money import Fen
from axle.ledger.public import (
    EntryDraft,
    LineDraft,
    PostedEntry,
    accounts,
    entries_journal,
    entry_get,
    entry_post,
    entry_reverse,
    period_end,
    turnover,
)
from axle.platform.public import Actor, Subject

TRANSFERRED, DISTRIBUTED = "profit_transferred", "profit_distributed"
DECEMBER = 12


def profit_transfer(
    *, actor: Actor, checker: Actor | None = None, legal_entity_id: int, period: int
) -> list[PostedEntry]:
    """Bring the balances of income and expense accounts at a month's end to the profit of the year.

    In December the profit of the year then goes to its distribution. What is booked in the month afterwards is
    transferred by doing it again. Errors: NothingToTransfer, PeriodClosed.
    """
    last = period_end(period)
    posted = []
    if lines := _transfer_lines(profit_balances(legal_entity_id, last)):
        posted.append(_post(TRANSFERRED, f"结转本期损益 {period}", lines, actor, checker, legal_entity_id, last))
    if period % 100 == DECEMBER and (profit := _balance(legal_entity_id, account_of("year_profit"), last)):
        lines = _from_to(account_of("year_profit"), account_of("profit_distribution"), profit)
        posted.append(_post(DISTRIBUTED, f"结转本年利润 {period // 100}", lines, actor, checker, legal_entity_id, last))
    if not posted:
        raise NothingToTransfer(period=period)
    return posted


def profit_transfer_reverse(*, actor: Actor, checker: Actor, legal_entity_id: int, period: int) -> int:
    """Take the transfers of an open month back in red, the last one first; gives how many."""
    rows = entries_journal().filter(
        legal_entity_id=legal_entity_id, period=period, kind__in=(TRANSFERRED, DISTRIBUTED),
        reversal_of=None, reversed_by=None,
    )  # fmt: skip
    numbers = list(rows.order_by("-pk").values_list("entry_no", flat=True))
    for number in numbers:
        _reverse(number, actor, checker, legal_entity_id, period_end(period))
    return len(numbers)


def profit_balances(legal_entity_id: int, on: date) -> dict[str, Fen]:
    """Debits less credits of every income and expense account that has a balance at the end of a day, by code."""
    closed = {a.code for a in accounts(legal_entity_id) if a.category in {"income", "expense"}}
    moved = turnover(legal_entity_id=legal_entity_id, first=None, last=on)
    nets = {code: Fen(at.debit - at.credit) for code, at in moved.items() if code in closed}
    return {code: net for code, net in sorted(nets.items()) if net}


def _transfer_lines(balances: Mapping[str, Fen]) -> list[LineDraft]:
    """Each account against its balance; gains and losses reach the profit of the year on their own sides."""
    lines = [
        LineDraft(code, credit=net) if net > 0 else LineDraft(code, debit=Fen(-net)) for code, net in balances.items()
    ]
    gains, losses = -sum(net for net in balances.values() if net < 0), sum(net for net in balances.values() if net > 0)
    profit = account_of("year_profit")
    return [
        *lines,
        *([LineDraft(profit, credit=Fen(gains))] if gains else []),
        *([LineDraft(profit, debit=Fen(losses))] if losses else []),
    ]


def _from_to(source: str, target: str, amount: int) -> list[LineDraft]:
    """A credit balance moved on; a debit balance moves the other way."""
    if amount > 0:
        return [LineDraft(source, debit=Fen(amount)), LineDraft(target, credit=Fen(amount))]
    return [LineDraft(target, debit=Fen(-amount)), LineDraft(source, credit=Fen(-amount))]


def _balance(legal_entity_id: int, code: str, on: date) -> int:
    """Credits less debits of one account."""
    at = turnover(legal_entity_id=legal_entity_id, first=None, last=on).get(code)
    return at.credit - at.debit if at else 0


def _post(
    kind: str,
    summary: str,
    lines: list[LineDraft],
    actor: Actor,
    checker: Actor | None,
    legal_entity_id: int,
    on: date,
) -> PostedEntry:
    earlier = entries_journal().filter(legal_entity_id=legal_entity_id, kind=kind, booked_on=on).count()
    posted = entry_post(
        EntryDraft(
            legal_entity_id=legal_entity_id,
            kind=kind,
            event_no=f"{kind}/{legal_entity_id}/{on:%Y%m%d}/{earlier + 1}",
            value_on=on,
            booked_on=on,
            summary=summary,
            source_type="period",
            source_id=int(f"{on:%Y%m}"),
            lines=lines,
            maker_id=actor.user_id,
            checker_id=checker.user_id if checker else None,
        )
    )
    postings = [Posting(line.account, line.debit, line.credit) for line in lines]
    vouchers_record([VoucherDraft(posted, legal_entity_id, postings)])
    return posted


def _reverse(entry_no: str, actor: Actor, checker: Actor, legal_entity_id: int, on: date) -> None:
    original = entry_get(entry_no)
    posted = entry_reverse(
        entry_no=entry_no,
        event_no=f"{original.event_no}R",
        value_on=on,
        summary=f"红冲 {original.summary}"[:200],
        source=Subject("period", int(f"{on:%Y%m}")),
        maker_id=actor.user_id,
        checker_id=checker.user_id,
    )
    postings = [Posting(line.account, line.debit, line.credit) for line in original.lines]
    vouchers_record([VoucherDraft(posted, legal_entity_id, postings)])
