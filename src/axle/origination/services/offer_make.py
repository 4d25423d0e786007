"""What the product offers for a form and a car: its checks, its price and the disclosed plan."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from axle.kernel.money import Fen
from axle.origination.domain.form import LoanPart
from axle.origination.domain.vehicles import decision_energy, vehicle_age_months
from axle.platform.errors import InputInvalid
from axle.product.public import (
    ProductVersionView,
    Quote,
    TermsRequest,
    TermsViolation,
    product_version_get,
    request_quote,
)
from axle.vehicle.public import VehicleView

_PATHS = {
    "principal": "loan.amount",
    "periods": "loan.periods",
    "annual_rate": "loan.annual_rate",
    "method": "loan.method",
    "down_payment": "loan.down_payment",
    "due_day": "loan.due_day",
    "vehicle_kind": "vehicle.kind",
    "vehicle_age_months": "vehicle.first_registered_on",
    "channel": "dealer_id",
}
"""The product's fields as the form names them."""


@dataclass(frozen=True)
class Offer:
    """A loan that the product allows, with its quote from a start date."""

    version: ProductVersionView
    quote: Quote
    reference_value: Fen | None

    @property
    def method(self) -> str:
        """The repayment method, chosen or the product's own."""
        return self.quote.method

    @property
    def annual_rate(self) -> Decimal:
        """The annual rate, chosen or the product's own."""
        return self.quote.annual_rate

    @property
    def instalment(self) -> Fen:
        """What is paid in a regular month: the second instalment, since the first covers an irregular period."""
        rows = self.quote.schedule.instalments
        return rows[min(1, len(rows) - 1)].total


def offer_make(loan: LoanPart, vehicle: VehicleView, *, channel: str, start_on: date) -> Offer:
    """Price a request. Errors: NotFound (product), InputInvalid with one entry per violated term."""
    version = product_version_get(loan.product_version_id or 0)
    asked = _request(loan, vehicle, version, channel=channel, on=start_on)
    priced = request_quote(version_id=version.id, request=asked, start_on=start_on)
    if priced.violations:
        raise InputInvalid(errors=[_error(violation) for violation in priced.violations])
    return Offer(version, priced, asked.reference_value)


def documents_needed(version: ProductVersionView, *, node: str, is_new: bool) -> list[str]:
    """Kinds of document that the product demands at a node for such a car."""
    kinds = ("any", "new" if is_new else "used")
    return [
        need.kind
        for need in version.terms.documents_needed
        if need.node == node and need.is_required and need.vehicle_kind in kinds
    ]


def reference_value(vehicle: VehicleView) -> Fen | None:
    """The guide price of a new car, the appraisal of a used one; None when nobody has appraised it."""
    if vehicle.is_new:
        return vehicle.trim.guide_price
    return vehicle.appraisal.value if vehicle.appraisal else None


def _request(
    loan: LoanPart, vehicle: VehicleView, version: ProductVersionView, *, channel: str, on: date
) -> TermsRequest:
    return TermsRequest(
        principal=loan.amount or Fen(0),
        periods=loan.periods or 0,
        method=loan.method or version.terms.methods[0],
        annual_rate=version.terms.rate.default if loan.annual_rate is None else loan.annual_rate,
        vehicle_price=vehicle.price,
        reference_value=reference_value(vehicle),
        down_payment=loan.down_payment,
        vehicle_kind="new" if vehicle.is_new else "used",
        vehicle_energy=decision_energy(vehicle.trim.energy),
        vehicle_use=vehicle.use,
        vehicle_age_months=vehicle_age_months(
            is_new=vehicle.is_new, first_registered_on=vehicle.first_registered_on, on=on
        ),
        channel=channel,
        due_day=loan.due_day,
    )


def _error(violation: TermsViolation) -> dict[str, object]:
    path = _PATHS.get(violation.field, violation.field)
    return {
        "loc": tuple(path.split(".")),
        "type": violation.code,
        "msg": violation.code,
        "ctx": dict(violation.params),
    }
