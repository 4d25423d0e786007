"""Live quotes with schedule, annual rates and the sheet of all costs."""

from decimal import Decimal

from ninja import Query

from axle.amortization.public import AnnualRates
from axle.platform.public import Actor, business_date, text
from axle.product import permissions, public, selectors
from axle.product.domain.cost_sheet import CostItem, CostSheet
from axle.product.domain.terms_check import TermsRequest, TermsViolation
from axle.product.http.base import api, spoken
from axle.product.http.schemas import (
    ContingentOut,
    CostItemOut,
    CostSheetOut,
    QuoteAsk,
    QuoteOut,
    QuoteRow,
    ViolationOut,
)


def _places(rate: Decimal) -> Decimal:
    return rate.quantize(Decimal("0.000001"))


def _costs(costs: CostSheet) -> CostSheetOut:
    return CostSheetOut(
        principal=costs.principal,
        amount_received=costs.received,
        items=[_cost_item(item) for item in costs.items],
        total_amount=costs.total_amount,
        total_annualised=_places(costs.total.simple),
        contingent=[
            ContingentOut(name=text("text", f"cost_item/{item.code}"), rate=item.rate, before_month=item.before_month)
            for item in costs.contingent
        ],
    )


def _cost_item(item: CostItem) -> CostItemOut:
    return CostItemOut(
        code=item.code,
        name=spoken(item.name_zh, item.name_en) or text("text", f"cost_item/{item.code}"),
        timing=item.timing,
        rate=item.rate,
        amount=item.amount,
        collector=item.collector,
        annualised=_places(item.annualised),
    )


def _violation(found: TermsViolation) -> ViolationOut:
    message = text("error", f"field/{found.code}", **found.params)
    return ViolationOut(field=found.field, code=found.code, message=message)


def _rates(irr: AnnualRates, apr: AnnualRates) -> dict[str, Decimal]:
    return {
        "irr_simple": _places(irr.simple),
        "irr_compound": _places(irr.compound),
        "apr_simple": _places(apr.simple),
        "apr_compound": _places(apr.compound),
    }


def _quote(found: public.Quote) -> QuoteOut:
    return QuoteOut(
        product=found.product,
        product_version_id=found.version_id,
        principal=found.principal,
        periods=found.periods,
        method=found.method,
        annual_rate=found.annual_rate,
        start_on=found.start_on,
        matures_on=found.schedule.matures_on,
        instalment=found.instalment,
        interest_total=found.interest_total,
        fee_total=found.fee_total,
        total=found.total,
        cost_cap=found.cap.rate,
        cost_cap_source=found.cap.source,
        costs=_costs(found.costs),
        violations=[_violation(violation) for violation in found.violations],
        instalments=[QuoteRow.model_validate(row, from_attributes=True) for row in found.schedule.instalments],
        **_rates(found.irr, found.apr),
    )


@api.query("product_quote", "/product-quotes", permission=permissions.PRODUCT_QUOTE)
def _product_quote(actor: Actor, asked: QuoteAsk = Query(...)) -> QuoteOut:  # type: ignore[type-arg]
    terms = selectors.terms_of(selectors.version_get(asked.product_version_id))
    facts = asked.model_dump(exclude={"product_version_id", "start_on"})
    facts["method"] = asked.method or terms.methods[0]
    facts["annual_rate"] = terms.rate.default if asked.annual_rate is None else asked.annual_rate
    start_on = asked.start_on or business_date()
    request = TermsRequest(**facts)
    return _quote(public.request_quote(version_id=asked.product_version_id, request=request, start_on=start_on))
