"""Which bank issued a card, by the longest known prefix of its number."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parents[1] / "data" / "bank_bins.tsv"
"""Prefix, number of digits, bank code, bank, kind (DC debit, CC credit, SCC semi-credit, PC prepaid).

Source: the npm package bankcardinfo 2.0.6 (ISC), its larger banks.
"""

_PREFIX_LENGTHS = range(10, 2, -1)


@dataclass(frozen=True)
class Issuer:
    """The bank behind a card number. ``is_debit``: money of the holder's own lies on it."""

    bank_code: str
    bank_name: str
    is_debit: bool


def issuer_of(card_no: str) -> Issuer | None:
    """The issuer, or None when no prefix of the table fits the number and its length."""
    known = _table()
    for length in _PREFIX_LENGTHS:
        issuer = known.get((card_no[:length], len(card_no)))
        if issuer is not None:
            return issuer
    return None


@cache
def _table() -> dict[tuple[str, int], Issuer]:
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:])
    return {(prefix, int(digits)): Issuer(code, bank, kind == "DC") for prefix, digits, code, bank, kind in rows}
