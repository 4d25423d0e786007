"""The books as a page of arithmetic: what each account must stand at, from what the loans owe and have paid."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from axle.amortization.tests.slow_life import SlowLife

TAX = Fraction(6, 106)
"""What of income with tax is tax: loan services bear six per cent."""


class PlainLedger:
    """Balances in fen, debit positive, from the slow models of all loans and the money that nobody has matched."""

    def __init__(self, lives: Iterable[SlowLife], in_suspense: int) -> None:
        self.balances: Counter[str] = Counter()
        self.taxed = 0
        for life in lives:
            self._loan(life)
        self.balances["bank"] += in_suspense
        self.balances["suspense"] -= in_suspense

    def _loan(self, life: SlowLife) -> None:
        paid = {name: life.total("paid", name) for name in ("principal", "interest", "fee", "penalty", "compound")}
        charged = life.total("due", "fee")
        self.balances["bank"] += life.received - life.lent
        waived = {name: life.total("waived", name) for name in ("principal", "interest", "fee")}
        self.balances["loans"] += life.lent - paid["principal"] - waived["principal"]
        self.balances["interest"] += life.earned() - paid["interest"] - waived["interest"]
        self.balances["fees"] += charged - paid["fee"] - waived["fee"]
        self.balances["residues"] += sum(waived.values())
        self.balances["overpayments"] -= life.unapplied()
        income = life.earned() + charged + paid["penalty"] + paid["compound"]
        self.balances["income with tax"] -= income
        self.taxed += income

    @property
    def tax(self) -> Fraction:
        """The tax on all income, before anything of it was rounded."""
        return self.taxed * TAX


GROUPS = {
    "bank": ("1002",),
    "loans": ("1303.01", "1303.02", "1303.03"),
    "interest": ("1132.01",),
    "fees": ("1122.01",),
    "overpayments": ("2203.01",),
    "suspense": ("2241.01",),
    "residues": ("6702",),
    "income with tax": ("6011", "6021", "2221"),
}
"""Which accounts of the chart, with all below them, stand for what the model knows."""
