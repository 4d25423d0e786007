"""Events as JSON: ``id``, ``on``, ``kind`` and the fields of the kind. What is written reads back to equal events."""

from typing import Any

from axle.amortization import errors
from axle.amortization.kinds import KINDS, kind_of
from axle.amortization.kinds.kind import Event, Kind
from axle.amortization.reader import Reader


def events_from_json(readers: list[Reader]) -> list[Event]:
    """Read events. Errors: those of ``errors``; LoansMixed when two of them name different loans."""
    loans: set[str] = set()
    events = []
    for reader in readers:
        if reader.has("loan"):
            loans.add(reader.text("loan"))
        if len(loans) > 1:
            raise errors.LoansMixed(field=reader.field("loan"))
        events.append(_event(reader))
    return events


def event_from_json(data: object) -> Event:
    """Read one event."""
    return events_from_json([Reader(data)])[0]


def _event(reader: Reader) -> Event:
    return _kind(reader).read(reader)


def _kind(reader: Reader) -> Kind:
    """The kind that the reader's ``kind`` names, and where several share the name, the variant that it tells."""
    name = reader.text("kind")
    found = [kind for kind in KINDS if kind.name == name]
    if not found:
        names = ", ".join(dict.fromkeys(kind.name for kind in KINDS))
        raise errors.UnknownChoice(field=reader.field("kind"), value=name[:40], choices=names)
    if found[0].variant is None:
        return found[0]
    key = found[0].variant[0]
    variants = {kind.variant[1]: kind for kind in found if kind.variant is not None}
    value = reader.text(key)
    if value not in variants:
        raise errors.UnknownChoice(field=reader.field(key), value=value[:40], choices=", ".join(variants))
    return variants[value]


def event_to_json(event: Event) -> dict[str, Any]:
    """Write an event so that ``event_from_json`` gives an equal one."""
    return kind_of(event).write(event)
