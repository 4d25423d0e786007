"""What registers and published wages say of an income, and of who pays it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from axle.kernel.dates import months_between
from axle.kernel.money import Fen, parse_yuan
from axle.kernel.rounding import half_up, round_rate
from axle.origination.domain.form import ApplicationForm
from axle.origination.parameters import WAGE_LEVELS
from axle.origination.services.source_brought import Brought
from axle.platform.public import parameter_value
from axle.sources.public import EmployerContactAnswer, IncomeTaxAnswer, PhoneBillsAnswer, SocialAnswer

INCOME_BAND = "income_band"
_YEAR = 12


def base_bound(told: SocialAnswer) -> str:
    """Where a base lies. At a bound it was lifted or cut to it, so that it is no wage. Source: REG-SOCIAL-BASE."""
    if told.base_fen <= told.base_least_fen:
        return "lower"
    return "upper" if told.base_fen >= told.base_most_fen else "between"


def idle_months(last: date, on: date) -> int:
    """Months missed since the last one that was paid; that of the running month is not due yet."""
    return max(months_between(last, on.replace(day=1)) - 1, 0)


def declared_income(told: IncomeTaxAnswer) -> Fen | None:
    """A month's income before tax: wages of a month that had any, and a twelfth of the fees for services; None without
    wages. Each part is rounded to the fen."""
    if not told.wage_months:
        return None
    return Fen(half_up(told.wages_fen, told.wage_months) + half_up(told.labour_fen, _YEAR))


def employer_contact(told: EmployerContactAnswer) -> str:
    """Whether an employer answers where it is said to: by its phone, and where none is listed, by its address."""
    decisive = told.contact_address if told.contact_phone == "unlisted" else told.contact_phone
    return "mismatch" if decisive == "differ" else decisive


def income_band(form: ApplicationForm) -> dict[str, Any]:
    """The stated income as a multiple of the level of wages for such an employment at such a place, by the narrowest
    place that has one; nothing for people who earn no wages, of whom no table tells what is usual."""
    customer = form.customer
    places: dict[str, dict[str, str]] = parameter_value(WAGE_LEVELS.code)["levels"]
    region, kind = customer.region_code or "", customer.employment_kind or ""
    level = next((places[place][kind] for place in _around(region) if kind in places.get(place, {})), None)
    if level is None or not customer.monthly_income:
        return {}
    return {"income_band_gap_rate": round_rate(Decimal(customer.monthly_income * _YEAR) / parse_yuan(level), 4)}


def _around(region_code: str) -> tuple[str, ...]:
    """A district, its city, its province, the country."""
    return region_code, region_code[:4], region_code[:2], ""


_CHECK = {"match": "match", "differ": "mismatch"}
OF_INCOMES: Mapping[str, Brought] = {
    "social_insurance": Brought(
        "social",
        SocialAnswer,
        {
            "social_kind": lambda told, _: told.insured_as,
            "social_months": lambda told, _: told.insured_months,
            "social_idle_months": lambda told, stated: idle_months(told.insured_until, stated.on),
            "social_base_fen": lambda told, _: told.base_fen,
            "social_base_bound": lambda told, _: base_bound(told),
            "social_employer_check": lambda told, _: told.payer and _CHECK[told.payer],
        },
        {"social_kind": "none"},
    ),
    "income_tax": Brought(
        "income_tax",
        IncomeTaxAnswer,
        {
            "tax_wage_months": lambda told, _: told.wage_months,
            "tax_income_fen": lambda told, _: declared_income(told),
            "tax_idle_months": lambda told, stated: told.wage_until and idle_months(told.wage_until, stated.on),
            "tax_employer_check": lambda told, _: told.wage_payer and _CHECK[told.wage_payer],
        },
        {"tax_wage_months": 0},
    ),
    "phone_bills": Brought(
        "telecom_bills",
        PhoneBillsAnswer,
        {
            "phone_bill_months": lambda told, _: told.bill_months,
            "phone_monthly_fee_fen": lambda told, _: told.bill_average_fen,
        },
        {"phone_bill_months": 0},
    ),
    "employer_contact": Brought(
        "employer_contact",
        EmployerContactAnswer,
        {"employer_contact_check": lambda told, _: employer_contact(told)},
        {"employer_contact_check": "unlisted"},
    ),
}
