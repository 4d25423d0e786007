"""What an event kind is: its fields, its JSON, the checks of its own, and what it does to a loan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args

from axle.amortization.book import Book
from axle.amortization.bounds import check_amount, check_choice, check_date, check_number, check_rate
from axle.amortization.reader import Reader
from axle.amortization.terms import Terms
from axle.amortization.terms_parts_json import rate_text
from axle.kernel.money import Fen, yuan


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to one loan on a date."""

    id: str
    on: date


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an event: what JSON gives (``form``), how it is read and written, and what it must be.

    An ``is_optional`` field may be absent; the event then has ``default``.
    """

    form: str
    read: Callable[[Reader, str], Any]
    write: Callable[[Any], Any]
    check: Callable[[Any, str], None]
    is_optional: bool = False
    default: Any = None


def amount(low: int = 1) -> Field:
    """An amount of at least ``low`` fen."""
    return Field("yuan", Reader.yuan, yuan, lambda value, name: check_amount(Fen(value), name, low))


def rate() -> Field:
    """An annual fraction."""
    return Field("rate", Reader.rate, rate_text, check_rate)


def text() -> Field:
    """A string."""
    return Field("text", Reader.text, str, _no_check)


def day() -> Field:
    """A date."""
    return Field("date", Reader.on, date.isoformat, check_date)


def whole(low: int, high: int) -> Field:
    """A whole number between two bounds."""
    return Field("integer", Reader.whole, int, lambda value, name: check_number(value, name, low, high))


def flag() -> Field:
    """True or false."""
    return Field("boolean", lambda reader, key: reader.flag(key, False), bool, _no_check)


def choice(choices: object) -> Field:
    """One of the values of a Literal."""
    return Field(
        " or ".join(f"`{value}`" for value in get_args(choices)),
        lambda reader, key: reader.choice(key, choices),
        str,
        lambda value, name: check_choice(value, choices, name),
    )


def optional(field: Field, default: Any = None) -> Field:
    """The field, or its default where the key is absent."""
    return replace(field, is_optional=True, default=default)


def _no_check(value: Any, name: str) -> None:
    """The reader has said all there is to say."""


def no_more(event: Any, terms: Terms) -> None:
    """A kind that asks for nothing beyond its fields."""


@dataclass(frozen=True, slots=True)
class Kind:
    """An event kind; one module of this package makes each.

    ``happens`` changes the book, which stands at the event's date. ``check`` refuses an event that does not fit the
    terms. Two kinds may share a ``name`` in JSON when the key ``variant[0]`` tells them apart.
    """

    name: str
    event: type[Event]
    happens: Callable[[Book, Any], None]
    fields: Mapping[str, Field]
    check: Callable[[Any, Terms], None] = no_more
    variant: tuple[str, str] | None = None

    def read(self, reader: Reader) -> Event:
        """An event of this kind from JSON. Errors: those of the reader and the fields, each naming its key."""
        values: dict[str, Any] = {"id": reader.text("id"), "on": reader.on("on")}
        for name, field in self.fields.items():
            if field.is_optional and not reader.has(name):
                values[name] = field.default
                continue
            values[name] = field.read(reader, name)
            field.check(values[name], reader.field(name))
        reader.close()
        return self.event(**values)

    def write(self, event: Event) -> dict[str, Any]:
        """The event as JSON that reads back to an equal one."""
        written: dict[str, Any] = {"id": event.id, "on": event.on.isoformat(), "kind": self.name}
        if self.variant is not None:
            written[self.variant[0]] = self.variant[1]
        for name, field in self.fields.items():
            value = getattr(event, name)
            if not (field.is_optional and value == field.default):
                written[name] = field.write(value)
        return written

    def accept(self, event: Event, terms: Terms) -> None:
        """Refuse an event whose fields are out of range or do not fit the terms."""
        for name, field in self.fields.items():
            value = getattr(event, name)
            if not (field.is_optional and value == field.default):
                field.check(value, "events")
        self.check(event, terms)
