"""Strict reading of JSON objects: every key has a type, none is ignored, and a refusal names the key."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from axle.amortization import errors
from axle.amortization.bounds import check_choice
from axle.kernel.dates import parse_date
from axle.kernel.errors import InvalidAmount, InvalidDate
from axle.kernel.money import Fen, parse_yuan

_RATE = re.compile(r"-?\d{1,9}(\.\d{1,20})?", re.ASCII)
_MAX_TEXT = 200


class Reader:
    """One JSON object; ``close`` refuses the keys that nobody asked for.

    Null stands for "none" where a key may be absent, and is refused where a key has a value by default.
    """

    def __init__(self, data: object, path: str = "") -> None:
        if not isinstance(data, dict):
            raise errors.NotAnObject(field=path or None)
        self._data: dict[str, Any] = data
        self._path = path
        self._asked: set[str] = set()

    def field(self, key: str) -> str:
        """The path of a key, such as ``fees[0].amount``."""
        return f"{self._path}.{key}" if self._path else key

    def has(self, key: str) -> bool:
        """Whether a key is given; null is not."""
        self._asked.add(key)
        return self._data.get(key) is not None

    def text(self, key: str, default: str | None = None) -> str:
        """A string of at most 200 characters. Errors: MissingKey, WrongType."""
        value = self._take(key, default)
        if not isinstance(value, str) or not 0 < len(value) <= _MAX_TEXT:
            raise errors.WrongType(field=self.field(key), expected="text")
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number. Errors: MissingKey, WrongType."""
        value = self._take(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise errors.WrongType(field=self.field(key), expected="integer")
        return value

    def flag(self, key: str, default: bool) -> bool:
        """True or false. Errors: WrongType."""
        value = self._take(key, default)
        if not isinstance(value, bool):
            raise errors.WrongType(field=self.field(key), expected="boolean")
        return value

    def yuan(self, key: str, default: Fen | None = None) -> Fen:
        """An amount such as ``"1234.50"``. Errors: MissingKey, WrongType."""
        value = self._take(key, default)
        if default is not None and key not in self._data:
            return default
        try:
            if value != value.strip():
                raise InvalidAmount(value=value[:40])
            return parse_yuan(value)
        except (AttributeError, InvalidAmount) as error:
            raise errors.WrongType(field=self.field(key), expected='yuan in a string, "100.00"') from error

    def rate(self, key: str, default: Decimal | None = None) -> Decimal:
        """A fraction such as ``"0.0899"``. Errors: MissingKey, WrongType."""
        value = self._take(key, default)
        if default is not None and key not in self._data:
            return default
        if not isinstance(value, str) or not _RATE.fullmatch(value):
            raise errors.WrongType(field=self.field(key), expected='a fraction in a string, "0.24"')
        return Decimal(value)

    def on(self, key: str) -> date:
        """A date such as ``"2026-11-22"``. Errors: MissingKey, WrongType."""
        try:
            return parse_date(self._take(key, None))
        except InvalidDate as error:
            raise errors.WrongType(field=self.field(key), expected='a date in a string, "2026-11-26"') from error

    def choice(self, key: str, choices: object, default: str | None = None) -> Any:
        """One of the values of a Literal. Errors: MissingKey, WrongType, UnknownChoice."""
        value = self.text(key, default)
        check_choice(value, choices, self.field(key))
        return value

    def objects(self, key: str) -> list["Reader"]:
        """A list of objects, empty when absent. Errors: WrongType, NotAnObject."""
        values = self._take(key, [])
        if not isinstance(values, list):
            raise errors.WrongType(field=self.field(key), expected="list")
        return [Reader(value, f"{self.field(key)}[{index}]") for index, value in enumerate(values)]

    def texts(self, key: str, default: Iterable[str]) -> tuple[str, ...]:
        """A list of strings. Errors: WrongType."""
        values = self._take(key, list(default))
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise errors.WrongType(field=self.field(key), expected="list")
        return tuple(values)

    def nested(self, key: str) -> "Reader":
        """An object, empty when absent. Errors: NotAnObject."""
        return Reader(self._take(key, {}), self.field(key))

    def close(self) -> None:
        """Refuse keys that were not asked for. Errors: UnknownKey."""
        for key in self._data:
            if key not in self._asked:
                name = self.field(str(key)[:60])
                raise errors.UnknownKey(field=name, key=name)

    def _take(self, key: str, default: object) -> Any:
        self._asked.add(key)
        value = self._data.get(key)
        if value is not None:
            return value
        if default is None:
            raise errors.MissingKey(field=self.field(key), key=self.field(key))
        if key in self._data:  # null is no way to ask for a default
            raise errors.WrongType(field=self.field(key), expected="a value, not null")
        return default
