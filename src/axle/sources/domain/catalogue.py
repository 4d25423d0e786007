"""The sources, each declared once. Prices, ages and deadlines are what contracts with the vendors say."""

from collections.abc import Mapping
from typing import Any

from axle.kernel.money import Fen
from axle.sources.domain import answers
from axle.sources.domain.pboc.figures import CreditFigures
from axle.sources.domain.source import Basis, Billing, Purpose, Source, Stage

_PERSON = ("name", "id_no")
_WITH_PHONE = (*_PERSON, "phone")
_CONTRACT: dict[str, Any] = {"basis": Basis.CONTRACT}
_PUBLISHED: dict[str, Any] = {"basis": Basis.PUBLISHED}
_CAR: dict[str, Any] = {"basis": Basis.CAR, "cache_days": 15}
_USED_CAR = ("vin", "first_registered_on", "mileage_km")
_DEADLINE_MS = 2000
"""For all attempts of a source. An answer that comes later is kept, and serves the next question that is the same."""


def _source(code: str, keyed_by: tuple[str, ...], answer: type, *, price: int, **terms: Any) -> Source:
    terms = {"needs": keyed_by, "billing": Billing.HIT, **terms}
    return Source(code=code, keyed_by=keyed_by, answer=answer, price=Fen(price), deadline_ms=_DEADLINE_MS, **terms)


_DECLARED = (
    _source(
        "identity", _PERSON, answers.IdentityAnswer, price=50, cache_days=180, billing=Billing.ANSWER, **_CONTRACT
    ),
    _source("phone", _WITH_PHONE, answers.PhoneAnswer, price=40, cache_days=30, **_CONTRACT),
    _source(
        "card", (*_WITH_PHONE, "card_no"), answers.CardAnswer, price=35, cache_days=30, billing=Billing.ANSWER,
        **_CONTRACT,
    ),
    _source("court", _PERSON, answers.CourtAnswer, price=80, cache_days=7, **_PUBLISHED),
    _source("company", ("name", "employer"), answers.CompanyAnswer, price=20, cache_days=30, **_PUBLISHED),
    _source(
        "lending", _WITH_PHONE, answers.LendingAnswer, price=120, cache_days=7, basis=Basis.CONSENT,
        purpose=Purpose.LENDING_DATA,
    ),
    _source(
        "device", ("device_token", "ip"), answers.DeviceAnswer, price=15, cache_days=1, basis=Basis.CONSENT,
        purpose=Purpose.DEVICE_DATA,
    ),
    _source("valuation_a", _USED_CAR, answers.ValuationAnswer, price=150, **_CAR),
    _source("valuation_b", _USED_CAR, answers.ValuationAnswer, price=130, **_CAR),
    _source(
        "vehicle_history", ("vin", "plate_no"), answers.VehicleHistoryAnswer, price=600,
        needs=("vin", "plate_no", "first_registered_on"), **_CAR,
    ),
    _source("insurance", ("vin", "plate_no"), answers.InsuranceAnswer, price=200, **_CAR),
    _source(
        "address", ("address", "region_code"), answers.AddressAnswer, price=10, cache_days=90, billing=Billing.ANSWER,
        **_CONTRACT,
    ),
    _source(
        "licence", (*_PERSON, "vehicle_class"), answers.LicenceAnswer, price=60, cache_days=30, billing=Billing.ANSWER,
        needs=_PERSON, **_CONTRACT,
    ),
    _source(
        "registration", ("vin", "plate_no"), answers.RegistrationAnswer, price=150, billing=Billing.ANSWER, **_CAR,
    ),
    _source(
        "telematics", ("vin", "plate_no", "operation"), answers.TelematicsAnswer, price=180, cache_days=7,
        basis=Basis.CONSENT, purpose=Purpose.DRIVING_DATA,
    ),
    _source(
        "industry_list", ("id_no", "phone"), answers.IndustryListAnswer, price=60, cache_days=7,
        billing=Billing.ANSWER, basis=Basis.CONSENT, purpose=Purpose.LENDING_DATA,
    ),
    _source(
        "permits", (*_PERSON, "permit_kind", "vin"), answers.PermitAnswer, price=60, cache_days=30,
        billing=Billing.ANSWER, needs=(*_PERSON, "permit_kind"), **_CONTRACT,
    ),
    _source(
        "work_platform", (*_WITH_PHONE, "platform_kind"), answers.WorkPlatformAnswer, price=200, cache_days=15,
        basis=Basis.CONSENT, purpose=Purpose.DRIVING_DATA,
    ),
    _source("battery", ("vin", "traction"), answers.BatteryAnswer, price=300, **_CAR),
    _source(
        "invoice", ("invoice_no", "invoiced_on", "invoice_total"), answers.InvoiceAnswer, price=20, cache_days=1,
        billing=Billing.ANSWER, **_CONTRACT,
    ),
    _source(
        "social_insurance", (*_PERSON, "employer"), answers.SocialAnswer, price=100, cache_days=30, needs=_PERSON,
        basis=Basis.CONSENT, purpose=Purpose.SOCIAL_INSURANCE,
    ),
    _source(
        "income_tax", (*_PERSON, "employer"), answers.IncomeTaxAnswer, price=150, cache_days=30, needs=_PERSON,
        basis=Basis.CONSENT, purpose=Purpose.INCOME_TAX,
    ),
    _source(
        "phone_bills", _WITH_PHONE, answers.PhoneBillsAnswer, price=40, cache_days=30, basis=Basis.CONSENT,
        purpose=Purpose.PHONE_BILLS,
    ),
    _source(
        "employer_contact", ("employer", "employer_phone", "employer_address"), answers.EmployerContactAnswer, price=20,
        cache_days=90, needs=("employer", "employer_phone"), **_PUBLISHED,
    ),
    _source(
        "credit_report", _PERSON, CreditFigures, price=300, cache_days=30, billing=Billing.ANSWER,
        basis=Basis.CONSENT, purpose=Purpose.CREDIT_REPORT, stage=Stage.COSTLY,
    ),
)  # fmt: skip

SOURCES: Mapping[str, Source] = {source.code: source for source in _DECLARED}
