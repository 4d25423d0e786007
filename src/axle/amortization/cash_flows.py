"""Cash flows of a schedule as the borrower sees them, and the rates that follow from them."""

from datetime import date
from decimal import Decimal

from axle.amortization.choices import Method
from axle.amortization.due_dates import first_period_length
from axle.amortization.fees import fees_total
from axle.amortization.irr import XIRR_DAYS, AnnualRates, annual_rates, irr_at, xirr
from axle.amortization.schedule import Schedule
from axle.amortization.terms import Terms
from axle.kernel.money import Fen

_PERIODS_A_YEAR = {"month": Decimal(12), "week": Decimal(52), "day": Decimal(365)}
_PERIODS_A_ROW: dict[Method, int] = {"quarterly_interest": 3, "single": 0}
"""Periods that one row covers where it is not one; 0 is all of them."""


def periods_a_year(terms: Terms) -> Decimal:
    """12 for months, 52 for weeks, 365 for days, over ``every``."""
    return _PERIODS_A_YEAR[terms.unit] / terms.every


def received_at_start(terms: Terms) -> Fen:
    """What the borrower can use: the principal less fees withheld or paid on the start date."""
    upfront, financed = (fees_total(terms.fees, terms.principal, timing) for timing in ("upfront", "financed"))
    return Fen(terms.principal - upfront - financed)


def borrower_flows(plan: Schedule) -> tuple[tuple[date, Fen], ...]:
    """Money in (+) and out (-) of the borrower's hands, by date; all costs of the loan are in it.

    Source: REG-PBOC-2021-3.
    """
    flows = {plan.terms.start_on: int(received_at_start(plan.terms))}
    for row in plan.instalments:
        flows[row.due_on] = flows.get(row.due_on, 0) - row.total
    return tuple((on, Fen(flow)) for on, flow in sorted(flows.items()))


def irr_annual(plan: Schedule) -> AnnualRates:
    """The yield of principal against principal and interest, without any fee. Errors: NoRate."""
    return _rates(plan, plan.terms.principal, with_fees=False)


def apr(plan: Schedule) -> AnnualRates:
    """The annualised rate of all costs of the loan over the principal really used (综合年化).

    ``compound`` is the IRR-based figure, ``simple`` must be labelled 单利 where it is shown. Errors: NoRate.
    Source: REG-PBOC-2021-3.
    """
    return _rates(plan, received_at_start(plan.terms), with_fees=True)


def xirr_of(plan: Schedule) -> Decimal:
    """The annual compound rate of the borrower's dated flows. Errors: NoRate."""
    return xirr((on, -flow) for on, flow in borrower_flows(plan))


def _rates(plan: Schedule, received: Fen, *, with_fees: bool) -> AnnualRates:
    """Times count in whole periods; a broken first period counts as its part of a whole one."""
    terms = plan.terms
    guess = float(terms.annual_rate / periods_a_year(terms))
    times = _times(plan)
    flows = [(0.0, -received)]
    for row, time in zip(plan.instalments, times, strict=True):
        flows.append((time, row.total if with_fees else row.total - row.fee))
    if sum(flow for _, flow in flows) == 0:
        return AnnualRates(Decimal(0), Decimal(0), Decimal(0))
    return annual_rates(irr_at(flows, guess=guess), periods_a_year(terms))


def _times(plan: Schedule) -> list[float]:
    """When each row falls due, in periods of the terms from the start."""
    terms = plan.terms
    if terms.method == "irregular":
        a_day = float(periods_a_year(terms)) / XIRR_DAYS
        return [(row.due_on - terms.start_on).days * a_day for row in plan.instalments]
    size = _PERIODS_A_ROW.get(terms.method, 1) or terms.periods
    first = float(first_period_length(terms)) + size - 1
    if terms.timing == "advance":
        first -= 1
    return [max(first + (row.no - 1) * size, 0.0) for row in plan.instalments]
