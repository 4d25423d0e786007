"""What other contexts call on the ledger."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from axle.kernel.money import Fen
from axle.ledger.domain.drafts import EntryDraft, LineDraft
from axle.ledger.domain.periods import (
    is_period,
    period_end,
    period_next,
    period_of,
    period_start,
)
from axle.ledger.models import Account, EntryLine, JournalEntry, Period
from axle.ledger.selectors.account_ledger import LedgerLine, LedgerPage, account_ledger
from axle.ledger.selectors.balances import (
    account_balance,
    balance_of_accounts,
    balances_by_bank_account,
    balances_by_code,
    balances_by_loan,
    income_by_product,
)
from axle.ledger.selectors.chart import chart, postable_ids, subtree_ids
from axle.ledger.selectors.entries import BookedEntry, entries_booked, entry_numbered, posted_entry
from axle.ledger.selectors.loan_movements import (
    OPENING,
    Movements,
    loan_balances_after,
    loan_movements,
    loan_movements_total,
)
from axle.ledger.selectors.periods import closed_through, first_open_day, first_period
from axle.ledger.selectors.trial_balance import TrialRow, trial_balance
from axle.ledger.selectors.turnover import CASH_ITEM, CashMoved, Turnover, cash_moved, turnover, turnover_of_kinds
from axle.ledger.services import period_close
from axle.ledger.services.account_save import AccountDraft
from axle.ledger.services.chart_load import chart_load, chart_missing
from axle.ledger.services.entries_post import PostedEntry, entries_post, entry_post, posted
from axle.ledger.services.entry_reverse import EntryReversal, entries_reverse, entry_reverse
from axle.platform.public import Actor, Subject, name_shown

__all__ = [
    "CASH_ITEM",
    "OPENING",
    "AccountDraft",
    "AccountView",
    "BookedEntry",
    "CashMoved",
    "EntryDraft",
    "EntryReversal",
    "EntryView",
    "LedgerLine",
    "LedgerPage",
    "LineDraft",
    "LineView",
    "Movements",
    "PeriodView",
    "PostedEntry",
    "TrialRow",
    "Turnover",
    "account_balance",
    "account_ids_under",
    "account_ledger",
    "account_names",
    "accounts",
    "accounts_require",
    "balance_of_accounts",
    "balances_by_bank_account",
    "balances_by_code",
    "balances_by_loan",
    "booking_date",
    "books_close",
    "books_reopen",
    "cash_moved",
    "chart_load",
    "chart_missing",
    "closed_through",
    "entries_about",
    "entries_booked",
    "entries_get",
    "entries_journal",
    "entries_post",
    "entries_reverse",
    "entry_get",
    "entry_nos_about",
    "entry_of_event",
    "entry_post",
    "entry_reverse",
    "first_period",
    "income_by_product",
    "is_period",
    "lines_journal",
    "loan_balances_after",
    "loan_movements",
    "loan_movements_total",
    "period_end",
    "period_next",
    "period_of",
    "period_start",
    "periods",
    "trial_balance",
    "turnover",
    "turnover_of_kinds",
]


@dataclass(frozen=True)
class LineView:
    """One line with the names of its account."""

    line_no: int
    account: str
    name_zh: str
    name_en: str
    debit: Fen
    credit: Fen
    summary: str
    dimensions: dict[str, str]


@dataclass(frozen=True)
class EntryView:
    """An entry with its lines. ``maker`` is empty when the system posted it."""

    entry_id: int
    entry_no: str
    legal_entity_id: int
    legal_entity: str
    kind: str
    event_no: str
    value_on: date
    booked_on: date
    period: int
    summary: str
    source: Subject
    amount: Fen
    is_red: bool
    reversal_of: str | None
    reversed_by: str | None
    maker: str
    checker: str
    posted_at: datetime
    lines: tuple[LineView, ...]


@dataclass(frozen=True)
class AccountView:
    """An account of a chart."""

    account_id: int
    code: str
    name_zh: str
    name_en: str
    category: str
    normal_side: str
    level: int
    is_postable: bool
    is_active: bool


@dataclass(frozen=True)
class PeriodView:
    """A month of the books."""

    period: int
    is_closed: bool
    closed_at: datetime | None


def entry_get(entry_no: str) -> EntryView:
    """An entry with its lines. Errors: EntryUnknown."""
    return _view(entry_numbered(entry_no))


def entries_get(entry_ids: Sequence[int]) -> dict[int, EntryView]:
    """Some entries with their lines, by key; as few queries as for one."""
    rows = JournalEntry.objects.filter(pk__in=entry_ids).select_related(
        "legal_entity", "maker", "checker", "reversal_of", "reversed_by"
    )
    lines: dict[int, list[LineView]] = defaultdict(list)
    found = EntryLine.objects.filter(entry_id__in=entry_ids).select_related("account").order_by("entry_id", "line_no")
    entries = {entry.pk: entry for entry in rows}
    for line in found:
        lines[line.entry_id].append(_line_view(line, entries[line.entry_id].summary))
    return {pk: _viewed(entry, _reversing(entry), tuple(lines[pk])) for pk, entry in entries.items()}


def _reversing(entry: JournalEntry) -> str | None:
    red = getattr(entry, "reversed_by", None)
    return red.entry_no if red else None


def entry_of_event(*, event_no: str, kind: str) -> PostedEntry | None:
    """The entry of a fact, or None while it has not been posted."""
    entry = posted_entry(event_no=event_no, kind=kind)
    return posted(entry) if entry else None


def entries_about(source: Subject) -> list[EntryView]:
    """All entries whose source is this object, oldest first."""
    rows = JournalEntry.objects.filter(source_type=source.type, source_id=source.id).order_by("pk")
    return [_view(entry) for entry in rows]


def entries_journal() -> QuerySet[JournalEntry]:
    """All entries, for reports that list them."""
    return JournalEntry.objects.all()


def lines_journal() -> QuerySet[EntryLine]:
    """All lines of all entries, for reports that list them."""
    return EntryLine.objects.all()


def entry_nos_about(*, source_type: str, source_ids: Iterable[int], kind: str) -> dict[int, str]:
    """The numbers of the entries of a kind, by the key of what they are about; of several the last."""
    rows = JournalEntry.objects.filter(source_type=source_type, source_id__in=list(source_ids), kind=kind, is_red=False)
    return dict(rows.order_by("pk").values_list("source_id", "entry_no"))


def booking_date(*, legal_entity_id: int, value_on: date) -> date:
    """The day to book a fact on: its value date, or the first open day when that month is closed.

    Months stay as they are until the caller's transaction ends.
    """
    return first_open_day(value_on, closed=closed_through(legal_entity_id))


def books_close(*, actor: Actor, legal_entity_id: int, period: int) -> None:
    """Close a month. Errors: PeriodInvalid, PeriodOutOfOrder, PeriodBusy."""
    period_close.period_close(actor=actor, legal_entity_id=legal_entity_id, period=period)


def books_reopen(*, legal_entity_id: int, period: int) -> None:
    """Open the last closed month again. Errors: PeriodOutOfOrder, PeriodBusy."""
    period_close.period_reopen(legal_entity_id=legal_entity_id, period=period)


def periods(legal_entity_id: int) -> list[PeriodView]:
    """The months of an entity's books, latest first."""
    rows = Period.objects.filter(legal_entity_id=legal_entity_id).order_by("-period")
    return [PeriodView(row.period, row.is_closed, row.closed_at) for row in rows]


def accounts(legal_entity_id: int) -> list[AccountView]:
    """The chart of an entity, by code."""
    return [_account_view(account) for account in chart(legal_entity_id).values()]


def account_ids_under(legal_entity_id: int, code: str) -> list[int]:
    """The keys of an account and of all below it."""
    return subtree_ids(legal_entity_id, code)


def account_names(legal_entity_id: int, codes: Iterable[str]) -> dict[str, str]:
    """The names of some accounts in the reader's language, by code."""
    wanted = set(codes)
    return {account.code: name_shown(account) for account in accounts(legal_entity_id) if account.code in wanted}


def accounts_require(legal_entity_id: int, codes: Iterable[str]) -> None:
    """Refuse codes that cannot be posted to. Errors: AccountUnknown, AccountNotPostable."""
    postable_ids(legal_entity_id, codes)


def _view(entry: JournalEntry) -> EntryView:
    reversing = JournalEntry.objects.filter(reversal_of=entry).values_list("entry_no", flat=True).first()
    return _viewed(entry, reversing, _line_views(entry))


def _viewed(entry: JournalEntry, reversing: str | None, lines: tuple[LineView, ...]) -> EntryView:
    return EntryView(
        entry_id=entry.pk,
        entry_no=entry.entry_no,
        legal_entity_id=entry.legal_entity_id,
        legal_entity=entry.legal_entity.name,
        kind=entry.kind,
        event_no=entry.event_no,
        value_on=entry.value_on,
        booked_on=entry.booked_on,
        period=entry.period,
        summary=entry.summary,
        source=Subject(entry.source_type, entry.source_id),
        amount=Fen(entry.amount),
        is_red=entry.is_red,
        reversal_of=entry.reversal_of.entry_no if entry.reversal_of else None,
        reversed_by=reversing,
        maker=entry.maker.display_name if entry.maker else "",
        checker=entry.checker.display_name if entry.checker else "",
        posted_at=entry.posted_at,
        lines=lines,
    )


def _line_views(entry: JournalEntry) -> tuple[LineView, ...]:
    rows = entry.lines.select_related("account").order_by("line_no")
    return tuple(_line_view(line, entry.summary) for line in rows)


def _line_view(line: EntryLine, summary: str) -> LineView:
    return LineView(
        line_no=line.line_no,
        account=line.account.code,
        name_zh=line.account.name_zh,
        name_en=line.account.name_en,
        debit=Fen(line.debit),
        credit=Fen(line.credit),
        summary=line.summary or summary,
        dimensions=line.dimensions,
    )


def _account_view(account: Account) -> AccountView:
    return AccountView(
        account_id=account.pk,
        code=account.code,
        name_zh=account.name_zh,
        name_en=account.name_en,
        category=account.category,
        normal_side=account.normal_side,
        level=account.level,
        is_postable=account.is_postable,
        is_active=account.is_active,
    )
