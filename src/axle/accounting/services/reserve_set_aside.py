"""Setting aside of the statutory reserve from the profit of a year (提取法定盈余公积)."""

from axle.accounting.domain.rules import Posting
from axle.accounting.errors import NothingToTransfer, SecondPersonNeeded
from axle.accounting.parameters import statutory_reserve_rate
from axle.accounting.selectors.statements import statement_rows
from axle.accounting.services.vouchers_record import VoucherDraft, vouchers_record
from axle.accounting.standard import account_of
from axle.kernel.money import Fen
from axle.kernel.rounding import round_fen
from axle.ledger.public import EntryDraft, LineDraft, PostedEntry, entry_post, period_end
from axle.platform.public import Actor


def reserve_set_aside(*, actor: Actor, checker: Actor | None, legal_entity_id: int, year: int) -> PostedEntry:
    """Post the share of a year's net profit that the law keeps in the company, on the last day of the year.

    Money: rounded half up to the fen once. Errors: SecondPersonNeeded, NothingToTransfer for a year of loss,
    EventNoReused when it was done with another amount, PeriodClosed.
    Source: REG-COMPANY-210.
    """
    if checker is None:
        raise SecondPersonNeeded(command="reserve_set_aside")
    period = year * 100 + 12
    on = period_end(period)
    rows = {row.key: row for row in statement_rows("income_statement", legal_entity_id=legal_entity_id, period=period)}
    rate = statutory_reserve_rate(on=on, legal_entity_id=legal_entity_id)
    amount = round_fen(max(rows["net_profit"].beside, Fen(0)) * rate)
    if not amount:
        raise NothingToTransfer(period=period)
    lines = [
        LineDraft(account_of("profit_distribution"), debit=amount),
        LineDraft(account_of("surplus_reserve"), credit=amount),
    ]
    posted = entry_post(
        EntryDraft(
            legal_entity_id=legal_entity_id,
            kind="reserve_set_aside",
            event_no=f"reserve_set_aside/{legal_entity_id}/{year}",
            value_on=on,
            booked_on=on,
            summary=f"提取法定盈余公积 {year}",
            source_type="period",
            source_id=period,
            lines=lines,
            maker_id=actor.user_id,
            checker_id=checker.user_id,
        )
    )
    if posted.is_new:
        postings = [Posting(line.account, line.debit, line.credit) for line in lines]
        vouchers_record([VoucherDraft(posted, legal_entity_id, postings)])
    return posted
