"""What other vendors say as inputs: the industry's list, permits, platforms of work, batteries, models."""

from collections.abc import Mapping
from decimal import Decimal

from axle.kernel.dates import months_between
from axle.kernel.rounding import round_rate
from axle.origination.services.source_brought import Brought, Stated
from axle.sources.public import (
    BatteryAnswer,
    IndustryListAnswer,
    PermitAnswer,
    ValuationAnswer,
    WorkPlatformAnswer,
)

_ACTIVE_MONTHS = 3
_TEST_DAYS = 365
_PERMIT = {"valid": "valid", "expired": "expired", "withdrawn": "none", "none": "none"}


def _listing(told: IndustryListAnswer, _: Stated) -> str:
    """Only an id number says that the one who is listed is the applicant: phones change hands, and a match by one alone
    is for people to look at."""
    return "hit" if told.listing == "black" and told.matched_by != "phone" else "watch"


def _cover(told: WorkPlatformAnswer, stated: Stated) -> Decimal | None:
    """Takings as a multiple of the instalment. Who took in something in few months only works elsewhere, too, or has
    just begun: what a platform knows is then no measure of what they earn."""
    if told.active_months < _ACTIVE_MONTHS or not stated.instalment:
        return None
    return round_rate(Decimal(told.takings_month_fen) / stated.instalment, 4)


def _health(told: BatteryAnswer, stated: Stated) -> Decimal | None:
    """Unknown by a test of more than a year ago: batteries age."""
    return told.health_rate if (stated.on - told.tested_on).days <= _TEST_DAYS else None


def _warranty(told: BatteryAnswer, stated: Stated) -> int:
    return max(months_between(stated.on, told.warranty_until), 0) if told.warranty_until else 0


OF_VENDORS: Mapping[str, Brought] = {
    "industry_list": Brought(
        "industry_list", IndustryListAnswer, {"industry_list_status": _listing}, {"industry_list_status": "none"}
    ),
    "permits": Brought(
        "permits",
        PermitAnswer,
        {
            "transport_permit": lambda told, _: _PERMIT.get(told.transport),
            "driver_permit": lambda told, _: _PERMIT[told.driver],
            "fleet_vehicles": lambda told, _: told.vehicles,
        },
        {
            # A new car has none yet, and nobody asks about it.
            "transport_permit": lambda stated: "none" if stated.is_used else None,
            "driver_permit": "none",
            "fleet_vehicles": 0,
        },
    ),
    "work_platform": Brought(
        "work_platform",
        WorkPlatformAnswer,
        {"platform_rating": lambda told, _: told.rating, "cash_flow_cover_rate": _cover},
    ),
    "battery": Brought(
        "battery", BatteryAnswer, {"battery_health_rate": _health, "battery_warranty_months": _warranty}
    ),
    "valuation_a": Brought(
        "model_data",
        ValuationAnswer,
        {
            "vin_decode_check": lambda told, _: told.decoded and {"match": "match", "differ": "mismatch"}[told.decoded],
            "model_liquidity_days": lambda told, _: told.sale_days,
            "is_model_discontinued": lambda told, _: told.is_discontinued,
        },
    ),
}
"""By the code of the source. A platform that does not know a driver says nothing of what they earn elsewhere."""
