"""The ledger of one account (科目明细账): every line with the balance after it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from axle.kernel.money import Fen
from axle.ledger.models import AccountMovement, EntryLine
from axle.ledger.selectors.chart import account_named, subtree_ids


@dataclass(frozen=True)
class LedgerLine:
    """A line and the balance after it, positive on the account's normal side."""

    line_id: int
    entry_no: str
    booked_on: date
    value_on: date
    account: str
    summary: str
    debit: Fen
    credit: Fen
    balance: Fen
    loan_no: str
    contract_no: str


@dataclass(frozen=True)
class LedgerPage:
    """A page of an account's ledger, with the balances and movements of the whole span."""

    account: str
    name_zh: str
    name_en: str
    normal_side: str
    opening: Fen
    debit: Fen
    credit: Fen
    closing: Fen
    total: int
    lines: tuple[LedgerLine, ...]


def account_ledger(
    *, legal_entity_id: int, code: str, start_on: date, end_on: date, page: int = 1, page_size: int = 50
) -> LedgerPage:
    """One page of an account's lines, oldest first; a summing account shows the lines of all below it.

    Errors: AccountUnknown.
    """
    account = account_named(legal_entity_id, code)
    ids, sign = subtree_ids(legal_entity_id, code), 1 if account.normal_side == "debit" else -1
    rows = EntryLine.objects.filter(
        account_id__in=ids, legal_entity_id=legal_entity_id, booked_on__range=(start_on, end_on)
    ).order_by("booked_on", "id")
    opening = sign * _net(_moved(ids, legal_entity_id).filter(booked_on__lt=start_on))
    span = _moved(ids, legal_entity_id).filter(booked_on__range=(start_on, end_on))
    debit, credit = _sides(span)
    first = (page - 1) * page_size
    carried = opening + sign * _net(
        EntryLine.objects.filter(pk__in=rows.values("pk")[:first]) if first else rows.none()
    )
    return LedgerPage(
        account=code,
        name_zh=account.name_zh,
        name_en=account.name_en,
        normal_side=account.normal_side,
        opening=Fen(opening),
        debit=Fen(debit),
        credit=Fen(credit),
        closing=Fen(opening + sign * (debit - credit)),
        total=rows.count(),
        lines=_lines(rows[first : first + page_size], carried, sign),
    )


def _lines(rows: QuerySet[EntryLine], balance: int, sign: int) -> tuple[LedgerLine, ...]:
    lines = []
    for row in rows.select_related("entry", "account"):
        balance += sign * (row.debit - row.credit)
        lines.append(_line(row, Fen(balance)))
    return tuple(lines)


def _line(row: EntryLine, balance: Fen) -> LedgerLine:
    return LedgerLine(
        line_id=row.pk,
        entry_no=row.entry.entry_no,
        booked_on=row.booked_on,
        value_on=row.entry.value_on,
        account=row.account.code,
        summary=row.summary or row.entry.summary,
        debit=Fen(row.debit),
        credit=Fen(row.credit),
        balance=balance,
        loan_no=row.loan_no,
        contract_no=row.contract_no,
    )


def _moved(account_ids: list[int], legal_entity_id: int) -> QuerySet[AccountMovement]:
    return AccountMovement.objects.filter(legal_entity_id=legal_entity_id, account_id__in=account_ids).order_by()


def _sides(rows: QuerySet[AccountMovement] | QuerySet[EntryLine]) -> tuple[int, int]:
    sums = rows.aggregate(debit=Coalesce(Sum("debit"), 0), credit=Coalesce(Sum("credit"), 0))
    return int(sums["debit"]), int(sums["credit"])


def _net(rows: QuerySet[AccountMovement] | QuerySet[EntryLine]) -> int:
    debit, credit = _sides(rows)
    return debit - credit
