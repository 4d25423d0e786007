"""The books as a page of arithmetic: what each account must stand at, from what the loans owe and have paid."""

from collections import Counter
from fractions import Fraction

from tests.model.ownership import DatedLife, Ownership

TAX = Fraction(6, 106)
"""What of income with tax is tax: loan services bear six per cent."""


class PlainLedger:
    """Balances in fen, debit positive, from the slow models of all loans and the money that nobody has matched."""

    def __init__(self, in_suspense: int) -> None:
        self.balances: Counter[str] = Counter(bank=in_suspense, suspense=-in_suspense)
        self.taxed = 0

    def add(self, life: DatedLife, carrying: str, ownership: Ownership) -> None:
        """A loan, carried as ``performing``, ``non_accrual``, ``written_off`` or ``sold``.

        Interest of a loan that no longer accrues is income when it is paid, whenever it was earned; a written-off
        loan stands in the books no more, but in a list of what is still owed. A sold one is its buyer's, with what
        had been earned until then; what is paid on it is the buyer's too. A residue is let go at our expense.
        """
        names = ("principal", "interest", "fee", "penalty", "compound")
        paid = Counter({name: life.total("paid", name) for name in names})
        waived = {name: life.total("waived", name) for name in ("principal", "interest", "fee")}
        accrues, stands = carrying == "performing", carrying in ("performing", "non_accrual")
        uncollected = life.earned() - paid["interest"] - waived["interest"]
        ours, gone, charged = paid, Counter[str](), life.total("due", "fee")
        if ownership.was_sold:
            numbers = range(len(ownership.stints))
            theirs = [number for number in numbers if not ownership.stints[number].is_ours]
            ours = paid - sum((ownership.paid_under(range(no, no + 1)) for no in theirs), Counter[str]())
            gone, charged = ownership.handed_over(life), ownership.charged_as_ours(life)
        self.balances["bank"] += life.received - life.lent
        self.balances["overpayments"] -= life.unapplied()
        self.balances["loans"] += stands * (life.lent - paid["principal"] - waived["principal"])
        self.balances["fees"] += stands * (life.total("due", "fee") - paid["fee"] - waived["fee"])
        self.balances["interest"] += accrues * uncollected
        self.balances["interest off balance"] += (stands and not accrues) * uncollected
        self.balances["claims kept"] += (carrying == "written_off") * life.owed_now()
        self.balances["residues"] += sum(waived.values())
        self.balances["collected for buyers"] -= ownership.collected_for_buyers()
        self.balances["prices"] += gone["price"]
        self.balances["gains on claims"] -= gone["price"] - gone["principal"] - gone["interest"] - gone["fee"]
        earned = accrues * uncollected + gone["interest"] + ours["interest"] + waived["interest"]
        income = earned + charged + ours["penalty"] + ours["compound"]
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
    "prices": ("1221.05",),
    "pledged prices": ("1221.06",),
    "collected for buyers": ("2241.06",),
    "debt on pools": ("2701",),
    "gains on claims": ("6111.01",),
    "residues": ("6702",),
    "income with tax": ("6011", "6021", "2221"),
}
"""Which accounts of the chart, with all below them, stand for what the model knows."""
