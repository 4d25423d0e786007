"""Which loans are due for an inspection (贷后检查), and who goes: rules of a date, as data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from axle.kernel.dates import add_months, is_month_end, month_end, months_between
from axle.servicing.domain.standing import CLASSES

INSPECTORS = ("manager", "field", "dealer")
LONGEST_MONTHS = 120
"""For so many months after its disbursement a loan has its turn by the calendar."""


class InspectionSignal(StrEnum):
    """What an inspector may see."""

    TRACKER_REMOVED = "tracker_removed"
    PLATE_DIFFERS = "plate_differs"
    CAR_PLEDGED = "car_pledged"
    USED_BY_ANOTHER = "used_by_another"
    USED_COMMERCIALLY = "used_commercially"
    MOVED_AWAY = "moved_away"
    DEBTOR_UNREACHABLE = "debtor_unreachable"
    INCOME_WORSE = "income_worse"
    INSURANCE_LAPSED = "insurance_lapsed"


class FoundSignal(StrEnum):
    """What the system finds in what is handed in."""

    MILEAGE_BACK = "mileage_back"
    VIN_DIFFERS = "vin_differs"
    PHOTO_USED_BEFORE = "photo_used_before"


_KEYS = {"classes", "products", "dealer_grades", "least_principal_fen", "every_months", "inspector", "within_days"}


@dataclass(frozen=True)
class InspectionRule:
    """Loans of some classes, products, dealers' grades and balances, in fen: how often, who, and within how long.

    What is empty asks nothing. No turn at all when ``every_months`` is 0.
    """

    classes: tuple[str, ...]
    products: tuple[str, ...]
    dealer_grades: tuple[str, ...]
    least_principal: int
    every_months: int
    inspector: str
    within_days: int

    def fits(self, *, risk_class: str, product: str, dealer_grade: str, principal: int) -> bool:
        """Whether a loan is one of those."""
        return (
            (not self.classes or risk_class in self.classes)
            and (not self.products or product in self.products)
            and (not self.dealer_grades or dealer_grade in self.dealer_grades)
            and principal >= self.least_principal
        )


def inspection_rules(data: Sequence[Mapping[str, Any]]) -> list[InspectionRule]:
    """Rules as a parameter holds them; the first that fits a loan counts. Errors: ValueError for anything else."""
    return [_rule(item) for item in data]


def _rule(item: Mapping[str, Any]) -> InspectionRule:
    rule = InspectionRule(
        classes=tuple(item.get("classes", ())),
        products=tuple(item.get("products", ())),
        dealer_grades=tuple(item.get("dealer_grades", ())),
        least_principal=item.get("least_principal_fen", 0),
        every_months=item["every_months"],
        inspector=item["inspector"],
        within_days=item["within_days"],
    )
    numbers = ((rule.least_principal, 0, None), (rule.every_months, 0, LONGEST_MONTHS), (rule.within_days, 1, 180))
    is_numbered = all(type(n) is int and n >= low and (high is None or n <= high) for n, low, high in numbers)
    if set(item) - _KEYS or not is_numbered or rule.inspector not in INSPECTORS or set(rule.classes) - set(CLASSES):
        raise ValueError(item)
    return rule


def rule_of(rules: Iterable[InspectionRule], **loan: Any) -> InspectionRule | None:
    """The first rule that fits a loan."""
    return next((rule for rule in rules if rule.fits(**loan)), None)


def anniversaries(on: date) -> list[date]:
    """The days whose monthly anniversary falls on a date: 31 August has one on 30 September, too."""
    months = (add_months(on.replace(day=1), -back) for back in range(1, LONGEST_MONTHS + 1))
    return [first.replace(day=day) for first in months for day in range(on.day, _last(on, month_end(first).day) + 1)]


def _last(on: date, days: int) -> int:
    """The last day of a month of so many days whose anniversary a date may be; less than its own if none is."""
    return days if is_month_end(on) else min(on.day, days)


def is_turn(rule: InspectionRule, disbursed_on: date, on: date) -> bool:
    """Whether a loan has its turn on an anniversary of its disbursement."""
    months = months_between(disbursed_on, on)
    return rule.every_months > 0 and months > 0 and months % rule.every_months == 0
