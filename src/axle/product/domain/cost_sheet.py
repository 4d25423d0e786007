"""The sheet of all costs that a borrower must see before signing (综合融资成本明示表).

Every item with how it is collected, by which standard, by whom, and as an annualised level; the total under normal
performance; what lateness and early repayment may cost besides.

Source: REG-NFRA-2026-2 (Provisions on disclosing the all-in cost of personal loans, in force from 2026-08-01).
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from axle.amortization.errors import NoRate
from axle.amortization.public import AnnualRates, Schedule, apr, disclosure
from axle.amortization.public import CostItem as DisclosedItem
from axle.kernel.money import Fen
from axle.kernel.rounding import round_rate
from axle.product.domain.terms import ProductFeeTiming, ProductTerms


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
    total, sheet = apr(plan), disclosure(plan)
    return CostSheet(
        principal=sheet.principal,
        received=sheet.received,
        items=tuple(_item(terms, item, lender) for item in sheet.items),
        total_amount=sheet.total_amount,
        total=total,
        contingent=contingent_items(terms, plan.terms.annual_rate),
    )


def contingent_items(terms: ProductTerms, annual_rate: Decimal) -> tuple[ContingentItem, ...]:
    """Penalty and compound interest as annual rates, prepayment fees by age of the loan."""
    penalty = terms.penalty
    late = [("penalty", penalty.rate_multiple), ("compound", penalty.compound_multiple)]
    items = [ContingentItem(code, round_rate(annual_rate * multiple)) for code, multiple in late if multiple]
    bands = [ContingentItem("prepayment_fee", band.rate, band.before_month) for band in terms.prepayment.bands]
    return (*items, *bands)


def _item(terms: ProductTerms, item: DisclosedItem, lender: str) -> CostItem:
    """An item of the engine's sheet, with the names and the collector that the product gives its fee."""
    fee = next((fee for fee in terms.fees if fee.code == item.code), None)
    names = (fee.name_zh, fee.name_en) if fee else ("", "")
    collector = fee.collector if fee else lender
    if item.annualised is None:
        raise NoRate(field="cash_flows")
    timing = cast("ProductFeeTiming", item.collected)  # a product has no price at the end
    return CostItem(item.code, timing, item.amount, item.rate, collector, item.annualised, *names)
