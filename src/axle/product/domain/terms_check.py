"""The check of a request against a product's terms: each broken condition with the field and what would be right."""

import dataclasses
from collections.abc import Iterator, Mapping
from decimal import Decimal

from axle.kernel.money import Fen, yuan
from axle.kernel.rounding import round_fen
from axle.product.domain.terms import ProductMethod, ProductTerms


@dataclasses.dataclass(frozen=True, kw_only=True)
class TermsRequest:
    """What a customer asks for. Money in fen; ``reference_value`` is the guide price or appraisal when known.

    A part that is not known yet is None and is not checked.
    """

    principal: Fen
    periods: int
    method: ProductMethod
    annual_rate: Decimal
    vehicle_price: Fen | None = None
    reference_value: Fen | None = None
    down_payment: Fen | None = None
    vehicle_kind: str | None = None
    vehicle_energy: str = "ice"
    vehicle_use: str = "private"
    vehicle_age_months: int | None = None
    channel: str | None = None
    due_day: int | None = None


@dataclasses.dataclass(frozen=True)
class TermsViolation:
    """One broken condition: the request's field, the code of its sentence, and the figures in it."""

    field: str
    code: str
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)


def terms_violations(terms: ProductTerms, request: TermsRequest) -> list[TermsViolation]:
    """Everything in a request that the product does not offer; empty when it fits."""
    checks = (_amount, _periods, _rate, _method, _vehicle, _ltv, _down_payment, _channel, _due_day)
    return [violation for check in checks for violation in check(terms, request)]


def collateral_value(request: TermsRequest) -> Fen | None:
    """The lower of price and reference value, as far as they are known."""
    known = [value for value in (request.vehicle_price, request.reference_value) if value is not None]
    return min(known) if known else None


def principal_max(terms: ProductTerms, request: TermsRequest) -> Fen:
    """The most that the product lends on this vehicle, rounded down to the fen."""
    value = collateral_value(request)
    cap = terms.ltv_cap(request.vehicle_kind or "", request.vehicle_energy, request.vehicle_use)
    if value is None or cap is None:
        return terms.amount_max
    return Fen(min(int(terms.amount_max), int(value * cap)))


def _amount(terms: ProductTerms, request: TermsRequest) -> Iterator[TermsViolation]:
    if request.principal < terms.amount_min:
        yield TermsViolation("principal", "amount_below_minimum", {"minimum": yuan(terms.amount_min)})
    if request.principal > terms.amount_max:
        yield TermsViolation("principal", "amount_above_maximum", {"maximum": yuan(terms.amount_max)})


def _periods(terms: ProductTerms, request: TermsRequest) -> Iterator[TermsViolation]:
    if request.periods not in terms.terms:
        offered = ", ".join(str(term) for term in terms.terms)
        yield TermsViolation("periods", "term_not_offered", {"offered": offered})


def _rate(terms: ProductTerms, request: TermsRequest) -> Iterator[TermsViolation]:
    if not terms.rate.minimum <= request.annual_rate <= terms.rate.maximum:
        bounds = {"minimum": percent(terms.rate.minimum), "maximum": percent(terms.rate.maximum)}
        yield TermsViolation("annual_rate", "rate_not_offered", bounds)


def _method(terms: ProductTerms, request: TermsRequest) -> Iterator[TermsViolation]:
    if request.method not in terms.methods:
        yield TermsViolation("method", "method_not_offered", {"offered": ", ".join(terms.methods)})


def _vehicle(terms: ProductTerms, request: TermsRequest) -> Iterator[TermsViolation]:
    if request.vehicle_kind is not None and request.vehicle_kind not in terms.vehicle_kinds:
        yield TermsViolation("vehicle_kind", "vehicle_kind_not_financed")
    if request.vehicle_age_months is None:
        return
    at_maturity = request.vehicle_age_months + request.periods
    if at_maturity > terms.vehicle_age_max_months:
        figures = {"months": str(at_maturity), "maximum": str(terms.vehicle_age_max_months)}
        yield TermsViolation("vehicle_age_months", "vehicle_too_old", figures)


def _ltv(terms: ProductTerms, request: TermsRequest) -> Iterator[TermsViolation]:
    value = collateral_value(request)
    cap = terms.ltv_cap(request.vehicle_kind or "", request.vehicle_energy, request.vehicle_use)
    if value is None or cap is None or request.principal <= value * cap:
        return
    figures = {"cap": percent(cap), "maximum": yuan(principal_max(terms, request))}
    yield TermsViolation("principal", "amount_over_ltv", figures)


def _down_payment(terms: ProductTerms, request: TermsRequest) -> Iterator[TermsViolation]:
    if request.down_payment is None or request.vehicle_price is None:
        return
    least = round_fen(request.vehicle_price * terms.down_payment_min_rate)
    if request.down_payment < least:
        figures = {"minimum": yuan(least), "share": percent(terms.down_payment_min_rate)}
        yield TermsViolation("down_payment", "down_payment_too_small", figures)


def _channel(terms: ProductTerms, request: TermsRequest) -> Iterator[TermsViolation]:
    if request.channel is not None and request.channel not in terms.channels:
        yield TermsViolation("channel", "channel_not_offered", {"offered": ", ".join(terms.channels)})


def _due_day(terms: ProductTerms, request: TermsRequest) -> Iterator[TermsViolation]:
    if not terms.due_day.offers(request.due_day):
        offered = ", ".join(str(day) for day in terms.due_day.days)
        yield TermsViolation("due_day", "due_day_not_offered", {"offered": offered})


def percent(rate: Decimal) -> str:
    """``"8.99%"``."""
    return f"{(rate * 100).normalize():f}%"
