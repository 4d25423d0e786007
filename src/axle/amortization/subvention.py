"""Subvention (贴息): what dealer or manufacturer add to the borrower's rate."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from axle.amortization.choices import LEVEL_METHODS, Method
from axle.amortization.schedule import Instalment, Schedule, periods_of
from axle.kernel.money import Fen
from axle.kernel.rounding import half_up, round_fen

_EVEN_METHODS: frozenset[Method] = (LEVEL_METHODS - {"stepped"}) | {"flat", "rule_78"}


def subvention_payments(plan: Schedule) -> list[tuple[date, int, Fen]]:
    """When the sponsor pays (date and row, 0 at the start) and how much. Amounts in fen, rounded half up."""
    found = plan.terms.subvention
    if found is None:
        return []
    start = plan.terms.start_on
    if found.mode == "fixed":
        return [(start, 0, found.amount or Fen(0))]
    rate = found.settlement_rate or Decimal(0)
    if found.mode == "upfront":
        return [(start, 0, _present_value_gap(plan, rate))]
    gaps = _interest_gaps(plan, rate)[: found.periods]
    return [(row.due_on, row.no, gap) for row, gap in gaps if gap]


def _present_value_gap(plan: Schedule, rate: Decimal) -> Fen:
    """Principal less the present value of what the borrower pays, at the settlement rate.

    It is agreed before the schedule is rounded: of level instalments the last counts like the others, without the
    remainder that it takes.
    """
    factors, scale = _factors(plan, rate)
    worth, discount = Fraction(0), Fraction(1)
    for payment, factor in zip(_payments(plan), factors, strict=True):
        discount *= Fraction(scale, scale + factor)
        worth += payment * discount
    return Fen(max(round_fen(plan.terms.principal - worth), 0))


def _payments(plan: Schedule) -> list[int]:
    terms = plan.terms
    rows = [row.principal + row.interest for row in plan.instalments]
    if rows and terms.method in _EVEN_METHODS and terms.timing == "arrears":
        rows[-1] = plan.instalment + terms.residual + plan.deferred
    return rows


def _interest_gaps(plan: Schedule, rate: Decimal) -> list[tuple[Instalment, Fen]]:
    """For each row, interest at the settlement rate on the balance before it, less the borrower's interest."""
    factors, scale = _factors(plan, rate)
    gaps, balance = [], plan.terms.principal
    for row, factor in zip(plan.instalments, factors, strict=True):
        gaps.append((row, Fen(max(half_up(balance * factor, scale) - row.interest, 0))))
        balance = row.balance
    return gaps


def _factors(plan: Schedule, rate: Decimal) -> tuple[list[int], int]:
    """The settlement rate by row; a row 0 at the start bears none."""
    periods = periods_of(replace(plan.terms, annual_rate=rate, interest_free_periods=0, subvention=None))
    upfront = [0] * (plan.instalments[0].no == 0)
    return [*upfront, *periods.factors], periods.scale
