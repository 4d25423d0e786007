"""Whose a claim was and what was paid under whom, counted forward from the loan's first day.

What was paid is the owner's under whom the books were told of it. Money that is entered later, or split anew because of
something entered later, is told anew: it is of the owner then.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from axle.amortization.tests.slow_life import SlowLife
from axle.amortization.tests.slow_model import SlowRow

Split = Counter[str]


class DatedLife(SlowLife):
    """The slow model, with what each receipt paid on each day, by component."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.splits: dict[tuple[str, date], Split] = defaultdict(Counter)

    def _paid(self, receipt: str, row: SlowRow, component: str, part: int) -> None:
        super()._paid(receipt, row, component, part)
        if part:
            self.splits[receipt, self.today][component] += part


@dataclass(frozen=True)
class Stint:
    """A time under one owner: what had been earned when it began, and the price paid for the claim."""

    is_ours: bool
    earned: int = 0
    price: int = 0


class Ownership:
    """All owners of a claim in their order; the first one is the lender."""

    def __init__(self) -> None:
        self.stints = [Stint(is_ours=True)]
        self.told: dict[tuple[str, date], tuple[Split, int]] = {}

    @property
    def was_sold(self) -> bool:
        return len(self.stints) > 1

    @property
    def is_ours(self) -> bool:
        return self.stints[-1].is_ours

    def note(self, life: DatedLife) -> None:
        """What is split as before stays with the owner under whom it was told."""
        present, now = self.told, len(self.stints) - 1
        self.told = {}
        for key, split in life.splits.items():
            known = present.get(key)
            self.told[key] = known if known and known[0] == split else (split, now)

    def passes(self, life: DatedLife, *, price: int) -> None:
        """The claim is sold, or bought back."""
        self.note(life)
        self.stints.append(Stint(not self.is_ours, life.earned(), price))

    def paid_under(self, numbers: range) -> Split:
        """What was paid in some stints, by component."""
        found: Split = Counter()
        for split, number in self.told.values():
            if number in numbers:
                found.update(split)
        return found

    def charged_as_ours(self, life: DatedLife) -> int:
        """Fees of ours: one for paying early is the owner's to whom that payment was told."""
        return sum(row.due["fee"] for row in life.fallen if self._is_told_as_ours(row))

    def _is_told_as_ours(self, row: SlowRow) -> bool:
        _split, number = self.told.get((row.name[2], row.due_on), (None, 0))
        return row.name[0] != "prepayment" or self.stints[number].is_ours

    def handed_over(self, life: DatedLife) -> Split:
        """What left our books with the claim less what came back: principal, interest, fees; and the price for it."""
        found: Split = Counter()
        for number, stint in enumerate(self.stints[1:], 1):
            paid, sign = self.paid_under(range(number)), 1 if not stint.is_ours else -1
            had = {"principal": life.lent, "interest": stint.earned}
            for name, amount in had.items():
                found[name] += sign * max(amount - paid[name] - life.total("waived", name), 0)
            found["price"] += sign * stint.price
        ours = sum(
            (self.paid_under(range(no, no + 1)) for no, stint in enumerate(self.stints) if stint.is_ours), Counter()
        )
        still = life.total("due", "fee") - life.total("paid", "fee") if self.is_ours else life.total("waived", "fee")
        found["fee"] = self.charged_as_ours(life) - ours["fee"] - still
        return found

    def collected_for_buyers(self) -> int:
        """All that was paid while the claim was another's."""
        return sum(sum(split.values()) for split, number in self.told.values() if not self.stints[number].is_ours)
