"""What each source says, typed and without the person: this is all that rules, checks and reviewers see.

Amounts in fen, ages in months, shares as fractions. None is written only where a field says what it means; a source
that gave no answer has no such object at all.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from axle.kernel.money import Fen

Match = Literal["match", "differ"]


@dataclass(frozen=True, kw_only=True)
class IdentityAnswer:
    """Police (身份证二要素 and photo). An unknown id number (库中无此号) is "no record", not an answer."""

    identity: Match
    photo_score: int | None  # 0-1000, likeness of the selfie to the photo on file; None when no selfie was sent


@dataclass(frozen=True, kw_only=True)
class PhoneAnswer:
    """The operator: name, id and phone belong together (三要素), for how long (在网时长), and how the number stands."""

    identity: Match
    months_from: int  # the number has been in use for at least so long
    months_until: int | None  # and for less than so long; None in the highest band
    status: Literal["normal", "suspended", "cancelled", "recycled"]
    is_virtual: bool  # a number of a reseller or a secondary number
    region_code: str  # six digits, the city in which the number was sold


@dataclass(frozen=True, kw_only=True)
class PhoneBillsAnswer:
    """The operator: what the number cost in the last six months. One that had no bill yet, or is a reseller's, is "no
    record"."""

    bill_months: int  # 1-6
    bill_average_fen: Fen  # of these months
    bill_latest_fen: Fen
    bills_unpaid: int  # months that are not paid in full


@dataclass(frozen=True, kw_only=True)
class CardAnswer:
    """The bank: name, id, card and reserved phone belong together (四要素)."""

    identity: Match
    is_debit: bool
    account_class: int | None  # 1-3 (一类户 …); None when the bank does not say
    bank_code: str


@dataclass(frozen=True, kw_only=True)
class CourtAnswer:
    """The courts. ``certainty``: high by id number, medium by name and region, low by name alone."""

    certainty: Literal["high", "medium", "low"]
    dishonest: int  # 失信被执行人, open entries
    restricted: int  # 限制高消费
    enforcements: int  # 被执行人, open
    enforcement_fen: Fen
    lawsuits: int  # not concluded, as defendant
    loan_lawsuits: int  # of them about loans, leases or guarantees
    hearings: int  # announced, and not over
    judgments_24m: int
    criminal_records: int
    latest_on: date | None  # None when there is nothing at all
    criminal_kind: Literal["economic", "drugs", "fugitive", "other"] | None = None  # the gravest; None without a record
    hearing_on: date | None = None  # the next one; None where no day is told


@dataclass(frozen=True, kw_only=True)
class CompanyAnswer:
    """The registry about the stated employer. A company that it does not know is "no record"."""

    status: Literal["in_business", "abnormal", "revoked", "cancelled"]
    months: int  # since its foundation
    capital_fen: Fen | None  # None when nothing was registered
    insured_people: int | None  # None when the last annual report does not tell
    applicant_role: Literal["none", "shareholder", "legal_representative"]
    region_code: str
    penalties: int


@dataclass(frozen=True, kw_only=True)
class EmployerContactAnswer:
    """The registry and the yellow pages about phone and address of the stated employer. A company that they do not know
    is "no record"."""

    contact_phone: Literal["match", "differ", "unlisted"]  # the stated phone among those of the company
    contact_address: Literal["match", "differ", "unlisted"]
    contact_listed_on: date | None  # when the newest entry was confirmed; None when nobody says


@dataclass(frozen=True, kw_only=True)
class LendingAnswer:
    """A licensed credit bureau about applications elsewhere (多头借贷)."""

    applications_7d: int
    applications_30d: int
    applications_90d: int
    applications_180d: int
    applications_360d: int
    at_banks_90d: int
    at_consumer_lenders_90d: int
    at_small_lenders_90d: int
    at_lessors_90d: int
    institutions_90d: int
    open_loans: int
    overdue_days: int  # the highest of any open loan elsewhere, by the upper end of its band; 0 when none is overdue
    overdue_fen: Fen
    night_share: Decimal | None  # share of applications at night; None without applications
    days_since_last: int | None  # None without applications


@dataclass(frozen=True, kw_only=True)
class ValuationAnswer:
    """What a vendor says that the car is worth today."""

    retail_fen: Fen  # what a private buyer pays
    trade_fen: Fen  # what a dealer pays
    residual_12m_rate: Decimal | None  # share of the retail value that is left in a year; None when not forecast
    certainty: int  # 0-100, the vendor's own
    decoded: Match | None = None  # the model behind the VIN against the one stated; None where the VIN tells none
    sale_days: int | None = None  # until such a car finds a buyer, the median of the region; None without a market
    is_discontinued: bool | None = None  # neither made nor sold new any more; None when the vendor does not say


@dataclass(frozen=True, kw_only=True)
class VehicleHistoryAnswer:
    """A used car's past: repairs, mileage, owner, liens."""

    owner: Literal["match", "differ", "unknown"]  # plate and owner's name against the seller's papers
    accidents_minor: int
    accidents_major: int  # frame, fire or flood
    is_total_loss: bool
    is_flooded: bool
    mileage_km: int | None  # the highest on record; None when nobody wrote one down
    is_mileage_turned_back: bool
    is_mortgaged: bool
    is_seized: bool
    violations_open: int
    transfers: int


@dataclass(frozen=True, kw_only=True)
class InsuranceAnswer:
    """The insurers' platform about the car."""

    compulsory_until: date | None  # None when the car has no compulsory cover
    commercial_until: date | None
    insured_fen: Fen | None  # sum insured against damage; None without commercial cover
    claims_36m: int
    claims_fen: Fen
    claims_12m: int | None = None  # None in answers from before it was told
    third_party_fen: Fen | None = None  # sum insured against harm to others; zero without such cover, None as above


@dataclass(frozen=True, kw_only=True)
class AddressAnswer:
    """A library of addresses: where the stated one lies. An address that it cannot find is "no record"."""

    region_code: str  # of the district
    precision: Literal["door", "street", "district"]  # how far it could be followed
    place_kind: Literal["residence", "dormitory", "office", "shop", "hotel", "mail_drop", "not_built", "other"]
    is_high_risk: bool  # the library's own mark
    latitude: str  # degrees with four decimals
    longitude: str


@dataclass(frozen=True, kw_only=True)
class LicenceAnswer:
    """The public security's register of driving licences. A person without one is "no record"."""

    identity: Match
    licence: Literal["valid", "expired", "suspended", "revoked"]
    covers_vehicle: bool  # the class of the car that is bought
    points: int  # 0-12, of the running year
    licensed_until: date | None  # None for one without an end


@dataclass(frozen=True, kw_only=True)
class RegistrationAnswer:
    """The register of vehicles about a used car. One that it does not know is "no record"."""

    registry: Literal["normal", "stolen", "scrapped", "deregistered"]
    inspected_until: date | None  # None when it was never inspected
    emission_class: int | None  # 1-6 (国一 …); None for a car without exhaust
    is_mortgaged: bool
    is_seized: bool
    owned_months: int  # by the owner who sells it
    owner_changes_12m: int
    owner_changes: int


@dataclass(frozen=True, kw_only=True)
class TelematicsAnswer:
    """How a car in business was driven within 90 days, by its terminal and, for ride-hailing, its platform. A car
    without a terminal is "no record"."""

    km_per_day: int  # median of the days driven
    active_days: int  # of 90
    night_share: Decimal  # of the kilometres, between 23 and 5 o'clock
    offline_days: int  # the longest silence
    detour_nights: int  # nights of 30 on which it left its round without an order
    yard_nights: int  # nights of 30 at a place known to take cars in pledge
    income_month_fen: Fen | None  # gross, by orders and waybills; None where there are none
    orders_30d: int | None  # None for what works without a platform


@dataclass(frozen=True, kw_only=True)
class IndustryListAnswer:
    """A list of people whom lenders report to each other, asked by digests of id number and phone. Who stands on it by
    neither is "no record"."""

    listing: Literal["black", "grey"]  # the graver of all entries
    matched_by: Literal["id_and_phone", "id", "phone"]
    listed_for: Literal["fraud", "default", "lost_contact", "dispute", "other"]  # of the gravest entry
    reporters: int  # lenders who reported
    listed_on: date  # the latest entry


Permit = Literal["valid", "expired", "withdrawn", "none"]


@dataclass(frozen=True, kw_only=True)
class PermitAnswer:
    """The register of road transport about who drives for a living, and the car. Of whom and which it knows nothing is
    "no record"."""

    driver: Permit  # 网约车驾驶员证, or the qualification for the kind of transport
    transport: Permit | None  # 网约车运输证 or 道路运输证 of the car; None when no car was asked about
    permitted_until: date | None  # the driver's; None for one without an end
    vehicles: int  # with a permit in the applicant's name


@dataclass(frozen=True, kw_only=True)
class WorkPlatformAnswer:
    """A platform of rides or freight about a driver who works through it. A driver it does not know is "no record"."""

    rating: int | None  # 0-100; None before enough orders were rated
    platform_months: int  # since the first order
    active_months: int  # of the last six whole months, with takings
    takings_month_fen: Fen  # after the platform's share, the mean of the active months


@dataclass(frozen=True, kw_only=True)
class BatteryAnswer:
    """A test platform about the traction battery of a car. One that was never tested is "no record"."""

    health_rate: Decimal  # capacity left, as a share of that when new
    tested_on: date
    warranty_until: date | None  # None without a warranty, or when it does not pass to a new owner
    is_replaced: bool  # not the battery with which the car was made


@dataclass(frozen=True, kw_only=True)
class InvoiceAnswer:
    """The tax office about the car's sales invoice. A number that it does not know is "no record"."""

    invoice: Literal["valid", "void", "reversed"]
    agrees: bool  # day, total and VIN are as they were asked about
    total_fen: Fen


@dataclass(frozen=True, kw_only=True)
class SocialAnswer:
    """The social insurance agency (社保) about a person's pension contributions. Whoever never paid is "no record".

    A base is the wage of the year before, within the bounds of its place: at the lower one the wage may be anything, at
    the upper one it is at least that. Source: REG-SOCIAL-12, REG-SOCIAL-BASE.
    """

    insured_as: Literal["employee", "flexible"]  # who pays alone (灵活就业) chooses the base
    insured_months: int  # ever paid
    insured_in_row: int  # paid without a gap up to the last one, 0-24
    insured_until: date  # first day of the last month that was paid
    base_fen: Fen  # of that month
    base_least_fen: Fen
    base_most_fen: Fen
    payer: Match | None  # who pays against the stated employer; None where nobody but the person does
    payer_name: str  # empty where nobody but the person pays


@dataclass(frozen=True, kw_only=True)
class IncomeTaxAnswer:
    """The tax office (个税) about what was declared for a person within twelve months. Nothing declared is "no record".

    Wages are declared by whoever pays them; trades are taxed by estimates, which tell no income. Source: REG-IIT-10.
    """

    wage_months: int  # 0-12, with wages
    wages_fen: Fen  # of these months, a year's bonus among them
    labour_fen: Fen  # fees for services (劳务报酬)
    business_fen: Fen  # of a business of one's own (经营所得)
    wage_payers: int
    wage_payer: Match | None  # whoever paid against the stated employer; None without wages
    wage_payer_name: str  # of the last month; empty without wages
    wage_until: date | None  # first day of the last month with wages


@dataclass(frozen=True, kw_only=True)
class DeviceAnswer:
    """The phone from which the application came, and where it is in the net."""

    accounts: int  # accounts, ids, phones and cards that were seen on this device within 90 days
    ids: int
    phones: int
    cards: int
    is_emulator: bool  # emulator or virtual machine
    is_tampered: bool  # rooted, hooked or cloned
    network: Literal["residential", "mobile", "office", "proxy", "data_centre", "tor"]
    region_code: str  # of the address in the net; two letters of a country where it lies abroad
    days_known: int
