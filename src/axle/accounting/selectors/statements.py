"""Financial statements of a company and a month, from the movements of its accounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from axle.accounting.domain.statements import AccountFigure, Figures, StatementBody, statement_values
from axle.accounting.domain.words import CASH_ACCOUNTS
from axle.accounting.models import StatementVersion
from axle.accounting.services.statement_version_draft import VERSIONS
from axle.kernel.money import Fen
from axle.ledger.public import (
    Turnover,
    account_ids_under,
    cash_moved,
    period_end,
    period_start,
    turnover,
    turnover_of_kinds,
)
from axle.platform.errors import NotFound

TRANSFERS = ("profit_transferred", "profit_distributed")
"""Kinds of entries that close income and expense accounts; they are no income and no expense."""


@dataclass(frozen=True)
class StatementRow:
    """A row with the figure of the month (of a balance: its end) and the one beside it: the year, or its beginning."""

    key: str
    name_zh: str
    name_en: str
    level: int
    is_heading: bool
    current: Fen
    beside: Fen


def statement_version_in_force(code: str, on: date) -> StatementVersion:
    """The version of a statement that counts on a day. Errors: NotFound."""
    found = VERSIONS.in_force(on).filter(statement__code=code).order_by("-effective_from").first()
    if found is None:
        raise NotFound(what="statement_version")
    return found


def statement_rows(code: str, *, legal_entity_id: int, period: int) -> list[StatementRow]:
    """A statement of a month. Errors: NotFound when no version of it is in force at the month's end."""
    first, last = period_start(period), period_end(period)
    body = StatementBody.model_validate(statement_version_in_force(code, last).body)
    year = date(last.year, 1, 1)
    if body.basis == "balance":
        current = _values(body, legal_entity_id, None, last)
        beside = _values(body, legal_entity_id, None, year - timedelta(days=1))
    else:
        current, beside = _values(body, legal_entity_id, first, last), _values(body, legal_entity_id, year, last)
    return [
        StatementRow(
            key=line.key,
            name_zh=line.name_zh,
            name_en=line.name_en,
            level=line.level,
            is_heading=line.is_heading,
            current=current.get(line.key, Fen(0)),
            beside=beside.get(line.key, Fen(0)),
        )
        for line in body.lines
    ]


def _values(body: StatementBody, legal_entity_id: int, since: date | None, until: date) -> dict[str, Fen]:
    if body.basis == "cash":
        moved = cash_moved(
            legal_entity_id=legal_entity_id,
            cash_account_ids=cash_account_ids(legal_entity_id),
            first=since or date.min,
            last=until,
        )
        return statement_values(body, _figures(moved.by_account), moved.by_item)
    moved_by = turnover(legal_entity_id=legal_entity_id, first=since, last=until)
    if body.basis == "balance":
        return statement_values(body, _figures(moved_by))
    closing = turnover_of_kinds(legal_entity_id=legal_entity_id, kinds=TRANSFERS, first=since or date.min, last=until)
    return statement_values(body, _figures(moved_by, closing))


def _figures(moved: Mapping[str, Turnover], without: Mapping[str, Turnover] | None = None) -> Figures:
    none = Turnover(Fen(0), Fen(0))
    less = without or {}
    return {
        code: AccountFigure(at.debit - less.get(code, none).debit, at.credit - less.get(code, none).credit)
        for code, at in moved.items()
    }


def cash_account_ids(legal_entity_id: int) -> list[int]:
    """The accounts that hold cash: on hand, in the bank, with payment institutions."""
    return [account for code in CASH_ACCOUNTS for account in account_ids_under(legal_entity_id, code)]


def cash_item_codes(on: date) -> dict[str, tuple[str, str]]:
    """The items of the cash-flow statement that a line may name, with their names in Chinese and English."""
    body = StatementBody.model_validate(statement_version_in_force("cash_flow_statement", on).body)
    return {line.key: (line.name_zh, line.name_en) for line in body.lines if line.terms}


@dataclass(frozen=True)
class Tie:
    """Two figures of statements that must be the same."""

    code: str
    left: Fen
    right: Fen

    @property
    def is_tied(self) -> bool:
        return self.left == self.right


def statement_ties(*, legal_entity_id: int, period: int) -> list[Tie]:
    """How the statements of a month hold together (勾稽关系)."""
    at = {"legal_entity_id": legal_entity_id, "period": period}
    sheet = {row.key: row for row in statement_rows("balance_sheet", **at)}
    income = {row.key: row for row in statement_rows("income_statement", **at)}
    cash = {row.key: row for row in statement_rows("cash_flow_statement", **at)}
    indirect = {row.key: row for row in statement_rows("cash_flow_reconciliation", **at)}
    funds, profit = sheet["monetary_funds"], sheet["undistributed_profit"]
    return [
        Tie("assets_equal_sources", sheet["assets_total"].current, sheet["liabilities_equity_total"].current),
        Tie("cash_change_of_year", cash["cash_change"].beside, Fen(funds.current - funds.beside)),
        Tie("operating_direct_indirect", cash["operating_net"].beside, indirect["operating_net_indirect"].beside),
        Tie("profit_of_year", income["net_profit"].beside, Fen(profit.current - profit.beside + _set_aside(**at))),
    ]


def _set_aside(*, legal_entity_id: int, period: int) -> Fen:
    """What of the year's profit went to reserves or to the owners: debits less credits of the distribution account."""
    last = period_end(period)
    moved = turnover(legal_entity_id=legal_entity_id, first=date(last.year, 1, 1), last=last)
    own = [at for code, at in moved.items() if code.split(".")[0] in {"4101", "4102"}]
    return Fen(sum(at.credit - at.debit for at in own))
