"""What the data sources say as inputs of the strategy: each input once, with its source and how it is read.

A source that was asked stands in ``sources_asked`` as the strategy calls it, and every input that it brings is told: as
it answered, as "no record" means it, or null, which sends the case to a person. A source that was not asked is not
named, and its inputs are not told. ``NOT_BROUGHT`` lists what nobody brings yet, which is never named as asked.
``own_signals`` brings what our own books say, ``behaviour_keep`` how the form was filled in.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from axle.kernel.money import Fen
from axle.kernel.rounding import round_rate
from axle.origination.domain.decision_input import VIRTUAL_SEGMENTS
from axle.origination.domain.form import ApplicationForm
from axle.origination.services.income_signals import OF_INCOMES
from axle.origination.services.source_brought import Brought, Stated
from axle.origination.services.vendor_signals import OF_VENDORS
from axle.sources.public import (
    AddressAnswer,
    Answers,
    CardAnswer,
    CompanyAnswer,
    CourtAnswer,
    CreditFigures,
    DeviceAnswer,
    InsuranceAnswer,
    InvoiceAnswer,
    LendingAnswer,
    LicenceAnswer,
    PhoneAnswer,
    RegistrationAnswer,
    TelematicsAnswer,
    ValuationAnswer,
    VehicleHistoryAnswer,
)


def signals_told(
    form: ApplicationForm, answers: Answers, *, on: date, instalment: Fen | None = None
) -> tuple[Sequence[str], dict[str, Any]]:
    """The sources that were asked, by the strategy's names, and the inputs that they bring. ``instalment`` is what the
    offer takes a month, which takings are held against."""
    customer = form.customer
    stated = Stated(
        on=on,
        phone=customer.phone or "",
        region_code=customer.region_code or "",
        home_code=(customer.id_no or "")[:6],
        mileage_km=form.vehicle.mileage_km,
        monthly_income=customer.monthly_income or Fen(0),
        price=form.vehicle.price or Fen(0),
        instalment=instalment or Fen(0),
        is_used=form.vehicle.kind == "used",
    )
    asked: list[str] = []
    told: dict[str, Any] = {}
    for source, brought in BROUGHT.items():
        if source == "company" and customer.employment_kind == "public_service":
            continue  # authorities and schools stand in no register of companies
        if answers.was_asked(source):
            asked.append(brought.asked_as)
            told |= brought.told(source, answers, stated)
    if all(answers.was_asked(source) for source in _APPRAISERS):
        asked.append(APPRAISED_AS)
        told["valuation_spread_rate"] = _spread(answers)
    return asked, told


def _spread(answers: Answers) -> Decimal | None:
    """How far the appraisers are apart, as a share of the lower value; unknown when one of them gave none."""
    told = [answers.hit(source, ValuationAnswer) for source in _APPRAISERS]
    values = sorted(one.retail_fen for one in told if one is not None)
    if len(values) < len(_APPRAISERS) or values[0] <= 0:
        return None
    return round_rate(Decimal(values[-1] - values[0]) / values[0], 4)


def _place(region_code: str, *places: str) -> str | None:
    """Where a city lies from the nearest of the applicant's places: told by codes of six digits of which two are the
    province."""
    known = [place for place in places if len(place) == 6]
    if len(region_code) != 6 or not known:
        return None
    if any(region_code[:4] == place[:4] for place in known):
        return "same_city"
    return "same_province" if any(region_code[:2] == place[:2] for place in known) else "elsewhere"


def _ip_attribution(told: DeviceAnswer, stated: Stated) -> str | None:
    return "abroad" if told.region_code.isalpha() else _place(told.region_code, stated.region_code)


def _card_kind(told: CardAnswer) -> str | None:
    if not told.is_debit:
        return "credit"
    return None if told.account_class is None else "debit_1" if told.account_class == 1 else "debit_2"


def _is_theirs(told: CourtAnswer) -> bool:
    """Whether cases count as the applicant's: those of a mere namesake are told as "suspected", and never counted."""
    return told.certainty != "low"


def _criminal_status(told: CourtAnswer) -> str:
    """What kind of record there is. Only an id number says that it is theirs: otherwise, and where the case is about
    something else, a person looks."""
    if not told.criminal_records:
        return "none"
    is_sure = told.certainty == "high" and told.criminal_kind in _CRIMES
    return str(told.criminal_kind) if is_sure else "suspected"


def _hearing_is_near(told: CourtAnswer, stated: Stated) -> bool:
    """Whether a hearing is within 30 days; one without a day may be."""
    if not _is_theirs(told) or not told.hearings:
        return False
    return told.hearing_on is None or told.hearing_on <= stated.on + timedelta(days=_HEARING_DAYS)


def _mileage_check(told: VehicleHistoryAnswer, stated: Stated) -> str | None:
    if told.is_mileage_turned_back:
        return "rolled_back"
    if told.mileage_km is None or stated.mileage_km is None:
        return None
    return "doubtful" if told.mileage_km > stated.mileage_km else "consistent"


def _fund_gap(told: CreditFigures, stated: Stated) -> Decimal:
    """The stated income as a multiple of the most that the deposits into the housing fund can come from; zero where no
    fund is paid into, which says nothing."""
    if not told.housing_fund_fen:
        return Decimal(0)
    return round_rate(stated.monthly_income * _FUND_RATE_LEAST / told.housing_fund_fen, 4)


def _address_check(told: AddressAnswer, _: Stated) -> str:
    """A mail drop or a building site is nobody's home, however well it can be found."""
    if told.is_high_risk or told.place_kind in _NOBODYS_HOME:
        return "high_risk"
    return "vague" if told.precision == "district" else "found"


def _licence_status(told: LicenceAnswer, _: Stated) -> str:
    return "mismatch" if told.identity == "differ" else _LICENCE[told.licence]


def _registry_lien(told: RegistrationAnswer, _: Stated) -> str:
    return "seized" if told.is_seized else "mortgaged" if told.is_mortgaged else "none"


def _inspection_is_valid(told: RegistrationAnswer, stated: Stated) -> bool:
    return told.inspected_until is not None and told.inspected_until >= stated.on


def _invoice_check(told: InvoiceAnswer, _: Stated) -> str:
    if told.invoice != "valid":
        return "void"
    return "match" if told.agrees else "mismatch"


def _invoice_gap(told: InvoiceAnswer, stated: Stated) -> Decimal | None:
    """How far the invoice is from the price that the form states, as a share of that price."""
    return round_rate(Decimal(abs(told.total_fen - stated.price)) / stated.price, 4) if stated.price else None


def _operating_income_gap(told: TelematicsAnswer, stated: Stated) -> Decimal | None:
    """The stated income as a multiple of what the car takes in; None where nobody counts that."""
    if not told.income_month_fen:
        return None
    return round_rate(Decimal(stated.monthly_income) / told.income_month_fen, 4)


def _insurance_status(told: InsuranceAnswer, stated: Stated) -> str:
    if told.compulsory_until is None:
        return "none"
    return "valid" if told.compulsory_until >= stated.on else "lapsed"


_FUND_RATE_LEAST = Decimal("0.1")
"""Five percent each by employer and employee. Source: REG-FUND-18."""
_APPRAISERS = ("valuation_a", "valuation_b")
APPRAISED_AS = "valuation"
_CRIMES = ("economic", "drugs", "fugitive")
_HEARING_DAYS = 30
_TRACKED_DAYS = 90
_NOBODYS_HOME = frozenset({"mail_drop", "not_built"})
_LICENCE = {"valid": "valid", "expired": "expired", "suspended": "suspended", "revoked": "suspended"}
_EMISSION_LEAST = 4
"""Nowhere may a used car below the fourth stage be brought in; where more is asked, the region's rules say so."""
_CHECK = {"match": "match", "differ": "mismatch"}
_STATUS = {"in_business": "open", "abnormal": "abnormal", "revoked": "closed", "cancelled": "closed"}
_NETWORK = {"residential": "residential", "mobile": "mobile", "office": "business", "proxy": "proxy",
            "data_centre": "data_centre", "tor": "proxy"}  # fmt: skip
_TIER = {"": "normal", "1": "normal", "2": "watch", "3": "substandard", "4": "doubtful", "5": "loss", "6": "doubtful"}
"""Five-tier classes; 6 (违约) is a default that is not classed yet; where no account carries one, none is worse."""

BROUGHT: Mapping[str, Brought] = {
    "phone": Brought(
        "telecom",
        PhoneAnswer,
        {
            "phone_status": lambda told, _: told.status,
            # A number that is not an ordinary one, and in no reseller's segment, is a secondary one (小号).
            "phone_is_alias": lambda told, stated: told.is_virtual and not stated.phone.startswith(VIRTUAL_SEGMENTS),
            # People who moved keep the number of where they come from, which the id number tells.
            "phone_attribution": lambda told, stated: _place(told.region_code, stated.region_code, stated.home_code),
        },
    ),
    "card": Brought(
        "bank_card",
        CardAnswer,
        {"card_check": lambda told, _: _CHECK[told.identity], "card_kind": lambda told, _: _card_kind(told)},
    ),
    "court": Brought(
        "judicial",
        CourtAnswer,
        {
            "enforcement_fen": lambda told, _: told.enforcement_fen if _is_theirs(told) else Fen(0),
            "enforcement_cases": lambda told, _: told.enforcements if _is_theirs(told) else 0,
            "lawsuits_defendant_24m": lambda told, _: told.lawsuits + told.judgments_24m if _is_theirs(told) else 0,
            "loan_lawsuits_open": lambda told, _: told.loan_lawsuits if _is_theirs(told) else 0,
            "criminal_status": lambda told, _: _criminal_status(told),
            "hearing_within_30d": _hearing_is_near,
        },
        {
            "enforcement_fen": Fen(0),
            "enforcement_cases": 0,
            "lawsuits_defendant_24m": 0,
            "loan_lawsuits_open": 0,
            "criminal_status": "none",
            "hearing_within_30d": False,
        },
    ),
    "company": Brought(
        "company",
        CompanyAnswer,
        {
            "employer_status": lambda told, _: _STATUS[told.status],
            "employer_age_months": lambda told, _: told.months,
            "employer_staff": lambda told, _: told.insured_people or 0,  # none known: it counts as a small one
        },
        {"employer_status": "not_found", "employer_staff": 0},
    ),
    "lending": Brought(
        "multi_lending",
        LendingAnswer,
        {
            "multi_lending_7d": lambda told, _: told.applications_7d,
            "multi_lending_30d": lambda told, _: told.applications_30d,
            "multi_lending_180d": lambda told, _: told.applications_180d,
            "multi_microloan_90d": lambda told, _: told.at_small_lenders_90d,
            "multi_night_rate": lambda told, _: told.night_share or Decimal(0),  # none without applications
            "other_overdue_fen": lambda told, _: told.overdue_fen,
        },
        {
            "multi_lending_7d": 0,
            "multi_lending_30d": 0,
            "multi_lending_180d": 0,
            "multi_microloan_90d": 0,
            "multi_night_rate": Decimal(0),
            "other_overdue_fen": Fen(0),
        },
    ),
    "device": Brought(
        "device",
        DeviceAnswer,
        {
            "device_kind": lambda told, _: (
                "emulator" if told.is_emulator else "rooted" if told.is_tampered else "physical"
            ),
            "ip_kind": lambda told, _: _NETWORK[told.network],
            "ip_attribution": _ip_attribution,
            "device_accounts": lambda told, _: told.accounts,
            "device_ids": lambda told, _: told.ids,
            "device_cards": lambda told, _: told.cards,
            "device_phones": lambda told, _: told.phones,
        },
    ),
    "vehicle_history": Brought(
        "vehicle_history",
        VehicleHistoryAnswer,
        {
            "plate_owner_check": lambda told, _: _CHECK.get(told.owner),
            "vehicle_financed_elsewhere": lambda told, _: told.is_mortgaged,
            "open_violations": lambda told, _: told.violations_open,
            "accident_claims": lambda told, _: told.accidents_minor + told.accidents_major,
            "is_flooded_or_burnt": lambda told, _: told.is_flooded,
            "mileage_check": _mileage_check,
            "transfers": lambda told, _: told.transfers,
        },
    ),
    "insurance": Brought(
        "insurance",
        InsuranceAnswer,
        {
            "insurance_status": _insurance_status,
            "accident_claims_fen": lambda told, _: told.claims_fen,
            "insurance_claims_12m": lambda told, _: told.claims_12m,
            "commercial_cover_fen": lambda told, _: told.third_party_fen,
        },
        {
            "insurance_status": "none",
            "accident_claims_fen": Fen(0),
            "insurance_claims_12m": 0,
            "commercial_cover_fen": Fen(0),
        },
    ),
    "address": Brought(
        "address",
        AddressAnswer,
        {
            "address_check": _address_check,
            "address_region": lambda told, stated: _place(told.region_code, stated.region_code),
        },
        {"address_check": "not_found"},
    ),
    "licence": Brought(
        "driving",
        LicenceAnswer,
        {
            "licence_status": _licence_status,
            "licence_fits_vehicle": lambda told, _: told.covers_vehicle,
            "licence_points": lambda told, _: told.points,
        },
        {"licence_status": "none"},
    ),
    "registration": Brought(
        "registration",
        RegistrationAnswer,
        {
            "registry_status": lambda told, _: told.registry,
            "registry_lien": _registry_lien,
            "inspection_is_valid": _inspection_is_valid,
            "emission_is_allowed": lambda told, _: (told.emission_class or _EMISSION_LEAST) >= _EMISSION_LEAST,
            "title_months_owned": lambda told, _: told.owned_months,
            "owner_changes_12m": lambda told, _: told.owner_changes_12m,
        },
        {"registry_status": "not_found"},
    ),
    "telematics": Brought(
        "telematics",
        TelematicsAnswer,
        {
            "telematics_km_per_day": lambda told, _: told.km_per_day,
            "telematics_active_rate": lambda told, _: round_rate(Decimal(told.active_days) / _TRACKED_DAYS, 4),
            "telematics_income_gap_rate": _operating_income_gap,
            "telematics_night_rate": lambda told, _: told.night_share,
            "telematics_offline_days": lambda told, _: told.offline_days,
            "telematics_detour_nights": lambda told, _: told.detour_nights,
            "telematics_yard_nights": lambda told, _: told.yard_nights,
            "platform_orders_30d": lambda told, _: told.orders_30d,
        },
        {"telematics_active_rate": Decimal(0)},
    ),
    "invoice": Brought(
        "invoice",
        InvoiceAnswer,
        {"invoice_check": _invoice_check, "invoice_gap_rate": _invoice_gap},
        {"invoice_check": "not_found"},
    ),
    "credit_report": Brought(
        "pboc",
        CreditFigures,
        {
            "bureau_history_months": lambda told, _: told.months_since_first_account,
            "bureau_hard_queries_1m": lambda told, _: told.searches_1m,
            "bureau_hard_queries_6m": lambda told, _: told.searches_6m,
            "bureau_query_lenders_3m": lambda told, _: told.searchers_3m,
            "bureau_overdue_months_60m": lambda told, _: min(told.overdue_months_60m or 0, 60),  # account months
            "bureau_overdue_max_fen": lambda told, _: told.overdue_peak_60m_fen or Fen(0),
            "bureau_months_since_overdue": lambda told, _: told.months_since_overdue,
            "bureau_open_loans": lambda told, _: told.open_loans,
            "bureau_unsecured_fen": lambda told, _: told.unsecured_debt_fen,
            "bureau_guarantees_fen": lambda told, _: told.duty_fen,
            "bureau_guarantees_overdue": lambda told, _: told.duty_overdue > 0,
            "bureau_car_loans": lambda told, _: told.open_car_loans,
            "bureau_car_loan_overdue": lambda told, _: told.overdue_car_loans > 0,
            "bureau_cards_frozen": lambda told, _: told.stopped_accounts,
            "bureau_five_class": lambda told, _: None if told.is_white else _TIER.get(told.worst_tier),
            "bureau_identity_alert": lambda told, _: told.fraud_alerts > 0,
            "bureau_differences": lambda told, _: (
                [told.phone, told.employer, told.address].count("differ") + (not told.id_is_same)
            ),
            "bureau_tax_arrears_fen": lambda told, _: told.tax_arrears_fen,
            "bureau_card_max_use_rate": lambda told, _: told.card_use_rate_max or Decimal(0),  # none without a card
            "bureau_special_trades": lambda told, _: told.extensions + told.guarantor_paid + told.asset_disposals,
            "bureau_penalties": lambda told, _: told.penalties,
            "bureau_microloans": lambda told, _: told.micro_loans,
            "fund_income_gap_rate": _fund_gap,
        },
        {
            "bureau_hard_queries_1m": 0,
            "bureau_hard_queries_6m": 0,
            "bureau_query_lenders_3m": 0,
            "bureau_overdue_months_60m": 0,
            "bureau_overdue_max_fen": Fen(0),
            "bureau_open_loans": 0,
            "bureau_unsecured_fen": Fen(0),
            "bureau_guarantees_fen": Fen(0),
            "bureau_guarantees_overdue": False,
            "bureau_car_loans": 0,
            "bureau_car_loan_overdue": False,
            "bureau_cards_frozen": 0,
            "bureau_identity_alert": False,
            "bureau_differences": 0,
            "bureau_tax_arrears_fen": Fen(0),
            "bureau_card_max_use_rate": Decimal(0),
            "bureau_special_trades": 0,
            "bureau_penalties": 0,
            "bureau_microloans": 0,
            "fund_income_gap_rate": Decimal(0),
        },
    ),
    **OF_VENDORS,
    **OF_INCOMES,
}
"""By the code of the source. The appraisers are asked as one, and bring their spread only where both were asked."""

NOT_BROUGHT: Mapping[str, str] = {
    "identity": "no selfie and no picture of the id is sent to the police",
    "screen": "a browser cannot see whether its screen is shared",
    "scene": "photos are compared with photos, not what stands behind a person or a car",
    "keys": "no keys and no papers held are registered",
    "freight_contract": "a platform knows the loads carried through it, and no contract of a haulier with a shipper",
    "corporate": "applications of companies are not taken",
}
"""What the strategy can be told and nobody brings, by its names of sources, and why."""
