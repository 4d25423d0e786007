"""A quote: the schedule of a request under a product, its annual rates, its cost sheet and the cap it must keep."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from axle.amortization.public import AnnualRates, Schedule, apr, irr_annual, schedule
from axle.kernel.money import Fen
from axle.product.domain.cost_sheet import CostSheet, cost_sheet
from axle.product.domain.engine_terms import loan_terms
from axle.product.domain.terms import ProductMethod, ProductTerms
from axle.product.domain.terms_check import TermsRequest, TermsViolation, percent, terms_violations


@dataclass(frozen=True)
class CostCap:
    """The highest all-in simple annual rate that a legal entity may charge on a date, with its source."""

    rate: Decimal
    source: str


@dataclass(frozen=True)
class Quote:
    """What a loan would cost. ``irr`` counts principal and interest, ``apr`` all costs of the borrower."""

    product: str
    version_id: int
    principal: Fen
    periods: int
    method: ProductMethod
    annual_rate: Decimal
    start_on: date
    schedule: Schedule
    instalment: Fen
    interest_total: Fen
    fee_total: Fen
    total: Fen
    irr: AnnualRates
    apr: AnnualRates
    costs: CostSheet
    cap: CostCap
    violations: tuple[TermsViolation, ...]


def quotation(
    terms: ProductTerms,
    request: TermsRequest,
    *,
    product: str,
    version_id: int,
    start_on: date,
    cap: CostCap,
    lender: str,
) -> Quote:
    """The quote of a request, with everything in it that the product does not offer.

    Money in fen; rates are annual fractions. Errors: those of ``amortization`` for terms that give no schedule.
    """
    plan = _plan(terms, request, start_on)
    all_in = apr(plan)
    violations = [*terms_violations(terms, request), *cap_violations(all_in.simple, cap)]
    return Quote(
        product=product,
        version_id=version_id,
        principal=request.principal,
        periods=request.periods,
        method=request.method,
        annual_rate=request.annual_rate,
        start_on=start_on,
        schedule=plan,
        instalment=plan.instalments[0].total,
        interest_total=plan.interest_total,
        fee_total=plan.fee_total,
        total=plan.total,
        irr=irr_annual(plan),
        apr=all_in,
        costs=cost_sheet(terms, plan, lender),
        cap=cap,
        violations=tuple(violations),
    )


def _plan(terms: ProductTerms, request: TermsRequest, start_on: date) -> Schedule:
    return schedule(
        loan_terms(
            terms,
            principal=request.principal,
            annual_rate=request.annual_rate,
            periods=request.periods,
            method=request.method,
            start_on=start_on,
            due_day=request.due_day if terms.due_day.offers(request.due_day) else None,
        )
    )


def cap_violations(rate: Decimal, cap: CostCap) -> list[TermsViolation]:
    """The cost cap as a violation when an annual rate exceeds it."""
    if rate <= cap.rate:
        return []
    return [TermsViolation("annual_rate", "cost_above_cap", {"rate": percent(rate), "cap": percent(cap.rate)})]
