"""The register of road transport, and the platforms through which people drive for a living."""

import json
from collections.abc import Set
from typing import Any

from axle.sandbox.sources.desk import Asked
from axle.sandbox.sources.people import Trait, draw_for

_RIDES = "RIDE"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def permits_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """An ordinary driver has a certificate, and so has the used car that they buy."""
    if Trait.PERMITS_NONE in traits:
        return None
    draw = draw_for("permits", asked["zjhm"])
    ran_out = Trait.PERMITS_EXPIRED in traits
    until = f"2026-0{draw.randint(1, 9)}-15" if ran_out else f"20{draw.randint(28, 32)}-0{draw.randint(1, 9)}-15"
    certificate = {"zt": "逾期" if ran_out else "有效", "lb": asked["yylx"], "yxqz": until}
    return _json(
        {
            "ryzj": [certificate],
            "clzj": [certificate] if asked["clsbdh"] else [],
            "yhcls": 9 if Trait.FLEET_LARGE in traits else draw.choice((0, 0, 1, 1, 2)),
        }
    )


PERMITS_NOTHING = _json({"ryzj": [], "clzj": [], "yhcls": 0})


def platform_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """Six months of a driver; freight brings more than rides."""
    if Trait.PLATFORM_STRANGER in traits:
        return None
    draw = draw_for("work_platform", asked["certNo"])
    usual = draw.randint(9_000, 13_000) if asked["bizType"] == _RIDES else draw.randint(16_000, 26_000)
    month = 900 if Trait.PLATFORM_EARNS_LITTLE in traits else usual
    return _json(
        {
            "driver": {
                "score": 41 if Trait.PLATFORM_RATED_LOW in traits else draw.randint(82, 99),
                "firstOrder": f"202{draw.randint(1, 5)}-0{draw.randint(1, 9)}-10",
                "months": [
                    {"month": f"2026-{number:02d}", "settled": f"{month + draw.randint(0, 600)}.00"}
                    for number in range(5, 11)
                ],
            }
        }
    )


PLATFORM_NOTHING = _json({"driver": None})
