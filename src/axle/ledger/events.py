"""The one fact that moves money, published by every context and posted by accounting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from axle.kernel.money import Fen
from axle.platform.public import Subject


@dataclass(frozen=True)
class MoneyEvent:
    """A business fact that moves money; publish it in the transaction that records the fact.

    ``kind`` selects the posting rule, ``amounts`` are fen by the names that the rule knows, never negative.
    ``event_no`` is unique per kind. ``reverses`` holds the ``event_no`` that this event takes back: the
    amounts are then those of the original, and its entry is reversed in red. Where the original was told only as a
    part of a sum, ``part_of`` holds the event of that sum instead: its part is posted in red. ``dimensions`` keys:
    loan_no, contract_no, customer_id, dealer_id, product_code, bank_account.
    """

    kind: str
    event_no: str
    legal_entity_id: int
    value_on: date
    amounts: Mapping[str, Fen]
    dimensions: Mapping[str, str]
    source: Subject
    reverses: str | None = None
    part_of: str | None = None
