"""The platform of terminals in cars that work: how they were driven and what they took in."""

import json
from collections.abc import Set

from axle.sandbox.sources.desk import Asked
from axle.sandbox.sources.people import Trait, draw_for

_RIDES = "R"


def telematics_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """Ninety days of a car; metres, seconds of silence, and money in fen, as the terminals count."""
    if Trait.CAR_WITHOUT_TERMINAL in traits:
        return None
    draw = draw_for("telematics", asked["vin"])
    is_idle = Trait.CAR_HARDLY_DRIVEN in traits
    metres = 1000 * (30 if is_idle else draw.randint(220, 380))
    days = 20 if is_idle else draw.randint(72, 88)
    return json.dumps(
        {
            "code": 0,
            "data": {
                "dayMileage": metres,
                "onlineDays": days,
                "nightMileageRatio": draw.randint(5, 18),
                "offlineMax": 86_400 * draw.randint(0, 2),
                "nightDetour": 9 if Trait.CAR_DETOURS in traits else 0,
                "parkEvents": [{"poi": "二押场", "nights": 4}] if Trait.CAR_AT_YARD in traits else [],
                "monthIncome": metres // 1000 * days // 3 * 280,
                "orders": days * 12 if asked["useType"] == _RIDES else None,
            },
        }
    )


TELEMATICS_NOTHING = json.dumps({"code": 404, "data": None})
