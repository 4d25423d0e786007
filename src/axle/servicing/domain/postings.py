"""Which postings a position asks for: one per receipt and day, one per charge.

A replay may split money differently once an earlier event is entered or reversed. Comparing what it asks for with
what stands shows exactly which postings to take back and which to make.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from axle.amortization.public import Position
from axle.kernel.money import Fen

Key = tuple[str, str]
"""The event behind a posting and the day it counts, as text."""


@dataclass(frozen=True)
class Money:
    """A receipt as the books saw it come: its date and the name of the amount that carries it."""

    amount: Fen
    on: date
    source: str
    bank_account: str


@dataclass(frozen=True)
class PostingDraft:
    """A money event to be told: kind, date and amounts in fen by name; zero amounts are left out."""

    kind: str
    on: date
    amounts: Mapping[str, Fen]
    bank_account: str = field(default="", compare=False)


def _parts(position: Position) -> dict[tuple[str, date], dict[str, int]]:
    parts: dict[tuple[str, date], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in position.allocations:
        parts[line.receipt_id, line.on][line.component] += line.amount
    return parts


def _receipt(money: Money, parts: Mapping[str, int]) -> PostingDraft:
    amounts = {money.source: money.amount, **parts, "unapplied": money.amount - sum(parts.values())}
    return PostingDraft("receipt_posted", money.on, _filled(amounts), money.bank_account)


def _filled(amounts: Mapping[str, int]) -> dict[str, Fen]:
    return {name: Fen(amount) for name, amount in amounts.items() if amount}


def _charges(position: Position) -> dict[Key, PostingDraft]:
    kinds = {"charge": "fee_charged", "prepayment": "payoff_fee_charged"}
    return {
        (f"fee:{row.ref}", row.due_on.isoformat()): PostingDraft(kinds[row.kind], row.due_on, {"fee": row.due.fee})
        for row in position.rows
        if row.kind in kinds and row.due.fee
    }


def postings_of(position: Position, receipts: Mapping[str, Money]) -> dict[Key, PostingDraft]:
    """Every posting that a position asks for. ``receipts`` holds the money behind each receipt event in force."""
    drafts = _charges(position)
    parts = _parts(position)
    for event_no, money in receipts.items():
        drafts[event_no, money.on.isoformat()] = _receipt(money, parts.pop((event_no, money.on), {}))
    for (event_no, on), later in parts.items():
        drafts[event_no, on.isoformat()] = PostingDraft("overpayment_applied", on, _filled(later))
    return drafts


def interest_earned(position: Position) -> int:
    """Interest earned up to the position's date, due or not, in fen: what the books hold as accrued in all."""
    return position.due.interest + position.interest_accrued
