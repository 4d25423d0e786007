"""What the sources about cars tell: two appraisers, the repair shops and the registry, the insurers."""

import json
from collections.abc import Set
from datetime import date

from axle.sandbox.sources.desk import Asked
from axle.sandbox.sources.people import Trait, draw_for

_TODAY = date(2026, 11, 1)


def _value_yuan(vin: str, registered: str, kilometres: int, guide: float) -> float:
    """What the car is worth: a guide price less fifteen percent in a year and for much mileage."""
    age = max((_TODAY - date.fromisoformat(registered)).days / 365.25, 0.0)
    worn = max(0.7, 1 - max(kilometres - age * 20_000, 0) / 400_000)
    return float(guide * 0.85**age * worn * draw_for("car", vin).uniform(0.97, 1.03))


def valuation_a_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """Appraiser A counts in ten thousands of yuan and of kilometres."""
    if Trait.CAR_UNKNOWN in traits:
        return None
    guide = float(asked.get("price") or 15)
    value = _value_yuan(asked["vin"], asked["regDate"], round(float(asked["mile"]) * 10_000), guide)
    brand = "别的品牌" if Trait.CAR_OTHER_MODEL in traits else asked.get("brandName", "")
    model = {"brand": brand, "series": asked.get("seriesName", ""), "year": asked.get("modelYear", "")}
    days = draw_for("market", asked["vin"]).randint(18, 70)
    return json.dumps(
        {
            "b2c_price": round(value, 2),
            "c2b_price": round(value * 0.9, 2),
            "residual": 0.84,
            "accuracy": 92,
            "vinModels": [model] if model["year"] else [],
            "saleDays": 190 if Trait.CAR_HARD_TO_SELL in traits else days,
            "seriesState": "停产" if Trait.CAR_DISCONTINUED in traits else "在产",
        },
        ensure_ascii=False,
    )


VALUATION_A_NOTHING = json.dumps({"b2c_price": None})


def valuation_b_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """Appraiser B counts in yuan, and gives a low and a high value."""
    if Trait.CAR_UNKNOWN in traits:
        return None
    guide = float(asked.get("guidePrice") or 150_000)
    value = _value_yuan(asked["frameNo"], asked["firstLicense"], int(asked["odometer"]), guide)
    value *= 0.75 if Trait.CAR_VALUED_APART in traits else 1.01
    return json.dumps({"low": round(value * 0.89), "high": round(value), "grade": "A"})


VALUATION_B_NOTHING = json.dumps({"low": 0, "high": 0, "grade": "N"})


def history_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """Repairs and registry, as a list of events and the state of the papers."""
    if Trait.CAR_UNKNOWN in traits:
        return None
    draw = draw_for("history", asked["vin"])
    kilometres = draw.randint(8_000, 30_000)
    services = [
        {"date": f"{year}-06-10", "mileage": kilometres * place} for place, year in enumerate((2023, 2024, 2025), 1)
    ]
    if Trait.CAR_TURNED_BACK in traits:
        services.append({"date": "2026-06-10", "mileage": kilometres})
    events = [{"type": "SCRATCH", "amount": "800.00"}] * draw.choice((0, 0, 0, 1))
    events += [{"type": "FRAME", "amount": "64000.00"}] if Trait.CAR_CRASHED in traits else []
    events += [{"type": "FLOOD", "amount": "90000.00"}] if Trait.CAR_FLOODED in traits else []
    return json.dumps(
        {
            "ownerMatch": "N" if Trait.CAR_OF_ANOTHER in traits else "Y",
            "accidents": events,
            "totalLoss": False,
            "maintenance": services,
            "mortgage": Trait.CAR_MORTGAGED in traits,
            "seal": Trait.CAR_SEIZED in traits,
            "violations": 0,
            "transferTimes": draw.choice((0, 1, 1, 2)),
        }
    )


HISTORY_NOTHING = json.dumps({"ownerMatch": None})


def insurance_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """The insurers' platform: a line of cover per policy (compulsory, damage, third party), a line per claim."""
    draw = draw_for("insurance", asked["vin"])
    until = f"2027-{draw.randint(1, 10):02d}-08"
    lines = [f"POLICY|JQX|{until}|", f"POLICY|SYX|{until}|{draw.randint(8, 20)}0000.00"]
    lines += [f"CLAIM|2025-03-0{number}|{draw.randint(5, 40)}00.00" for number in range(1, draw.randint(1, 3))]
    cover = "500000.00" if Trait.CAR_COVERED_LITTLE in traits else f"{draw.choice((100, 150, 200))}0000.00"
    lines += [f"POLICY|SZX|{until}|{cover}"]
    lines += ["CLAIM|2025-08-09|64000.00"] if Trait.CAR_CRASHED in traits else []
    often = Trait.CAR_CLAIMED_OFTEN in traits
    lines += [f"CLAIM|2026-0{number}-09|1200.00" for number in range(4, 9)] if often else []
    return "\n".join(lines)


INSURANCE_NOTHING = "NONE|"


def battery_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """The battery's last test; the warranty of eight years passes to a new owner."""
    if Trait.BATTERY_UNTESTED in traits:
        return None
    draw = draw_for("battery", asked["vin"])
    return json.dumps(
        {
            "report": {
                "soh": 64.0 if Trait.BATTERY_WORN in traits else round(draw.uniform(86, 97), 1),
                "testDate": f"2026-0{draw.randint(4, 9)}-20",
                "warrantyEnd": f"20{draw.randint(29, 32)}-06-30",
                "warrantyTransfer": "Y",
                "packChanged": False,
            }
        }
    )


BATTERY_NOTHING = json.dumps({"report": None})
