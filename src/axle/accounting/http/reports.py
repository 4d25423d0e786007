"""Trial balance and account ledger: from account to lines to voucher."""

from datetime import date
from typing import Annotated

from ninja import Query
from pydantic import BaseModel

from axle.accounting import permissions
from axle.accounting.http.api import api
from axle.kernel.money import Fen
from axle.kernel.types import Yuan
from axle.ledger.errors import PeriodInvalid
from axle.ledger.public import (
    LedgerPage,
    TrialRow,
    account_ledger,
    is_period,
    period_end,
    period_start,
    trial_balance,
)
from axle.platform.errors import NotFound
from axle.platform.public import EVERYTHING, Actor, name_shown

PeriodNo = Annotated[int, Query(description="month as yyyymm")]


class TrialRowOut(BaseModel):
    """One account of the trial balance."""

    code: str
    name_zh: str
    name_en: str
    level: int
    is_postable: bool
    opening_debit: Yuan
    opening_credit: Yuan
    period_debit: Yuan
    period_credit: Yuan
    year_debit: Yuan
    year_credit: Yuan
    closing_debit: Yuan
    closing_credit: Yuan


class TrialTotalsOut(BaseModel):
    """Sums over the accounts of the first level; each pair is equal."""

    opening_debit: Yuan
    opening_credit: Yuan
    period_debit: Yuan
    period_credit: Yuan
    year_debit: Yuan
    year_credit: Yuan
    closing_debit: Yuan
    closing_credit: Yuan


class TrialBalanceOut(BaseModel):
    """A trial balance (科目余额表) with the days that it covers."""

    start_on: date
    end_on: date
    rows: list[TrialRowOut]
    totals: TrialTotalsOut
    is_balanced: bool


class LedgerLineOut(BaseModel):
    """A line of an account ledger; ``balance`` is after it, positive on the account's normal side."""

    line_id: int
    entry_no: str
    booked_on: date
    value_on: date
    account: str
    summary: str
    debit: Yuan
    credit: Yuan
    balance: Yuan
    loan_no: str
    contract_no: str


class AccountLedgerOut(BaseModel):
    """A page of an account's ledger (明细账)."""

    account: str
    account_name: str
    normal_side: str
    opening: Yuan
    debit: Yuan
    credit: Yuan
    closing: Yuan
    total: int
    items: list[LedgerLineOut]


def _require_whole_books(actor: Actor) -> None:
    if actor.scope(permissions.TRIAL_BALANCE_VIEW) != EVERYTHING:
        raise NotFound(what="trial_balance")


def _month(period: int, field: str) -> int:
    if not is_period(period):
        raise PeriodInvalid(field=field, period=period)
    return period


@api.query("trial_balance", "/trial-balance", permission=permissions.TRIAL_BALANCE_VIEW)
def trial_balance_query(
    actor: Actor,
    legal_entity_id: int,
    period_from: PeriodNo,
    period_to: PeriodNo,
    level: Annotated[int, Query(ge=1, le=4)] = 4,
) -> TrialBalanceOut:
    """The trial balance of one legal entity over months, down to a level of accounts."""
    _require_whole_books(actor)
    start_on = period_start(_month(period_from, "period_from"))
    end_on = period_end(_month(period_to, "period_to"))
    if end_on < start_on:
        raise PeriodInvalid(field="period_to", period=period_to)
    rows = trial_balance(legal_entity_id=legal_entity_id, start_on=start_on, end_on=end_on)
    totals = _totals(rows)
    return TrialBalanceOut(
        start_on=start_on,
        end_on=end_on,
        rows=[TrialRowOut(**vars(row)) for row in rows if row.level <= level],
        totals=totals,
        is_balanced=all(
            getattr(totals, f"{span}_debit") == getattr(totals, f"{span}_credit")
            for span in ("opening", "period", "year", "closing")
        ),
    )


@api.query("account_ledger", "/account-ledger", permission=permissions.TRIAL_BALANCE_VIEW)
def account_ledger_query(
    actor: Actor,
    legal_entity_id: int,
    account: str,
    start_on: date,
    end_on: date,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> AccountLedgerOut:
    """The lines of an account with their running balance; a summing account shows all below it."""
    _require_whole_books(actor)
    found = account_ledger(
        legal_entity_id=legal_entity_id,
        code=account,
        start_on=start_on,
        end_on=end_on,
        page=page,
        page_size=page_size,
    )
    return _ledger_out(found)


def _ledger_out(page: LedgerPage) -> AccountLedgerOut:
    return AccountLedgerOut(
        account=page.account,
        account_name=name_shown(page),
        normal_side=page.normal_side,
        opening=page.opening,
        debit=page.debit,
        credit=page.credit,
        closing=page.closing,
        total=page.total,
        items=[LedgerLineOut(**vars(line)) for line in page.lines],
    )


def _totals(rows: list[TrialRow]) -> TrialTotalsOut:
    top = [row for row in rows if row.level == 1]
    names = TrialTotalsOut.model_fields
    return TrialTotalsOut(**{name: Fen(sum(getattr(row, name) for row in top)) for name in names})
