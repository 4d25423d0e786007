"""Post many events at once, such as those of an imported portfolio."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction

from axle.accounting.selectors.rules import RuleBook, rule_book
from axle.accounting.services.event_reverse import event_reverse
from axle.accounting.services.events_post import events_post
from axle.ledger.events import MoneyEvent

BATCH = 5000


def events_import(events: Iterable[MoneyEvent]) -> int:
    """Post events in batches of set-based statements, as one transaction; gives how many are new.

    The same rules, refusals and results as one by one. A reversal is posted after everything before it.
    """
    with transaction.atomic():
        book = rule_book()
        return sum(_post(batch, book) for batch in _batches(events))


def _batches(events: Iterable[MoneyEvent]) -> Iterator[list[MoneyEvent]]:
    rest = iter(events)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _post(batch: list[MoneyEvent], book: RuleBook) -> int:
    """Post runs of ordinary events together and each reversal by itself, in the order told."""
    count, run = 0, list[MoneyEvent]()
    for event in batch:
        if event.reverses is None and event.part_of is None:
            run.append(event)
        else:
            count, run = count + events_post(run, book) + event_reverse(event), []
    return count + events_post(run, book)
