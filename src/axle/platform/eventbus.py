"""Domain events in two kinds: handled in the same transaction, or after commit through the queue."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

from pydantic import TypeAdapter

from axle.platform.audit import acting
from axle.platform.jobs import job
from axle.platform.scope import system_actor

Event = TypeVar("Event")
Handler = Callable[[Any], None]
_same_tx: dict[type, list[Handler]] = defaultdict(list)
_together: dict[Handler, Callable[[Sequence[Any]], None]] = {}
_after_commit: dict[str, tuple[type, Handler]] = {}


def _delivery_key(event_type: type, handler: Handler) -> str:
    return f"{event_type.__module__}.{event_type.__name__}>{handler.__module__}.{handler.__qualname__}"


def on(
    event_type: type[Event],
    handler: Callable[[Event], None],
    *,
    when: Literal["same_tx", "after_commit"],
    together: Callable[[Sequence[Event]], None] | None = None,
) -> None:
    """Connect a handler; done once, in ``axle.config.wiring``. ``together`` does the same for many events at once."""
    if together is not None:
        _together[handler] = together
    if when == "same_tx":
        if handler not in _same_tx[event_type]:
            _same_tx[event_type].append(handler)
    else:
        _after_commit[_delivery_key(event_type, handler)] = (event_type, handler)


def same_transaction_handlers(event_type: type) -> list[Handler]:
    """The handlers of an event that run in the publisher's transaction, as a list that tests may replace."""
    return _same_tx[event_type]


def publish(event: Any) -> None:
    """Tell a fact: same-transaction handlers run now, the others once this transaction has committed."""
    for handler in _same_tx[type(event)]:
        handler(event)
    _queue(event)


def publish_all(events: Sequence[Any]) -> None:
    """Tell facts of one type, oldest first: each same-transaction handler hears them all, at once where it can."""
    if not events:
        return
    for handler in _same_tx[type(events[0])]:
        if handler in _together:
            _together[handler](events)
        else:
            for event in events:
                handler(event)
    for event in events:
        _queue(event)


def _queue(event: Any) -> None:
    payload: Any = None
    for key, (event_type, _handler) in _after_commit.items():
        if event_type is type(event):
            payload = payload or TypeAdapter(event_type).dump_python(event, mode="json")
            deliver_event.defer(key=key, payload=payload)


@job("deliver_event", retries=5)
def deliver_event(key: str, payload: dict[str, Any]) -> None:
    """Hand a committed event to one handler in its own transaction; it may come again, so handlers are idempotent."""
    event_type, handler = _after_commit[key]
    with acting(system_actor("events"), handler.__name__):
        handler(TypeAdapter(event_type).validate_python(payload))
