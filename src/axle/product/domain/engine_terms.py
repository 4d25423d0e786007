"""Product terms as the calculation engine takes them."""

from datetime import date
from decimal import Decimal

from axle.amortization.public import Fee, FeeBand, Prepayment, Rules, Terms
from axle.kernel.money import Fen
from axle.product.domain.terms import ProductFee, ProductMethod, ProductTerms


def loan_terms(
    terms: ProductTerms,
    *,
    principal: Fen,
    annual_rate: Decimal,
    periods: int,
    method: ProductMethod,
    start_on: date,
    due_day: int | None = None,
) -> Terms:
    """The terms of one loan under a product. Errors: those of ``amortization`` for impossible terms."""
    return Terms(
        principal=principal,
        annual_rate=annual_rate,
        method=method,
        periods=periods,
        start_on=start_on,
        due_day=terms.due_day.day(due_day),
        first_due_min_days=terms.due_day.first_gap_days,
        day_count=terms.day_count,
        fees=tuple(_fee(fee) for fee in terms.fees),
    )


def loan_rules(terms: ProductTerms, *, annual_rate: Decimal) -> Rules:
    """The servicing rules of one loan under a product: penalty follows the contract rate."""
    penalty = terms.penalty
    return Rules(
        allocation_order=terms.allocation_order,
        allocation_mode=terms.allocation_mode,
        standing_orders=(("non_accrual", terms.non_accrual_order),) if terms.non_accrual_order else (),
        grace_days=penalty.grace_days,
        grace_is_retroactive=penalty.is_grace_retroactive,
        penalty_rate=annual_rate * penalty.rate_multiple,
        penalty_base=penalty.base,
        compound_rate=annual_rate * penalty.compound_multiple,
        penalty_year_days=penalty.year_days,
        prepayment=_prepayment(terms),
    )


def _prepayment(terms: ProductTerms) -> Prepayment:
    rule = terms.prepayment
    return Prepayment(
        fee_bands=tuple(FeeBand(before_month=band.before_month, rate=band.rate) for band in rule.bands),
        fee_min=rule.fee_min,
        fee_max=rule.fee_max,
        principal_min=rule.principal_min,
        mode=rule.mode,
        interest_to=rule.interest_to,
    )


def _fee(fee: ProductFee) -> Fee:
    return Fee(code=fee.code, amount=fee.amount, rate=fee.rate, timing=fee.timing, payer=fee.payer)
