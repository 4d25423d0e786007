"""The sheet of all costs that a borrower must see before signing (综合融资成本明示表).

Every item with how it is collected, by which standard, by whom, and as an annualised level; the total under normal
performance; what lateness and early repayment may cost besides.

Source: REG-NFRA-2026-2 (Provisions on disclosing the all-in cost of personal loans, in force from 2026-08-01).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from axle.amortization.public import AnnualRates, Fee, Schedule, apr, fee_amount, irr_annual, schedule
from axle.kernel.money import Fen
from axle.kernel.rounding import round_rate
from axle.product.domain.terms import ProductFee, ProductFeeTiming, ProductTerms

INTEREST = "interest"


@dataclass(frozen=True)
class CostItem:
    """A cost under normal performance; interest has no name of its own.

    ``annualised`` is what it adds to the simple annual rate.
    """

    code: str
    timing: ProductFeeTiming
    amount: Fen
    rate: Decimal | None
    collector: str
    annualised: Decimal
    name_zh: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class ContingentItem:
    """A cost that arises only by lateness or early repayment, with its standard."""

    code: str
    rate: Decimal
    before_month: int | None = None


@dataclass(frozen=True)
class CostSheet:
    """All costs of a loan. ``total`` is the annualised all-in rate; nothing else will be charged."""

    principal: Fen
    received: Fen
    items: tuple[CostItem, ...]
    total_amount: Fen
    total: AnnualRates
    contingent: tuple[ContingentItem, ...]


def cost_sheet(terms: ProductTerms, plan: Schedule, lender: str) -> CostSheet:
    """The sheet of a schedule. Money in fen; annual rates of items add up to the total exactly. Errors: NoRate."""
    charged = [fee for fee in plan.terms.fees if fee.payer == "borrower"]
    rates = [irr_annual(plan).simple]
    items = [CostItem(INTEREST, "by_instalment", plan.interest_total, plan.terms.annual_rate, lender, rates[0])]
    for count, fee in enumerate(charged, start=1):
        rates.append(_with_fees(plan, charged[:count]).simple)
        items.append(_item(plan, fee, _named(terms, fee.code), rates[-1] - rates[-2]))
    return CostSheet(
        principal=plan.terms.principal,
        received=_received(plan, charged),
        items=tuple(items),
        total_amount=Fen(sum(item.amount for item in items)),
        total=apr(plan),
        contingent=contingent_items(terms, plan.terms.annual_rate),
    )


def contingent_items(terms: ProductTerms, annual_rate: Decimal) -> tuple[ContingentItem, ...]:
    """Penalty and compound interest as annual rates, prepayment fees by age of the loan."""
    penalty = terms.penalty
    late = [("penalty", penalty.rate_multiple), ("compound", penalty.compound_multiple)]
    items = [ContingentItem(code, round_rate(annual_rate * multiple)) for code, multiple in late if multiple]
    bands = [ContingentItem("prepayment_fee", band.rate, band.before_month) for band in terms.prepayment.bands]
    return (*items, *bands)


def _with_fees(plan: Schedule, fees: Sequence[Fee]) -> AnnualRates:
    return apr(schedule(replace(plan.terms, fees=tuple(fees))))


def _named(terms: ProductTerms, code: str) -> ProductFee:
    return next(fee for fee in terms.fees if fee.code == code)


def _item(plan: Schedule, fee: Fee, product_fee: ProductFee, annualised: Decimal) -> CostItem:
    times = len(plan.instalments) if fee.timing == "by_instalment" else 1
    amount = Fen(fee_amount(fee, plan.terms.principal) * times)
    names = (product_fee.name_zh, product_fee.name_en)
    return CostItem(fee.code, fee.timing, amount, fee.rate, product_fee.collector, annualised, *names)


def _received(plan: Schedule, charged: Sequence[Fee]) -> Fen:
    at_start = [fee_amount(fee, plan.terms.principal) for fee in charged if fee.timing in ("upfront", "financed")]
    return Fen(plan.terms.principal - sum(at_start))
