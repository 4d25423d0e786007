"""The margin deposit (保证金): how much it is, and which rents it pays in the end."""

from axle.amortization.fees import rate_of
from axle.amortization.schedule import Instalment, Schedule
from axle.amortization.terms import Terms
from axle.kernel.money import ZERO, Fen


def deposit_amount(terms: Terms) -> Fen:
    """What is deposited on the start date; zero without a deposit."""
    deposit = terms.deposit
    if deposit is None:
        return ZERO
    if deposit.amount is not None:
        return deposit.amount
    return rate_of(terms.principal, (deposit.rate or 0).as_integer_ratio())


def deposit_offsets(plan: Schedule) -> list[tuple[Instalment, Fen]]:
    """What an offset deposit pays of which rows, from the last one backwards; the rows ascend."""
    terms = plan.terms
    if terms.deposit is None or terms.deposit.mode != "offset":
        return []
    left, found = deposit_amount(terms), []
    for row in reversed(plan.instalments):
        taken = Fen(min(left, row.total))
        if taken:
            found.append((row, taken))
        left = Fen(left - taken)
    return found[::-1]
