"""The application form: what staff, dealers, borrowers and files fill in.

A draft may lack anything; ``form_check`` says what a submission lacks or has wrong.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from typing_extensions import TypeAliasType

from axle.kernel.types import RateStr, Yuan

Short = Annotated[str, StringConstraints(max_length=60)]
Long = Annotated[str, StringConstraints(max_length=200)]
Code = Annotated[str, StringConstraints(to_upper=True, max_length=32)]
Months = Annotated[int, Field(ge=0, le=800)]

MaritalStatus = Literal["single", "married", "divorced", "widowed"]
Education = Literal["primary", "secondary", "college", "bachelor", "postgraduate"]
EmploymentKind = Literal["employed", "self_employed", "public_service", "farmer", "driver", "retired", "unemployed"]
ResidenceKind = Literal["owned", "mortgaged", "family", "rented"]
Relation = Literal["spouse", "parent", "child", "sibling", "friend", "colleague"]
# Named types, so that forms and pages show their labels (enum.<name> in the catalogues).
RepaymentMethod = TypeAliasType(
    "RepaymentMethod", Literal["level_payment", "level_principal", "interest_first", "flat"]
)
CarKind = TypeAliasType("CarKind", Literal["new", "used"])
CarUse = TypeAliasType("CarUse", Literal["private", "commercial"])
CarOperation = TypeAliasType(
    "CarOperation", Literal["none", "ride_hailing", "taxi", "freight", "passenger_line", "rental"]
)


class Part(BaseModel):
    """A part of the form; fields that it does not know are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class ContactPart(Part):
    """An emergency contact; never a debtor."""

    name: Short | None = None
    relation: Relation | None = None
    phone: Short | None = None


class CustomerPart(Part):
    """The applicant as they describe themselves. Amounts are monthly."""

    name: Short | None = None
    id_no: Code | None = None
    id_is_long_term: bool = False
    id_valid_until: date | None = None
    phone: Short | None = None
    marital_status: MaritalStatus | None = None
    education: Education | None = None
    residence_kind: ResidenceKind | None = None
    residence_address: Long | None = None
    region_code: Short | None = None
    employment_kind: EmploymentKind | None = None
    employer: Long | None = None
    employer_phone: Short | None = None
    employer_address: Long | None = None
    employment_months: Months | None = None
    monthly_income: Yuan | None = None
    monthly_debt: Yuan | None = None
    has_driving_licence: bool | None = None
    card_bank: Short | None = None
    card_no: Short | None = None
    contacts: Annotated[list[ContactPart], Field(max_length=5)] = []


class VehiclePart(Part):
    """The car. A trim of the catalogue gives make, series and model; the price is the one on the invoice."""

    trim_id: int | None = None
    vin: Code | None = None
    kind: CarKind | None = None
    use: CarUse = "private"
    operation: CarOperation = "none"
    is_battery_swap: bool = False
    price: Yuan | None = None
    plate_no: Short | None = None
    engine_no: Code | None = None
    colour: Short | None = None
    first_registered_on: date | None = None
    mileage_km: Annotated[int, Field(ge=0, le=3_000_000)] | None = None


class LoanPart(Part):
    """What is asked for. Method, rate and due day are the product's own unless it leaves a choice."""

    product_version_id: int | None = None
    amount: Yuan | None = None
    down_payment: Yuan | None = None
    periods: Annotated[int, Field(ge=1, le=120)] | None = None
    method: RepaymentMethod | None = None
    annual_rate: RateStr | None = None
    due_day: Annotated[int, Field(ge=1, le=28)] | None = None


class CreditPart(Part):
    """What a bureau, an identity source and the courts say, entered by staff or a file (录入征信结果).

    Left out means that nobody has asked: the case then goes to people.
    """

    identity_check: Literal["match", "mismatch", "no_record", "unavailable"] = "unavailable"
    phone_check: Literal["match", "mismatch", "unavailable"] = "unavailable"
    phone_tenure_months: Months | None = None
    is_thin_file: bool | None = None
    score: Annotated[int, Field(ge=0, le=1000)] | None = None
    overdue: Yuan | None = None
    overdue_months_24m: Annotated[int, Field(ge=0, le=24)] | None = None
    worst_status_24m: Annotated[int, Field(ge=0, le=7)] | None = None
    has_bad_status: bool | None = None
    hard_queries_3m: Annotated[int, Field(ge=0, le=1000)] | None = None
    card_use_rate: RateStr | None = None
    multi_lending_90d: Annotated[int, Field(ge=0, le=1000)] | None = None
    other_overdue_days: Annotated[int, Field(ge=0, le=20_000)] | None = None
    judicial_status: Literal["none", "suspected", "litigation", "enforcement", "dishonest", "restricted"] | None = None
    verified_income: Yuan | None = None
    vin_check: Literal["match", "mismatch", "unavailable"] = "unavailable"
    vehicle_lien: Literal["none", "financed", "seized", "unavailable"] = "unavailable"
    vehicle_accident: Literal["none", "minor", "major", "unavailable"] = "unavailable"


class ApplicationForm(Part):
    """The whole form."""

    dealer_id: int | None = None
    customer: CustomerPart = CustomerPart()
    vehicle: VehiclePart = VehiclePart()
    loan: LoanPart = LoanPart()
    credit_facts: CreditPart | None = None
