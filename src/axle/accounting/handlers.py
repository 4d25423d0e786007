"""Reactions to the facts of other contexts."""

from axle.accounting.services.event_reverse import event_reverse
from axle.accounting.services.events_post import event_post
from axle.ledger.events import MoneyEvent


def money_event_post(event: MoneyEvent) -> None:
    """Post a fact that moves money, in the transaction that tells it."""
    if event.reverses is None and event.part_of is None:
        event_post(event)
    else:
        event_reverse(event)
