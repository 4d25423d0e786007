"""The books as a page of arithmetic: what each account must stand at, from what the loans owe and have paid."""

from collections import Counter
from fractions import Fraction

from axle.amortization.tests.slow_life import SlowLife

TAX = Fraction(6, 106)
"""What of income with tax is tax: loan services bear six per cent."""


class PlainLedger:
    """Balances in fen, debit positive, from the slow models of all loans and the money that nobody has matched."""

    def __init__(self, in_suspense: int) -> None:
        self.balances: Counter[str] = Counter(bank=in_suspense, suspense=-in_suspense)
        self.taxed = 0

    def add(self, life: SlowLife, carrying: str = "performing") -> None:
        """A loan, carried as ``performing``, ``non_accrual`` or ``written_off``.

        Interest of a loan that no longer accrues is income when it is paid, whenever it was earned; a written-off
        loan stands in the books no more, but in a list of what is still owed.
        """
        paid = {name: life.total("paid", name) for name in ("principal", "interest", "fee", "penalty", "compound")}
        waived = {name: life.total("waived", name) for name in ("principal", "interest", "fee")}
        accrues, stands, charged = carrying == "performing", carrying != "written_off", life.total("due", "fee")
        uncollected = life.earned() - paid["interest"] - waived["interest"]
        self.balances["bank"] += life.received - life.lent
        self.balances["overpayments"] -= life.unapplied()
        self.balances["loans"] += stands * (life.lent - paid["principal"] - waived["principal"])
        self.balances["fees"] += stands * (charged - paid["fee"] - waived["fee"])
        self.balances["interest"] += accrues * uncollected
        self.balances["interest off balance"] += (stands and not accrues) * uncollected
        self.balances["claims kept"] += (not stands) * life.owed_now()
        self.balances["residues"] += waived["principal"] + waived["fee"] + accrues * waived["interest"]
        earned = life.earned() if accrues else paid["interest"]
        income = earned + charged + paid["penalty"] + paid["compound"]
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
    "refunds": ("2241.04",),
    "interest off balance": ("9002",),
    "claims kept": ("9003",),
    "residues": ("6702",),
    "income with tax": ("6011", "6021", "2221"),
}
"""Which accounts of the chart, with all below them, stand for what the model knows."""
