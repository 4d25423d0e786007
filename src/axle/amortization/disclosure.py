"""The sheet of all costs that a borrower must see before signing (综合融资成本明示表).

Every item with how it is collected, by which standard, by whom, and what it adds to the annual rate; the total under
normal performance; what lateness and early repayment may cost besides. Nothing else is charged.

Source: REG-NFRA-2026-2, REG-PBOC-2021-3.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from axle.amortization.cash_flows import apr, irr_annual, received_at_start
from axle.amortization.choices import FeeBase, FeeTiming
from axle.amortization.deposit import deposit_amount
from axle.amortization.errors import NoRate
from axle.amortization.fees import fee_at_start, fee_of_row, fees_at_start
from axle.amortization.irr import AnnualRates
from axle.amortization.rules import Rules
from axle.amortization.schedule import Schedule, schedule
from axle.amortization.terms import Terms
from axle.amortization.terms_parts import Fee
from axle.kernel.money import ZERO, Fen

Collected = FeeTiming | Literal["at_end"]


@dataclass(frozen=True, slots=True)
class CostItem:
    """A cost under normal performance. ``rate`` is its standard, of ``base``; a fixed amount has none.

    ``annualised`` is what it adds to the simple annual rate; None where no rate solves the flows.
    """

    code: str
    collected: Collected
    amount: Fen
    rate: Decimal | None
    base: FeeBase | None
    collector: str
    annualised: Decimal | None


@dataclass(frozen=True, slots=True)
class ContingentItem:
    """A cost that arises only by lateness or early repayment, with its standard."""

    code: str
    rate: Decimal | None
    amount: Fen | None = None
    before_month: int | None = None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """All costs of a loan. ``total`` is the annualised all-in rate.

    ``deposit`` is given back or pays the last rents; it is no cost itself, what holding it costs is an item of no
    amount. ``cash_at_signing`` is what the borrower pays on the start date.
    """

    principal: Fen
    received: Fen
    down_payment: Fen
    deposit: Fen
    cash_at_signing: Fen
    items: tuple[CostItem, ...]
    total_amount: Fen
    total: AnnualRates | None
    contingent: tuple[ContingentItem, ...]


def disclosure(plan: Schedule, rules: Rules | None = None) -> Disclosure:
    """The sheet of a schedule; annual rates of the items add up to the total. Money in fen."""
    terms = plan.terms
    items = _items(plan)
    return Disclosure(
        principal=terms.principal,
        received=received_at_start(terms),
        down_payment=terms.down_payment,
        deposit=deposit_amount(terms),
        cash_at_signing=_cash_at_signing(plan),
        items=items,
        total_amount=Fen(sum(item.amount for item in items)),
        total=_or_none(apr, plan),
        contingent=() if rules is None else contingent_items(rules),
    )


def contingent_items(rules: Rules) -> tuple[ContingentItem, ...]:
    """Penalty and compound interest as annual rates; prepayment fees by the loan's age in months."""
    rule = rules.prepayment
    late = [("penalty", rules.penalty_rate), ("compound", rules.compound_rate)]
    found = [ContingentItem(code, rate) for code, rate in late if rate]
    found += [ContingentItem("prepayment_fee", band.rate, None, band.before_month) for band in rule.fee_bands]
    if rule.fee_fixed:
        found.append(ContingentItem("prepayment_fee", None, rule.fee_fixed))
    return tuple(found)


# --- items ---------------------------------------------------------------------------------------------------


def _items(plan: Schedule) -> tuple[CostItem, ...]:
    """Interest first, then whatever else the borrower pays, each as the step that it adds to the rate."""
    terms = plan.terms
    bare = replace(terms, fees=(), deposit=None, purchase_price=ZERO, vat_rate=Decimal(0))
    ladder = _Ladder(irr_annual, plan)
    rate = terms.annual_rate if terms.rent is None else None
    items = [CostItem("interest", "by_instalment", plan.interest_total, rate, None, "lender", ladder.rate)]
    added: list[Fee] = []
    for fee in terms.fees:
        if fee.payer == "borrower":
            added.append(fee)
            bare = replace(bare, fees=tuple(added))
            items.append(_fee_item(plan, fee, ladder.step(bare)))
    if terms.vat_base == "rent" and terms.vat_rate:
        bare = replace(bare, vat_rate=terms.vat_rate)
        tax = Fen(sum(row.charges - row.fee for row in plan.instalments))
        items.append(CostItem("vat", "by_instalment", tax, terms.vat_rate, "instalment", "lender", ladder.step(bare)))
    if deposit_amount(terms):
        bare = replace(bare, deposit=terms.deposit)
        items.append(CostItem("deposit", "upfront", ZERO, None, None, "lender", ladder.step(bare)))
    if terms.purchase_price:
        last = ladder.step(terms)
        items.append(CostItem("purchase_price", "at_end", terms.purchase_price, None, None, "lender", last))
    return tuple(items)


class _Ladder:
    """The annual rate as costs are added one by one."""

    def __init__(self, rates_of: Callable[[Schedule], AnnualRates], plan: Schedule) -> None:
        found = _or_none(rates_of, plan)
        self.rate = found.simple if found else None

    def step(self, terms: Terms) -> Decimal | None:
        """By how much the rate rises to that of the terms."""
        before, found = self.rate, _or_none(apr, schedule(terms))
        self.rate = found.simple if found else None
        return None if before is None or self.rate is None else self.rate - before


def _fee_item(plan: Schedule, fee: Fee, annualised: Decimal | None) -> CostItem:
    base = None if fee.rate is None else fee.base
    return CostItem(fee.code, fee.timing, _fee_total(plan, fee), fee.rate, base, fee.collector, annualised)


def _fee_total(plan: Schedule, fee: Fee) -> Fen:
    if fee.timing != "by_instalment":
        return fee_at_start(plan.terms, fee)
    total, opening = 0, plan.terms.principal
    for row in plan.instalments:
        if row.no:
            total += fee_of_row(plan.terms, fee, opening, row.principal + row.interest)
        opening = row.balance
    return Fen(total)


def _cash_at_signing(plan: Schedule) -> Fen:
    terms = plan.terms
    rows = sum(row.total for row in plan.instalments if row.due_on == terms.start_on)
    return Fen(terms.down_payment + fees_at_start(terms, "upfront") + deposit_amount(terms) + rows)


def _or_none(rates_of: Callable[[Schedule], AnnualRates], plan: Schedule) -> AnnualRates | None:
    try:
        return rates_of(plan)
    except NoRate:
        return None
