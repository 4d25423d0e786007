"""The trial balance (科目余额表), summed from daily movement."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from axle.kernel.money import Fen
from axle.ledger.models import Account, AccountMovement
from axle.ledger.selectors.chart import chart

Sums = tuple[int, int, int, int, int, int]
_NOTHING: Sums = (0, 0, 0, 0, 0, 0)


@dataclass(frozen=True)
class TrialRow:
    """One account over a span of days. Balances are net: at most one of each debit/credit pair is not zero.

    ``year_*`` are the movements since 1 January of the year of the last day.
    """

    code: str
    name_zh: str
    name_en: str
    level: int
    is_postable: bool
    opening_debit: Fen
    opening_credit: Fen
    period_debit: Fen
    period_credit: Fen
    year_debit: Fen
    year_credit: Fen
    closing_debit: Fen
    closing_credit: Fen


def trial_balance(*, legal_entity_id: int, start_on: date, end_on: date) -> list[TrialRow]:
    """Every account that moved up to ``end_on``, by code, with the summing accounts above it."""
    accounts = chart(legal_entity_id)
    sums = _summed_upwards(accounts.values(), _leaf_sums(legal_entity_id, start_on, end_on))
    return [_row(account, sums[account.pk]) for account in accounts.values() if account.pk in sums]


def _leaf_sums(legal_entity_id: int, start_on: date, end_on: date) -> dict[int, Sums]:
    spans = (
        Q(booked_on__lt=start_on),
        Q(booked_on__gte=start_on),
        Q(booked_on__gte=date(end_on.year, 1, 1)),
    )
    sums = {
        f"{side}_{no}": Coalesce(Sum(side, filter=span), 0)
        for no, span in enumerate(spans)
        for side in ("debit", "credit")
    }
    rows = AccountMovement.objects.filter(legal_entity_id=legal_entity_id, booked_on__lte=end_on)
    grouped: Iterable[Any] = rows.order_by().values("account_id").annotate(**sums)
    return {row["account_id"]: _sums(int(row[name]) for name in sums) for row in grouped}


def _sums(amounts: Iterable[int]) -> Sums:
    opening_debit, opening_credit, debit, credit, year_debit, year_credit = amounts
    return opening_debit, opening_credit, debit, credit, year_debit, year_credit


def _summed_upwards(accounts: Iterable[Account], leaves: dict[int, Sums]) -> dict[int, Sums]:
    sums: dict[int, Sums] = defaultdict(lambda: _NOTHING, leaves)
    for account in sorted(accounts, key=lambda account: -account.level):
        if account.parent_id is not None and account.pk in sums:
            sums[account.parent_id] = _added(sums[account.parent_id], sums[account.pk])
    return dict(sums)


def _added(left: Sums, right: Sums) -> Sums:
    return _sums(a + b for a, b in zip(left, right, strict=True))


def _row(account: Account, sums: Sums) -> TrialRow:
    opening_debit, opening_credit, debit, credit, year_debit, year_credit = sums
    opening = opening_debit - opening_credit
    closing = opening + debit - credit
    return TrialRow(
        code=account.code,
        name_zh=account.name_zh,
        name_en=account.name_en,
        level=account.level,
        is_postable=account.is_postable,
        opening_debit=Fen(max(opening, 0)),
        opening_credit=Fen(max(-opening, 0)),
        period_debit=Fen(debit),
        period_credit=Fen(credit),
        year_debit=Fen(year_debit),
        year_credit=Fen(year_credit),
        closing_debit=Fen(max(closing, 0)),
        closing_credit=Fen(max(-closing, 0)),
    )
