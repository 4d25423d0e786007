"""Shared funding (联合出资): what a funder pays in, and what it gets back out of every row."""

from dataclasses import replace

from axle.amortization.fees import rate_of
from axle.amortization.schedule import Instalment, Schedule, periods_of
from axle.amortization.terms import Terms
from axle.kernel.money import ZERO, Fen
from axle.kernel.rounding import half_up


def funded_amount(terms: Terms) -> Fen:
    """The funder's share of the principal; zero without a funder."""
    return ZERO if terms.funder is None else rate_of(terms.principal, terms.funder.share.as_integer_ratio())


def funder_payments(plan: Schedule) -> list[tuple[Instalment, Fen]]:
    """What the funder gets of each row.

    At the loan's own rate it is the share of principal and interest together; at a rate of its own, the share of
    principal, and interest at that rate on the funder's balance. The last row repays what is left of it.
    """
    terms, funder = plan.terms, plan.terms.funder
    if funder is None:
        return []
    if funder.annual_rate is None:
        share = funder.share.as_integer_ratio()
        return [(row, rate_of(row.principal + row.interest, share)) for row in plan.instalments]
    periods = periods_of(replace(terms, annual_rate=funder.annual_rate, interest_free_periods=0, subvention=None))
    factors = [*([0] * (plan.instalments[0].no == 0)), *periods.factors]
    left, found = funded_amount(terms), []
    for row, factor in zip(plan.instalments, factors, strict=True):
        kept = rate_of(row.balance, funder.share.as_integer_ratio())
        found.append((row, Fen(left - kept + half_up(left * factor, periods.scale))))
        left = kept
    return found
