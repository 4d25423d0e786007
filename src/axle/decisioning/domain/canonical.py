"""One spelling for inputs and results, so that a record can be hashed and replayed to the same bytes."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from axle.decisioning.domain.fields import Field, FieldType, as_rate


def canonical_bytes(value: Any) -> bytes:
    """JSON with sorted keys, no spaces and UTF-8 text: equal values give equal bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def content_hash(value: Any) -> str:
    """SHA-256 of the canonical bytes, in hex."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def content_hash_of(parts: Iterable[bytes]) -> str:
    """The ``content_hash`` of a list whose parts are canonical bytes already."""
    return hashlib.sha256(b"[" + b",".join(parts) + b"]").hexdigest()


def rate_text(rate: Decimal) -> str:
    """A rate as plain decimal text rounded to 8 places without trailing zeros: ``"0.0899"``."""
    return format(rate.quantize(Decimal("0.00000001")).normalize(), "f")


def stored_value(field: Field, value: Any) -> Any:
    """A checked value as it is stored: rates and dates as text, numbers as integers."""
    if value is None:
        return None
    if field.type is FieldType.RATE:
        return rate_text(as_rate(value) or Decimal(0))
    if field.type is FieldType.DATE and isinstance(value, date):
        return value.isoformat()
    if field.type is FieldType.LIST and field.items is not None:
        return [stored_value(field.items, item) for item in value]
    if field.type is FieldType.RECORD:
        return stored_record(field.fields, value)
    return value


def stored_record(fields: tuple[Field, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """Every declared field of a checked record as it is stored; an absent one is null."""
    return {field.name: stored_value(field, values.get(field.name)) for field in fields}


def engine_value(field: Field, value: Any) -> Any:
    """A stored value as the engine takes it: a rate becomes a number (its 8 places survive a double)."""
    if value is None:
        return None
    if field.type is FieldType.RATE:
        return float(value)
    if field.type is FieldType.LIST and field.items is not None:
        return [engine_value(field.items, item) for item in value]
    if field.type is FieldType.RECORD:
        return {part.name: engine_value(part, value.get(part.name)) for part in field.fields}
    return value
