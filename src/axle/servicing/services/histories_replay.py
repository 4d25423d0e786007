"""What a history of payments comes to: replayed once, and shared by all loans that were paid the same.

Within a history the events have names of their own, ``D`` and ``R000`` …, which sort as they were entered; each loan
puts its numbers in their place.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from axle.amortization.public import (
    Disbursement,
    Event,
    PartialPrepayment,
    Payoff,
    Position,
    Receipt,
    Rules,
    Terms,
    payoff_quote,
    replay,
    row_accrued,
)
from axle.kernel.money import Fen
from axle.servicing.domain.postings import Key, Money, PostingDraft, postings_of
from axle.servicing.services.loans_store import plan_of

DISBURSED = "D"


class Paid(NamedTuple):
    """Money that came in; fen. ``is_early`` when it was to repay principal early (提前还款)."""

    amount: Fen
    value_on: date
    is_early: bool = False

    def event(self, name: str) -> Event:
        """What it is in the loan's life."""
        kind = PartialPrepayment if self.is_early else Receipt
        return kind(id=name, on=self.value_on, amount=self.amount)


class Earned(NamedTuple):
    """Interest or fees of a history that are booked on one day; fen."""

    kind: str
    booked_on: date
    amount: int


@dataclass(frozen=True)
class History:
    """A history and what follows from it on the day of the take-over.

    ``paid`` is every receipt with the name of its event, ``drafts`` the postings by event name and day.
    """

    events: tuple[Event, ...]
    paid: tuple[tuple[str, Paid], ...]
    position: Position
    drafts: Mapping[Key, PostingDraft]
    plan: tuple[str, ...]
    earned: tuple[Earned, ...]

    def events_named(self, numbers: Mapping[str, str]) -> tuple[Event, ...]:
        """The events under the numbers that one loan has for them."""
        return tuple(replace(event, id=numbers[event.id]) for event in self.events)

    def drafts_named(self, numbers: Mapping[str, str]) -> dict[Key, PostingDraft]:
        """The postings under the numbers that one loan has for their events."""
        return {(_named(name, numbers), day): draft for (name, day), draft in self.drafts.items()}


def _named(name: str, numbers: Mapping[str, str]) -> str:
    """A charge is called after the event that made it: ``fee:R003``."""
    before, colon, event = name.rpartition(":")
    return f"{before}{colon}{numbers[event]}"


@lru_cache(maxsize=8192)
def history_replayed(
    terms: Terms, rules: Rules, paid: tuple[Paid, ...], payoff_on: date | None, account: str, on: date
) -> History:
    """Replay a history up to a date; with ``payoff_on`` the loan was repaid early by what was then owed.

    Errors: those of ``amortization.replay``.
    """
    events: list[Event] = [Disbursement(id=DISBURSED, on=terms.start_on, amount=terms.principal)]
    money = [(f"R{number:03d}", receipt) for number, receipt in enumerate(paid)]
    events += [receipt.event(name) for name, receipt in money]
    if payoff_on is not None:
        total = payoff_quote(terms, rules, events, payoff_on).total
        money.append((f"R{len(money):03d}", Paid(total, payoff_on)))
        events.append(Payoff(id=money[-1][0], on=payoff_on, amount=total))
    return _history(events, money, replay(terms, rules, events, on), account, on)


def _history(
    events: Sequence[Event], money: Sequence[tuple[str, Paid]], position: Position, account: str, on: date
) -> History:
    behind = {name: Money(receipt.amount, receipt.value_on, "cash", account) for name, receipt in money}
    return History(
        events=tuple(events),
        paid=tuple(money),
        position=position,
        drafts=postings_of(position, behind),
        plan=plan_of(position),
        earned=tuple(_earned(position, on)),
    )


def _earned(position: Position, on: date) -> Iterator[Earned]:
    sums: dict[tuple[str, date], int] = defaultdict(int)
    plan = position.schedule
    for row in plan.instalments:
        if row.starts_on >= on and row.due_on > on:
            continue
        before = 0
        for until in _month_ends(row.starts_on, min(row.due_on, on)):
            earned = row_accrued(plan.terms, row, plan.scale, until)
            sums["interest_accrued", _booked(until, on)] += earned - before
            before = earned
        if row.due_on <= on:
            sums["interest_due", _booked(row.due_on + timedelta(days=1), on)] += row.interest
            if row.fee and row.no:
                sums["fee_charged", _booked(row.due_on + timedelta(days=1), on)] += row.fee
    return (Earned(kind, day, amount) for (kind, day), amount in sums.items())


def _month_ends(start: date, end: date) -> Iterator[date]:
    """The first days of the months after ``start``, up to ``end``, and ``end`` itself."""
    at = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    while at < end:
        yield at
        at = (at + timedelta(days=32)).replace(day=1)
    yield end


def _booked(until: date, on: date) -> date:
    """The last day of the month that ended before ``until``, but never after the last closed day."""
    day = until - timedelta(days=1)
    month_end = (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return min(month_end, on - timedelta(days=1))
