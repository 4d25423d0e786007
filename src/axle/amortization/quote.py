"""``quote``: terms as JSON in; schedule, totals and annual rates as JSON out."""

from collections.abc import Callable
from typing import Any

from axle.amortization.cash_flows import apr, borrower_flows, irr_annual, received_at_start, xirr_of
from axle.amortization.errors import NoRate
from axle.amortization.fees import fees_total
from axle.amortization.irr import AnnualRates
from axle.amortization.schedule import Instalment, Schedule, schedule
from axle.amortization.terms_json import rate_text, terms_from_json
from axle.kernel.money import Fen, yuan


def quote_json(data: object) -> dict[str, Any]:
    """The schedule of terms, with totals, rates and the borrower's and lender's cash flows.

    Amounts are yuan strings, rates decimal strings, dates ISO. Errors: those of ``terms_from_json`` and ``schedule``.
    """
    plan = schedule(terms_from_json(data))
    flows = borrower_flows(plan)
    return {
        "instalments": [instalment_json(row) for row in plan.instalments],
        "instalment": yuan(plan.instalment),
        "totals": _totals(plan),
        "irr_annual": _rates_json(irr_annual, plan),
        "apr": _rates_json(apr, plan),
        "xirr": _xirr_text(plan),
        "cash_flows": {
            "borrower": [{"on": on.isoformat(), "amount": yuan(flow)} for on, flow in flows],
            "lender": [{"on": on.isoformat(), "amount": yuan(-flow)} for on, flow in flows],
        },
    }


def instalment_json(row: Instalment) -> dict[str, Any]:
    """One row of a schedule."""
    return {
        "no": row.no,
        "due_on": row.due_on.isoformat(),
        "days": row.days,
        "principal": yuan(row.principal),
        "interest": yuan(row.interest),
        "fee": yuan(row.fee),
        "total": yuan(row.total),
        "balance": yuan(row.balance),
    }


def _totals(plan: Schedule) -> dict[str, str]:
    terms = plan.terms
    fees = {timing: fees_total(terms.fees, terms.principal, timing) for timing in ("upfront", "financed")}
    cost = plan.interest_total + plan.fee_total + sum(fees.values())
    return {
        "principal": yuan(terms.principal),
        "interest": yuan(plan.interest_total),
        "fee": yuan(plan.fee_total),
        "total": yuan(plan.total),
        "fee_upfront": yuan(fees["upfront"]),
        "fee_financed": yuan(fees["financed"]),
        "received": yuan(received_at_start(terms)),
        "cost": yuan(Fen(cost)),
    }


def _xirr_text(plan: Schedule) -> str | None:
    """The dated rate; none where the first day's rent already repays everything."""
    try:
        return rate_text(xirr_of(plan))
    except NoRate:
        return None


def _rates_json(rates_of: Callable[[Schedule], AnnualRates], plan: Schedule) -> dict[str, str] | None:
    """A rate three ways; none where no rate solves the flows."""
    try:
        rates = rates_of(plan)
    except NoRate:
        return None
    return {
        "periodic": rate_text(rates.periodic),
        "simple": rate_text(rates.simple),
        "compound": rate_text(rates.compound),
    }
