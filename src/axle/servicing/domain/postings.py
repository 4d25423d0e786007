"""Which postings a position asks for: one per receipt and day, one per charge, one per change of carrying.

A replay may split money differently once an earlier event is entered or reversed. Comparing what it asks for with
what stands shows exactly which postings to take back and which to make.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from axle.amortization.public import Position
from axle.kernel.money import Fen
from axle.servicing.domain.carrying import (
    CHARGED,
    IN_BOOKS,
    NON_ACCRUAL,
    PERFORMING,
    SINCE_OPENING,
    SOLD,
    WRITTEN_OFF,
    Era,
    Lowered,
    lowered,
    moves,
    taxed_until,
)

Key = tuple[str, str]
"""The event behind a posting and the day it counts, as text."""

MOVE = "carrying:"
"""How the key of a change of carrying begins."""
FEE = "fee:"
"""How the key of a charge begins."""

_RECEIPT = {
    PERFORMING: "receipt_posted",
    NON_ACCRUAL: "non_accrual_receipt_posted",
    WRITTEN_OFF: "recovery_posted",
    SOLD: "sold_receipt_posted",
}
_APPLIED = {
    PERFORMING: "overpayment_applied",
    NON_ACCRUAL: "non_accrual_overpayment_applied",
    WRITTEN_OFF: "recovery_applied",
    SOLD: "sold_overpayment_applied",
}


@dataclass(frozen=True)
class Money:
    """A receipt as the books saw it come: its date and the name of the amount that carries it."""

    amount: Fen
    on: date
    source: str
    bank_account: str


@dataclass(frozen=True)
class PostingDraft:
    """A money event to be told: kind, date and amounts in fen by name; zero amounts are left out.

    ``era`` is the number of the loan's carrying under which it is told.
    """

    kind: str
    on: date
    amounts: Mapping[str, Fen]
    bank_account: str = field(default="", compare=False)
    era: int = field(default=0, compare=False)


@dataclass(slots=True)
class _Split:
    """What a receipt paid on a day. ``interest`` is by the due date of its row; ``money`` is there on the first day."""

    on: date
    parts: Mapping[str, int]
    interest: Mapping[date, int]
    money: Money | None

    def draft(self, eras: Sequence[Era], number: int) -> PostingDraft:
        """The posting under the carrying of an era."""
        carrying = eras[number].carrying
        amounts = {**self.parts, **_interest(self.interest, eras[: number + 1])} if self.interest else self.parts
        if self.money is None:
            return PostingDraft(_APPLIED[carrying], self.on, _filled(amounts), era=number)
        rest = self.money.amount - sum(self.parts.values()) - sum(self.interest.values())
        came = {self.money.source: self.money.amount, **amounts, "unapplied": rest}
        return PostingDraft(_RECEIPT[carrying], self.on, _filled(came), self.money.bank_account, number)


def _interest(by_due: Mapping[date, int], eras: Sequence[Era]) -> dict[str, int]:
    """Interest by what becomes of it: off a receivable, income, income that was taxed before, or off the allowance."""
    total, carrying = sum(by_due.values()), eras[-1].carrying
    if carrying in (PERFORMING, SOLD):
        return {"interest": total}
    if carrying == WRITTEN_OFF and eras[-2].carrying == PERFORMING:
        return {"written_off_interest": total}
    stopped = taxed_until(eras)
    taxed = sum(amount for due_on, amount in by_due.items() if due_on <= stopped)
    return {"interest": total - taxed, "interest_taxed": taxed}


def _splits(position: Position, receipts: Mapping[str, Money], since: date) -> dict[Key, _Split]:
    due_on = {(row.kind, row.no, row.ref): row.due_on for row in position.rows}
    parts: dict[tuple[str, date], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    interest: dict[tuple[str, date], dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for line in position.allocations:
        if line.on < since:
            continue
        key = line.receipt_id, line.on
        if line.component == "interest":
            interest[key][due_on[line.kind, line.no, line.ref]] += line.amount
        else:
            parts[key][line.component] += line.amount
    days = {(number, money.on): money for number, money in receipts.items() if money.on >= since}
    return {
        (key[0], key[1].isoformat()): _Split(key[1], parts.get(key, {}), interest.get(key, {}), days.get(key))
        for key in dict.fromkeys([*days, *parts, *interest])
    }


def _filled(amounts: Mapping[str, int]) -> dict[str, Fen]:
    return {name: Fen(amount) for name, amount in amounts.items() if amount}


def _charges(
    position: Position, eras: Sequence[Era], standing: Mapping[Key, PostingDraft], money: Mapping[Key, int], since: date
) -> Iterator[tuple[Key, PostingDraft]]:
    """Fees: one for paying early is told where its money is (``money`` has the era of each split), and not at all when
    that is where the claim is not in our books: it is the buyer's then.
    """
    kinds = {"charge": "fee_charged", "prepayment": "payoff_fee_charged"}
    for row in position.rows:
        if row.kind in kinds and row.due.fee and row.due_on >= since:
            day = row.due_on.isoformat()
            key, era = (f"{FEE}{row.ref}", day), money.get((row.ref, day), len(eras) - 1)
            draft, known = PostingDraft(kinds[row.kind], row.due_on, {"fee": row.due.fee}, era=era), standing.get(key)
            if row.kind == "charge" or eras[era].carrying in IN_BOOKS:
                yield key, known if known == draft else draft


def postings_of(
    position: Position,
    receipts: Mapping[str, Money],
    eras: Sequence[Era] = (SINCE_OPENING,),
    standing: Mapping[Key, PostingDraft] | None = None,
    *,
    since: date | None = None,
    earlier: Mapping[int, Lowered] | None = None,
) -> dict[Key, PostingDraft]:
    """Every posting that a position asks for. ``receipts`` holds the money behind each receipt event in force.

    What already stands with the same split is kept as it was told; the rest is told under the last era.
    With ``since``, only what counts from that day on and every change of carrying; ``earlier`` is what the postings
    before that day took off, by their era.
    """
    stands, last, first = standing or {}, len(eras) - 1, since or date.min
    drafts: dict[Key, PostingDraft] = {}
    for key, split in _splits(position, receipts, first).items():
        known = stands.get(key)
        kept = split.draft(eras, known.era) if known else None
        drafts[key] = kept if kept is not None and kept == known else split.draft(eras, last)
    money = {key: draft.era for key, draft in drafts.items()}
    drafts |= _charges(position, eras, stands, money, first)
    return drafts | _moved(position, eras, drafts, earlier or {})


def _moved(
    position: Position, eras: Sequence[Era], drafts: Mapping[Key, PostingDraft], earlier: Mapping[int, Lowered]
) -> dict[Key, PostingDraft]:
    if len(eras) == 1:
        return {}
    posted: dict[int, list[Lowered]] = defaultdict(list)
    for era, took in earlier.items():
        posted[era].append(took)
    for (name, _day), draft in drafts.items():
        amounts = {CHARGED: draft.amounts["fee"]} if name.startswith(FEE) else draft.amounts
        posted[draft.era].append(lowered(amounts))
    return {
        (f"{MOVE}{eras[number].event_no}", move.on.isoformat()): PostingDraft(
            move.kind, move.on, _filled(move.amounts), era=number
        )
        for number, move in moves(position, eras, posted).items()
        if move.amounts  # of a loan of which only penalty is owed the books have nothing to move
    }
