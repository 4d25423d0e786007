"""The facts of a loan's life that ``replay`` folds.

Each has a unique ``id`` and the date ``on`` which it counts (the value date, not the day of entry). On one date,
events count in the order of ``ORDER_OF_DAY``, then by id.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from axle.amortization import errors
from axle.amortization.bounds import check_amount, check_choice, check_date
from axle.amortization.choices import Component, PartialMode
from axle.amortization.terms import Terms
from axle.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to one loan on a date."""

    id: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Disbursement(Event):
    """The principal was paid out (放款)."""

    amount: Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge(Event):
    """A fee became due on its date, such as a change fee or tow cost (费用)."""

    amount: Fen
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver(Event):
    """Up to ``amount`` of a component was forgiven (减免), oldest instalment first; what is not owed lapses.

    Only what is due on the date can be waived; ``no`` narrows it to one instalment.
    """

    component: Component
    amount: Fen
    no: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Event):
    """Money came in (还款). What is due is paid at once; the rest waits for the next due date."""

    amount: Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialPrepayment(Event):
    """Money came in to repay principal early (部分提前还款).

    It first pays what is due and the interest to date. When too little is left for the rule's minimum, the money
    is a plain receipt; when nothing but the fee would be left open, the loan is paid off.
    """

    amount: Fen
    mode: PartialMode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payoff(Event):
    """Money came in to repay the whole loan early (提前结清).

    With money that waits unapplied it must reach the payoff amount; otherwise it is a plain receipt.
    """

    amount: Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund(Event):
    """Money that waited unapplied was paid back (溢缴款退款), up to what waits."""

    amount: Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal(Event):
    """The event ``of`` counts as never having happened, from the reversal's date on (冲正)."""

    of: str


ORDER_OF_DAY: tuple[type[Event], ...] = (
    Disbursement,
    Charge,
    Waiver,
    Receipt,
    PartialPrepayment,
    Payoff,
    Refund,
    Reversal,
)
_RANK = {kind: rank for rank, kind in enumerate(ORDER_OF_DAY)}


def timeline(events: Iterable[Event], as_of: date) -> list[Event]:
    """The events that count at a date, in their order, without reversed ones and reversals.

    Errors: DuplicateEvent, ReversalOfUnknown, ReversalTwice, ReversalTooEarly (checked over all events).
    """
    by_id: dict[str, Event] = {}
    for event in events:
        if by_id.setdefault(event.id, event) is not event:
            raise errors.DuplicateEvent(field="events", id=event.id)
    reversals = [event for event in by_id.values() if isinstance(event, Reversal)]
    _check_reversals(reversals, by_id)
    gone = {reversal.of for reversal in reversals if reversal.on <= as_of}
    counting = [event for event in by_id.values() if event.on <= as_of and event.id not in gone]
    return sorted(
        (event for event in counting if not isinstance(event, Reversal)),
        key=lambda event: (event.on, _RANK[type(event)], event.id),
    )


def _check_reversals(reversals: list[Reversal], by_id: dict[str, Event]) -> None:
    seen: set[str] = set()
    for reversal in reversals:
        target = by_id.get(reversal.of)
        if target is None:
            raise errors.ReversalOfUnknown(field="events", id=reversal.id, of=reversal.of)
        if reversal.of in seen or isinstance(target, Reversal):
            raise errors.ReversalTwice(field="events", id=reversal.id, of=reversal.of)
        if reversal.on < target.on:
            raise errors.ReversalTooEarly(field="events", id=reversal.id, of=reversal.of)
        seen.add(reversal.of)


def check_event(event: Event, terms: Terms) -> None:
    """Refuse an event before the loan's start, or with an amount that is not positive.

    Errors: DateOutOfRange, EventBeforeStart, AmountOutOfRange, DisbursementMismatch, UnknownChoice.
    """
    check_date(event.on, "events")
    if event.on < terms.start_on:
        raise errors.EventBeforeStart(field="events", id=event.id, on=event.on, start_on=terms.start_on)
    if isinstance(event, Disbursement) and (event.amount != terms.principal or event.on != terms.start_on):
        raise errors.DisbursementMismatch(field="events", id=event.id)
    if isinstance(event, Waiver):
        check_choice(event.component, Component, "events")
    amount = getattr(event, "amount", None)
    if amount is not None:
        check_amount(amount, "events", 0 if isinstance(event, Payoff) else 1)
