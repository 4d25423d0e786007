"""What the registers tell: addresses, driving licences, vehicles, invoices."""

import json
from collections.abc import Set
from typing import Any

from axle.sandbox.sources.desk import Asked
from axle.sandbox.sources.people import Trait, draw_for


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


_CENTRES = {
    "11": (116.41, 39.90), "12": (117.20, 39.08), "13": (114.51, 38.04), "14": (112.55, 37.87), "15": (111.75, 40.84),
    "21": (123.43, 41.81), "22": (125.32, 43.82), "23": (126.53, 45.80), "31": (121.47, 31.23), "32": (118.80, 32.06),
    "33": (120.16, 30.27), "34": (117.23, 31.82), "35": (119.30, 26.07), "36": (115.86, 28.68), "37": (117.12, 36.65),
    "41": (113.63, 34.75), "42": (114.31, 30.59), "43": (112.94, 28.23), "44": (113.26, 23.13), "45": (108.37, 22.82),
    "46": (110.20, 20.04), "50": (106.55, 29.56), "51": (104.07, 30.57), "52": (106.63, 26.65), "53": (102.83, 24.88),
    "54": (91.14, 29.65), "61": (108.94, 34.34), "62": (103.83, 36.06), "63": (101.78, 36.62), "64": (106.23, 38.49),
    "65": (87.62, 43.83),
}  # fmt: skip
"""Longitude and latitude of each province's capital."""
_ELSEWHERE = "650100"


def address_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """A library of addresses; it knows all but those that are planted as made up."""
    if Trait.ADDRESS_UNKNOWN in traits:
        return None
    region = _ELSEWHERE if Trait.ADDRESS_ELSEWHERE in traits else asked["city"]
    longitude, latitude = _CENTRES.get(region[:2], _CENTRES["11"])
    draw = draw_for("address", asked["address"])
    location = f"{longitude + draw.uniform(-0.05, 0.05):.6f},{latitude + draw.uniform(-0.05, 0.05):.6f}"
    place = {
        "adcode": region,
        "level": "区县" if Trait.ADDRESS_VAGUE in traits else "门址",
        "type": "代收" if Trait.ADDRESS_HIGH_RISK in traits else "住宅",
        "risk": "1" if Trait.ADDRESS_HIGH_RISK in traits else "0",
        "location": location,
    }
    return _json({"count": 1, "geocode": place})


ADDRESS_NOTHING = _json({"count": 0, "geocode": None})


def licence_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """The register of driving licences; an ordinary person may drive what they buy."""
    if Trait.LICENCE_NONE in traits:
        return None
    draw = draw_for("licence", asked["sfzmhm"])
    return _json(
        {
            "jszzt": "暂扣" if Trait.LICENCE_SUSPENDED in traits else "正常",
            "xmyz": "0" if Trait.LICENCE_OF_ANOTHER in traits else "1",
            "cxfh": "1",
            "ljjf": str(draw.choice((0, 0, 0, 1, 3))),
            "yxqz": f"20{draw.randint(28, 35)}-{draw.randint(1, 12):02d}-15",
        }
    )


LICENCE_NOTHING = _json({"jszzt": "查无"})
_CHINA_6, _CHINA_5, _CHINA_4 = "2020-07-01", "2017-01-01", "2011-07-01"


def registration_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """The register of vehicles, by what a car's first registration lets expect."""
    if Trait.CAR_UNREGISTERED in traits:
        return None
    first = asked.get("zdrq") or "2022-05-01"
    emission = next((str(no) for no, day in ((6, _CHINA_6), (5, _CHINA_5), (4, _CHINA_4)) if first >= day), "3")
    return _json(
        {
            "zt": "M" if Trait.CAR_SCRAPPED in traits else "A",
            "yxqz": "2027-06-30",
            "hbbz": emission,
            "dybj": "1" if Trait.CAR_MORTGAGED in traits else "0",
            "cfbj": "1" if Trait.CAR_SEIZED in traits else "0",
            "ccdjrq": first,
            "zydj": ["2026-03-02", "2026-06-02", "2026-09-02"] if Trait.CAR_PASSED_ON in traits else [],
        }
    )


REGISTRATION_NOTHING = _json({"zt": None})


def invoice_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """The tax office, which knows every invoice as it is asked about but those that are planted."""
    if Trait.INVOICE_UNKNOWN in traits:
        return None
    total = "1.00" if Trait.INVOICE_DIFFERS in traits else asked["jshj"]
    return _json(
        {
            "cyjg": "2" if Trait.INVOICE_DIFFERS in traits else "1",
            "fpzt": "2" if Trait.INVOICE_VOID in traits else "0",
            "jshj": total,
        }
    )


INVOICE_NOTHING = _json({"cyjg": "9"})
