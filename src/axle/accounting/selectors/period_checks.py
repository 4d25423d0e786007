"""What must hold before a month is closed (结账检查)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max

from axle.accounting.controls import cash_compare, controls_compare
from axle.accounting.models import BankStart, Voucher
from axle.accounting.selectors.bank_items import bank_balances, starts_of
from axle.accounting.selectors.statements import statement_ties
from axle.accounting.services.profit_transfer import profit_balances
from axle.accounting.standard import account_of
from axle.kernel.money import yuan
from axle.ledger.public import account_balance, period_end, period_start, trial_balance
from axle.payments.public import BankAccountView, bank_account_get, closing_stated, reconciled_days
from axle.platform.public import pending_of


@dataclass(frozen=True)
class CloseCheck:
    """One check: ``detail`` says what was found, in figures. One that is not blocking only warns."""

    code: str
    is_ok: bool
    detail: str = ""
    is_blocking: bool = True


def period_checks(*, legal_entity_id: int, period: int, business_on: date) -> list[CloseCheck]:
    """All checks of a month in the order in which an accountant makes them."""
    return [
        CloseCheck("period_over", business_on > period_end(period), business_on.isoformat()),
        _trial_balance(legal_entity_id, period),
        _vouchers_numbered(legal_entity_id, period),
        _vouchers_reviewed(),
        *_controls(legal_entity_id),
        _cash(legal_entity_id),
        _bank_reconciled(legal_entity_id, period),
        *_bank_balances(legal_entity_id, period),
        _suspense(legal_entity_id, period),
        _profit_transferred(legal_entity_id, period),
        *_ties(legal_entity_id, period),
    ]


def _trial_balance(legal_entity_id: int, period: int) -> CloseCheck:
    rows = trial_balance(legal_entity_id=legal_entity_id, start_on=period_start(period), end_on=period_end(period))
    leaves = [row for row in rows if row.is_postable]
    debit, credit = sum(row.period_debit for row in leaves), sum(row.period_credit for row in leaves)
    closing = sum(row.closing_debit - row.closing_credit for row in leaves)
    return CloseCheck("trial_balance", debit == credit and closing == 0, f"{yuan(debit)} = {yuan(credit)}")


def _vouchers_numbered(legal_entity_id: int, period: int) -> CloseCheck:
    rows = Voucher.objects.filter(legal_entity_id=legal_entity_id, period=period)
    words = rows.order_by("word").values("word").annotate(count=Count("id"), last=Max("number"))
    is_ok = all(word["count"] == word["last"] for word in words)
    return CloseCheck(
        "vouchers_numbered",
        is_ok,
        ", ".join(f"{word['word']} {word['last'] or 0}/{word['count']}".strip() for word in words),
    )


def _vouchers_reviewed() -> CloseCheck:
    waiting = pending_of("voucher_create", "voucher_reverse")
    return CloseCheck("vouchers_reviewed", waiting == 0, str(waiting))


def _bank_reconciled(legal_entity_id: int, period: int) -> CloseCheck:
    days, breaks = reconciled_days(legal_entity_id, period_start(period), period_end(period))
    return CloseCheck("bank_reconciled", breaks == 0, f"{days} / {breaks}")


def _bank_balances(legal_entity_id: int, period: int) -> Iterator[CloseCheck]:
    """Each reconciled bank account ties to its statement, and what is in transit between them is told."""
    on = period_end(period)
    for start in starts_of(legal_entity_id):
        if start.start_on <= on:
            account = bank_account_get(start.bank_account_id)
            found = bank_balances(account, start, on)
            is_tied = found.book_adjusted == found.stated_adjusted
            told = f"{account.name} {yuan(found.book_adjusted)} = {yuan(found.stated_adjusted)}"
            yield CloseCheck("bank_balances", is_tied, told)
            transit = (found.received_not_booked, found.paid_not_booked)
            told = f"{account.name} {' / '.join(yuan(amount) for amount in transit)}"
            yield CloseCheck("bank_not_booked", not any(transit), told, is_blocking=False)
            yield from _closing_told(account, start, on)


def _closing_told(account: BankAccountView, start: BankStart, until: date) -> Iterator[CloseCheck]:
    """What the lines of the statement come to is the balance that the bank itself told last."""
    told = closing_stated(account.id, until)
    if told and told[0] >= start.start_on:
        on, closing = told
        stated = bank_balances(account, start, on).stated
        detail = f"{account.name} {on.isoformat()} {yuan(stated)} = {yuan(closing)}"
        yield CloseCheck("bank_closing", stated == closing, detail, is_blocking=False)


def _suspense(legal_entity_id: int, period: int) -> CloseCheck:
    net = account_balance(legal_entity_id=legal_entity_id, codes=(account_of("suspense"),), on=period_end(period))
    return CloseCheck("suspense_empty", net == 0, yuan(-net), is_blocking=False)


def _profit_transferred(legal_entity_id: int, period: int) -> CloseCheck:
    left = profit_balances(legal_entity_id, period_end(period))
    told = ", ".join(f"{code} {yuan(net)}" for code, net in left.items())
    return CloseCheck("profit_transferred", not left, told[:200])


def _ties(legal_entity_id: int, period: int) -> list[CloseCheck]:
    return [
        CloseCheck(tie.code, tie.is_tied, f"{yuan(tie.left)} = {yuan(tie.right)}")
        for tie in statement_ties(legal_entity_id=legal_entity_id, period=period)
    ]


def _controls(legal_entity_id: int) -> list[CloseCheck]:
    return [
        CloseCheck(
            f"control_{result.name}",
            result.is_tied,
            f"{yuan(result.general_ledger)} = {yuan(result.sub_ledger)}",
        )
        for result in controls_compare(legal_entity_id)
    ]


def _cash(legal_entity_id: int) -> CloseCheck:
    results = cash_compare(legal_entity_id)
    detail = ", ".join(f"{yuan(result.general_ledger)} = {yuan(result.received_less_paid)}" for result in results)
    return CloseCheck("control_cash_in_bank", all(result.is_tied for result in results), detail)
