"""The typed input of the auto-loan strategy (contract ``auto_loan.2``), fully populated from an application.

Null is written only where the contract says what it means: a source that gave no answer, or a field that
does not apply. It never stands for zero or for "no". What outside sources say comes as ``signals``, each named as its
input; ``sources_asked`` says which of them were asked, so that silence of one that was is not taken for "not asked".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from axle.kernel.dates import add_months, months_between
from axle.kernel.identifiers import age_on, resident_id_birthday
from axle.kernel.money import Fen
from axle.origination.domain.form import ApplicationForm, CreditPart, CustomerPart

VIRTUAL_SEGMENTS = ("162", "165", "167", "170", "171")
"""Mobile segments of virtual operators (check C08)."""


@dataclass(frozen=True)
class ProductFacts:
    """The product's caps and this loan's price. Rates are annual fractions; ``terms`` are its numbers of months,
    ``instalment`` is the first one."""

    code: str
    amount_min: Fen
    amount_max: Fen
    down_payment_min_rate: Decimal
    terms: Sequence[int]
    annual_rate: Decimal
    is_subvented: bool
    ltv_cap: Decimal
    vehicle_age_cap_months: int
    instalment: Fen


@dataclass(frozen=True)
class PolicyFacts:
    """What the institution allows that day."""

    rate_cap: Decimal
    exposure_cap: Fen
    region_status: str


@dataclass(frozen=True)
class HistoryFacts:
    """What our own books know of the applicant."""

    exposure: Fen
    duplicate_applications: int
    overdue_days: int
    blacklist_status: str
    is_returning: bool


@dataclass(frozen=True)
class VehicleFacts:
    """The car by catalogue and appraisal; ``reference_value`` is None when nobody gave one."""

    energy: str
    drive: str
    vehicle_class: str
    series: str
    reference_value: Fen | None
    vin_check: str


@dataclass(frozen=True)
class DealerFacts:
    """The dealer behind a dealer application."""

    state: str
    grade: str
    overdue_rate: Decimal


@dataclass(frozen=True)
class DocumentFacts:
    """The captured documents: required kinds not captured, and differences from the form.

    ``differences`` is None while recognition is not finished.
    """

    missing: int
    differences: int | None


@dataclass(frozen=True)
class DecisionFacts:
    """Everything that the input is built from."""

    applied_on: date
    channel: str
    form: ApplicationForm
    product: ProductFacts
    policy: PolicyFacts
    history: HistoryFacts
    vehicle: VehicleFacts
    dealer: DealerFacts | None
    documents: DocumentFacts
    legal_entity_code: str
    sources_asked: Sequence[str] = ()
    signals: Mapping[str, Any] = field(default_factory=dict)


def decision_input(facts: DecisionFacts) -> dict[str, Any]:
    """The strategy's input. The form must have passed ``form_check``."""
    return {
        **_request(facts),
        **_product(facts),
        **_applicant(facts),
        **_credit(facts.form.credit_facts or CreditPart()),
        **_history(facts),
        **_vehicle(facts),
        **_dealer(facts),
        "ocr_differences": facts.documents.differences,
        "documents_missing": facts.documents.missing,
        "sources_asked": list(facts.sources_asked),
        **facts.signals,
    }


def decision_case(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """A case as a contract declares it: what nobody brought is null, and the contract says what that means. What it
    does not declare is not told."""
    return {name: values.get(name) for name in names}


def _request(facts: DecisionFacts) -> dict[str, Any]:
    loan = facts.form.loan
    return {
        "legal_entity_code": facts.legal_entity_code,
        "product_kind": "loan",
        "applied_on": facts.applied_on,
        "matures_on": add_months(facts.applied_on, loan.periods or 0),
        "product_code": facts.product.code,
        "channel": facts.channel,
        "region_code": facts.form.customer.region_code,
        "region_status": facts.policy.region_status,
        "loan_amount_fen": loan.amount,
        "down_payment_fen": loan.down_payment,
        "term_months": loan.periods,
        "instalment_fen": facts.product.instalment,
    }


def _product(facts: DecisionFacts) -> dict[str, Any]:
    product = facts.product
    return {
        "loan_amount_min_fen": product.amount_min,
        "loan_amount_max_fen": product.amount_max,
        "down_payment_min_rate": product.down_payment_min_rate,
        "term_min_months": min(product.terms),
        "term_cap_months": max(product.terms),
        "annual_rate": product.annual_rate,
        "rate_cap": facts.policy.rate_cap,
        "is_subvented": product.is_subvented,
        "ltv_cap_rate": product.ltv_cap,
        "vehicle_age_cap_months": product.vehicle_age_cap_months,
    }


def _applicant(facts: DecisionFacts) -> dict[str, Any]:
    customer = facts.form.customer
    birthday = resident_id_birthday(customer.id_no or "")
    verified = facts.form.credit_facts.verified_income if facts.form.credit_facts else None
    return {
        "customer_type": "individual",
        "applicant_age_years": age_on(birthday, facts.applied_on) if birthday else None,
        "id_is_long_term": customer.id_is_long_term,
        "id_valid_until": None if customer.id_is_long_term else customer.id_valid_until,
        "id_valid_days": _days_left(customer, facts.applied_on),
        "phone_is_virtual": (customer.phone or "").startswith(VIRTUAL_SEGMENTS),
        "employment_kind": customer.employment_kind,
        "employment_months": customer.employment_months,
        "residence_kind": customer.residence_kind,
        "has_driving_licence": customer.has_driving_licence,
        "monthly_income_fen": verified if verified is not None else customer.monthly_income,
        "stated_income_fen": customer.monthly_income,
        "monthly_debt_fen": customer.monthly_debt,
        "income_field_edits": None,
    }


def _days_left(customer: CustomerPart, on: date) -> int | None:
    if customer.id_is_long_term or customer.id_valid_until is None:
        return None
    return (customer.id_valid_until - on).days


def _credit(credit: CreditPart) -> dict[str, Any]:
    """Bureau figures apply to people with a history; of a thin file they are "not applicable"."""
    known = not credit.is_thin_file
    return {
        "identity_check": credit.identity_check,
        "phone_check": credit.phone_check,
        "phone_tenure_months": credit.phone_tenure_months,
        "is_thin_file": bool(credit.is_thin_file),
        "bureau_score": credit.score if known else None,
        "bureau_overdue_fen": credit.overdue if known else None,
        "bureau_overdue_months_24m": credit.overdue_months_24m if known else None,
        "bureau_worst_status_24m": credit.worst_status_24m if known else None,
        "bureau_has_bad_status": credit.has_bad_status if known else None,
        "bureau_hard_queries_3m": credit.hard_queries_3m if known else None,
        "card_use_rate": credit.card_use_rate if known else None,
        "multi_lending_90d": credit.multi_lending_90d,
        "other_overdue_days": credit.other_overdue_days,
        "judicial_status": credit.judicial_status,
    }


def _history(facts: DecisionFacts) -> dict[str, Any]:
    history = facts.history
    return {
        "exposure_fen": history.exposure,
        "exposure_cap_fen": facts.policy.exposure_cap,
        "blacklist_status": history.blacklist_status,
        "is_repeat_customer": history.is_returning,
        "duplicate_applications_30d": history.duplicate_applications,
        "internal_overdue_days": history.overdue_days,
    }


def _vehicle(facts: DecisionFacts) -> dict[str, Any]:
    vehicle, credit = facts.form.vehicle, facts.form.credit_facts or CreditPart()
    is_new = vehicle.kind == "new"
    return {
        "vehicle_kind": vehicle.kind,
        "vehicle_energy": facts.vehicle.energy,
        "vehicle_energy_kind": facts.vehicle.drive,
        "vehicle_class": facts.vehicle.vehicle_class,
        "vehicle_series": facts.vehicle.series,
        "operation_kind": vehicle.operation,
        "is_battery_swap": vehicle.is_battery_swap,
        "vehicle_use": vehicle.use,
        "vehicle_price_fen": vehicle.price,
        "reference_value_fen": facts.vehicle.reference_value,
        "vehicle_age_months": 0 if is_new else _age_months(vehicle.first_registered_on, facts.applied_on),
        "mileage_km": None if is_new else vehicle.mileage_km,
        "vin_check": facts.vehicle.vin_check,
        "vehicle_lien": "none" if is_new else credit.vehicle_lien,
        "vehicle_accident": None if is_new else credit.vehicle_accident,
    }


def _dealer(facts: DecisionFacts) -> dict[str, Any]:
    dealer = facts.dealer
    return {
        "dealer_status": dealer.state if dealer else None,
        "dealer_grade": dealer.grade if dealer else None,
        "dealer_overdue_rate": dealer.overdue_rate if dealer else None,
    }


def _age_months(first_registered_on: date | None, on: date) -> int | None:
    return None if first_registered_on is None else months_between(first_registered_on, on)
