"""What a source is, declared once."""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from axle.kernel.money import Fen


class Basis(StrEnum):
    """On which ground personal data is asked for. Source: REG-PIPL-13, REG-CREDIT-18."""

    CONSENT = "consent"  # written consent with its purpose told, on record before the call
    CONTRACT = "contract"  # needed to conclude the contract that the applicant asks for
    PUBLISHED = "published"  # published by the courts or the registry
    CAR = "car"  # about a car, not about a person


class Purpose(StrEnum):
    """What a consent is given for."""

    CREDIT_REPORT = "credit_report"
    LENDING_DATA = "lending_data"
    DEVICE_DATA = "device_data"
    DRIVING_DATA = "driving_data"
    SOCIAL_INSURANCE = "social_insurance"
    INCOME_TAX = "income_tax"
    PHONE_BILLS = "phone_bills"


class Billing(StrEnum):
    """When a call is charged: only for a hit, or for "no record" too. What fails is never charged."""

    HIT = "hit"
    ANSWER = "answer"


class Outcome(StrEnum):
    """What became of a call. Only the first two are answers."""

    HIT = "hit"
    NO_RECORD = "no_record"
    FAILED = "failed"
    LATE = "late"
    REFUSED = "refused_by_breaker"
    NO_CONSENT = "no_consent"

    @property
    def is_answer(self) -> bool:
        return self in (Outcome.HIT, Outcome.NO_RECORD)

    @property
    def is_trouble(self) -> bool:
        """Whether the source is to blame, which its breaker counts."""
        return self in (Outcome.FAILED, Outcome.LATE)


class Stage(StrEnum):
    """When a source is asked: the costly ones after the cheap ones found no reason to decline."""

    FIRST = "first"
    COSTLY = "costly"


@dataclass(frozen=True)
class Particulars:
    """What a case tells its sources; an empty text or None means that the form does not say."""

    name: str = ""
    id_no: str = ""
    phone: str = ""
    card_no: str = ""
    employer: str = ""
    employer_phone: str = ""
    employer_address: str = ""
    address: str = ""
    region_code: str = ""
    vin: str = ""
    plate_no: str = ""
    model: str = ""
    first_registered_on: date | None = None
    mileage_km: int | None = None
    price: Fen | None = None
    device_token: str = ""
    ip: str = ""
    vehicle_class: str = ""
    operation: str = ""
    make: str = ""
    series: str = ""
    model_year: int | None = None
    traction: str = ""
    permit_kind: str = ""
    platform_kind: str = ""
    invoice_no: str = ""
    invoiced_on: str = ""
    invoice_total: Fen | None = None
    invoice_vin: str = ""

    def has(self, names: tuple[str, ...]) -> bool:
        """Whether every one of these is told."""
        return all(getattr(self, name) not in ("", None) for name in names)


PARTICULARS = frozenset(field.name for field in fields(Particulars))


@dataclass(frozen=True)
class Source:
    """One source. ``needs`` are the particulars without which it does not apply to a case; ``keyed_by`` those that
    make two questions the same, for the cache. ``price`` is per charged call.

    ``deadline_ms`` bounds all attempts together; ``attempts`` are made only while it lasts.
    """

    code: str
    needs: tuple[str, ...]
    keyed_by: tuple[str, ...]
    basis: Basis
    answer: type
    cache_days: int
    deadline_ms: int
    price: Fen
    billing: Billing
    purpose: Purpose | None = None
    stage: Stage = Stage.FIRST
    attempts: int = 2

    def __post_init__(self) -> None:
        if not {*self.needs, *self.keyed_by} <= PARTICULARS:
            raise ValueError(f"{self.code} needs what no case tells")
        if (self.basis == Basis.CONSENT) != (self.purpose is not None):
            raise ValueError(f"{self.code}: a purpose goes with a consent")
