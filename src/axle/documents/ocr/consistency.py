"""What the fields of one document say about each other."""

from collections.abc import Mapping
from dataclasses import replace

from axle.documents.ocr.readings import FieldReading
from axle.kernel.identifiers import resident_id_birthday, resident_id_gender

_DERIVED = 0.95


def agreed(found: Mapping[str, FieldReading]) -> dict[str, FieldReading]:
    """The readings after each was held against the others: derived where missing, doubted where they disagree."""
    return {**found, **_from_resident_id(found), **_invoice_sum(found)}


def _from_resident_id(found: Mapping[str, FieldReading]) -> dict[str, FieldReading]:
    """A resident id with a right check digit carries the birthday and the gender."""
    id_no = found.get("id_no") or found.get("licence_no")
    if id_no is None or not id_no.is_valid:
        return {}
    birthday = resident_id_birthday(str(id_no.value))
    derived = {"born_on": str(birthday), "gender": resident_id_gender(str(id_no.value))}
    return {name: _reconciled(found.get(name), value, id_no.confidence) for name, value in derived.items()}


def _reconciled(read: FieldReading | None, derived: str, confidence: float) -> FieldReading:
    if read is None or not read.is_valid:
        return FieldReading(derived, confidence * _DERIVED, is_valid=True)
    if read.value == derived:
        return replace(read, confidence=max(read.confidence, confidence))
    return replace(read, is_valid=False)


def _invoice_sum(found: Mapping[str, FieldReading]) -> dict[str, FieldReading]:
    """Price = net price + tax to the fen; where it does not hold, none of the three can be trusted."""
    parts = {name: found[name] for name in ("price_fen", "net_price_fen", "tax_fen") if name in found}
    if len(parts) < 3:
        return {}
    price, net, tax = (int(reading.value) for reading in parts.values())
    return {name: replace(reading, is_valid=reading.is_valid and price == net + tax) for name, reading in parts.items()}
