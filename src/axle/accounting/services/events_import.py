"""Post many events at once: those of an imported portfolio, or of a loan whose past has changed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice

from django.db import transaction

from axle.accounting.selectors.rules import RuleBook, rule_book
from axle.accounting.services.event_reverse import event_parts_reverse, events_reverse
from axle.accounting.services.events_post import events_post
from axle.ledger.events import MoneyEvent

BATCH = 5000
Post = Callable[[Sequence[MoneyEvent], RuleBook], int]


def events_import(events: Iterable[MoneyEvent]) -> int:
    """Post events in batches of set-based statements, as one transaction; gives how many are new.

    The same rules, refusals and results as one by one. What is alike and told one after another is posted together; a
    reversal is posted after everything before it.
    """
    with transaction.atomic():
        book = rule_book()
        return sum(events_tell(batch, book) for batch in _batches(events))


def events_tell(events: Sequence[MoneyEvent], book: RuleBook | None = None) -> int:
    """Post events of every sort in the order told; gives how many are new. Call inside a transaction."""
    rules = book or rule_book({event.kind for event in events if event.reverses is None})
    return sum(post(list(run), rules) for post, run in groupby(events, _way_of))


def _way_of(event: MoneyEvent) -> Post:
    if event.part_of is not None:
        return event_parts_reverse
    return events_post if event.reverses is None else _reverse


def _reverse(events: Sequence[MoneyEvent], _book: RuleBook) -> int:
    return events_reverse(events)


def _batches(events: Iterable[MoneyEvent]) -> Iterator[list[MoneyEvent]]:
    rest = iter(events)
    while batch := list(islice(rest, BATCH)):
        yield batch
