"""The events of a loan's life in the order in which they count.

Each has a unique ``id`` and the date ``on`` which it counts (the value date, not the day of entry). On one date,
events count in the order of ``kinds.KINDS``, then by id.
"""

from collections.abc import Iterable
from datetime import date

from axle.amortization import errors
from axle.amortization.bounds import check_date
from axle.amortization.kinds import RANK, kind_of
from axle.amortization.kinds.chargeback import Chargeback
from axle.amortization.kinds.kind import Event
from axle.amortization.kinds.partial_prepayment import PartialPrepayment
from axle.amortization.kinds.payoff import Payoff
from axle.amortization.kinds.purchase_option import PurchaseOption
from axle.amortization.kinds.receipt import Receipt
from axle.amortization.kinds.recovery import Recovery
from axle.amortization.kinds.reversal import Reversal
from axle.amortization.terms import Terms
from axle.kernel.money import yuan

_MONEY_IN = (Receipt, PartialPrepayment, Payoff, PurchaseOption, Recovery)


def timeline(events: Iterable[Event], as_of: date) -> list[Event]:
    """The events that count at a date, in their order, without reversed ones, their chargebacks and reversals.

    Errors: DuplicateEvent, ReversalOfUnknown, ReversalTwice, ReversalTooEarly, ChargebackOfUnknown (checked over all
    events).
    """
    by_id: dict[str, Event] = {}
    for event in events:
        if by_id.setdefault(event.id, event) is not event:
            raise errors.DuplicateEvent(field="events", id=event.id)
    reversals = [event for event in by_id.values() if isinstance(event, Reversal)]
    _check_reversals(reversals, by_id)
    _check_chargebacks(by_id)
    gone = {reversal.of for reversal in reversals if reversal.on <= as_of}
    counting = [event for event in by_id.values() if event.on <= as_of and event.id not in gone]
    return sorted(
        (event for event in counting if not isinstance(event, Reversal) and getattr(event, "of", None) not in gone),
        key=lambda event: (event.on, RANK[type(event)], event.id),
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


def _check_chargebacks(by_id: dict[str, Event]) -> None:
    for event in by_id.values():
        if isinstance(event, Chargeback):
            target = by_id.get(event.of)
            if not isinstance(target, _MONEY_IN) or event.on < target.on:
                raise errors.ChargebackOfUnknown(field="events", id=event.id, of=event.of)
            if event.amount is not None and event.amount > target.amount:
                amount = yuan(target.amount)
                raise errors.ChargebackTooLarge(field="events", id=event.id, of=event.of, amount=amount)


def check_event(event: Event, terms: Terms) -> None:
    """Refuse an event before the loan's start, or one that its kind does not accept.

    Errors: DateOutOfRange, EventBeforeStart, and those of the kind (AmountOutOfRange, UnknownChoice …).
    """
    check_date(event.on, "events")
    if event.on < terms.start_on:
        raise errors.EventBeforeStart(field="events", id=event.id, on=event.on, start_on=terms.start_on)
    kind_of(event).accept(event, terms)
