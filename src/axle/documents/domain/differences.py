"""Holding what a person typed against what was read from the document."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from axle.documents.domain.text_forms import read_date, squeezed

Severity = Literal["critical", "minor", "fill"]
"""critical: identifies a person, car or amount; minor: wording may differ; fill: only the document has a value."""

_MINOR = frozenset({"address", "model", "vehicle_type", "issuer", "bank_name", "company_type", "maker", "nationality"})
_MARKS = re.compile(r"[\s,.。、;:()\-—_·•'\"]+")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field where form and document do not say the same."""

    field: str
    form_value: str
    recognised_value: str
    severity: Severity

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def compare(form: Mapping[str, object], recognised: Mapping[str, object]) -> list[Difference]:
    """The differences in the order of the document's fields.

    Only fields that both sides know are compared; width, spaces, punctuation, case and date forms do not count.
    A field that could not be read is no difference.
    """
    found = []
    for field, value in recognised.items():
        if field in form and (difference := _difference(field, form[field], value)):
            found.append(difference)
    return found


def _difference(field: str, typed: object, read: object) -> Difference | None:
    form_value, recognised_value = _shown(typed), _shown(read)
    if not recognised_value or _same(typed, read):
        return None
    if not form_value:
        return Difference(field, "", recognised_value, "fill")
    return Difference(field, form_value, recognised_value, "minor" if field in _MINOR else "critical")


def _same(typed: object, read: object) -> bool:
    if isinstance(typed, int | Decimal) or isinstance(read, int | Decimal):
        return _number(typed) is not None and _number(typed) == _number(read)
    typed_date, read_as_date = _date(typed), _date(read)
    if typed_date and read_as_date:
        return typed_date == read_as_date
    return normalised(_shown(typed)) == normalised(_shown(read))


def normalised(text: str) -> str:
    """Half-width capitals without spaces and punctuation."""
    return _MARKS.sub("", squeezed(text)).upper()


def _shown(value: object) -> str:
    return "" if value is None else str(value).strip()


def _number(value: object) -> Decimal | None:
    try:
        return Decimal(squeezed(_shown(value)).replace(",", ""))
    except ArithmeticError:
        return None


def _date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    text = _shown(value)
    return read_date(text) if len(text) <= 11 else None
