"""What the house's standard strategy would say of a book: which of its inputs nobody answers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from axle.decisioning.public import input_contract

STANDARD = "auto_loan_standard"
OF_A_BOOK: Mapping[str, Any] = {
    "legal_entity_code": "BOOK",
    "channel": "direct",
    "customer_type": "individual",
    "product_kind": "loan",
    "vehicle_class": "passenger",
    "operation_kind": "none",
    "is_battery_swap": False,
    "is_repeat_customer": False,
    "sources_asked": [],
}
"""What is known of every row of a book of consumer car loans: nobody asked any source about it."""


@dataclass
class StandardGaps:
    """Rows that the standard strategy refers because it is not told what it must know, and the inputs it lacks."""

    on: date
    rows: int = 0
    referred: int = 0
    inputs: Counter[str] = field(default_factory=Counter)

    def add(self, told: Mapping[str, Any]) -> None:
        """Put a case, in the words that both contracts share, to the standard contract."""
        contract = input_contract(STANDARD, on=self.on)
        if contract is None:
            return
        values = {name: told.get(name) for name in contract.known}
        lacking = [*contract.check(values), *contract.unanswered(values)]
        self.rows += 1
        self.referred += bool(lacking)
        self.inputs.update({fault.where for fault in lacking})
