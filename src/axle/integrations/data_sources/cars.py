"""The sources about cars."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal

from axle.integrations.data_sources.adapter import VendorSource, fen
from axle.kernel.money import Fen, yuan
from axle.sources.ports import Particulars, Question
from axle.sources.public import BatteryAnswer, InsuranceAnswer, ValuationAnswer, VehicleHistoryAnswer

_TEN_THOUSAND = 10_000
_MAJOR = frozenset({"FRAME", "FIRE", "FLOOD"})


class AppraiserA(VendorSource):
    """Counts in ten thousands of yuan and of kilometres."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        price = Decimal(case.price or 0) / 100 / _TEN_THOUSAND
        return {
            "vin": case.vin,
            "regDate": case.first_registered_on.isoformat() if case.first_registered_on else "",
            "mile": format(Decimal(case.mileage_km or 0) / _TEN_THOUSAND, "f"),
            "price": format(price, "f") if price else "",
            "brandName": case.make,
            "seriesName": case.series,
            "modelYear": str(case.model_year or ""),
            "orderNo": question.request_no,
        }

    def is_nothing(self, content: Any) -> bool:
        return content["b2c_price"] is None

    def told(self, content: Any, case: Particulars, on: date) -> ValuationAnswer:
        return ValuationAnswer(
            retail_fen=fen(Decimal(str(content["b2c_price"])) * _TEN_THOUSAND),
            trade_fen=fen(Decimal(str(content["c2b_price"])) * _TEN_THOUSAND),
            residual_12m_rate=Decimal(str(content["residual"])) if content["residual"] else None,
            certainty=int(content["accuracy"]),
            decoded=_decoded(content["vinModels"], case),
            sale_days=None if content["saleDays"] is None else int(content["saleDays"]),
            is_discontinued={"在产": False, "停产": True, "": None}[content["seriesState"]],
        )


def _decoded(models: Sequence[Any], case: Particulars) -> Literal["match", "differ"] | None:
    """Whether one of the models that a VIN may stand for is the one stated, give or take a model year: makers sell the
    next year's before it begins. None where the library has none: of imports, mostly."""
    if not models or not case.make or not case.model_year:
        return None
    stated = _plain(case.make), _plain(case.series)
    is_one = any(
        (_plain(model["brand"]), _plain(model["series"])) == stated and abs(int(model["year"]) - case.model_year) <= 1
        for model in models
    )
    return "match" if is_one else "differ"


def _plain(name: Any) -> str:
    """Vendors write the same model with other signs and widths."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", str(name)).upper() if sign.isalnum())


class AppraiserB(VendorSource):
    """Counts in yuan, and grades its own certainty."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {
            "frameNo": case.vin,
            "firstLicense": case.first_registered_on.isoformat() if case.first_registered_on else "",
            "odometer": str(case.mileage_km or 0),
            "guidePrice": yuan(case.price) if case.price else "",
            "bizNo": question.request_no,
        }

    def is_nothing(self, content: Any) -> bool:
        return bool(content["grade"] == "N")

    def told(self, content: Any, case: Particulars, on: date) -> ValuationAnswer:
        return ValuationAnswer(
            retail_fen=fen(content["high"]),
            trade_fen=fen(content["low"]),
            residual_12m_rate=None,
            certainty={"A": 90, "B": 70, "C": 50}[content["grade"]],
        )


class VehicleHistory(VendorSource):
    """出险, 维保, 人车核验, 抵押, 查封."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {"vin": case.vin, "plate": case.plate_no, "owner": case.name, "orderId": question.request_no}

    def is_nothing(self, content: Any) -> bool:
        return content["ownerMatch"] is None

    def told(self, content: Any, case: Particulars, on: date) -> VehicleHistoryAnswer:
        kinds = [event["type"] for event in content["accidents"]]
        series = [row["mileage"] for row in sorted(content["maintenance"], key=lambda row: str(row["date"]))]
        highest = max(series, default=None)
        return VehicleHistoryAnswer(
            owner={"Y": "match", "N": "differ", "U": "unknown"}[content["ownerMatch"]],  # type: ignore[arg-type]
            accidents_minor=sum(kind not in _MAJOR for kind in kinds),
            accidents_major=sum(kind in _MAJOR for kind in kinds),
            is_total_loss=bool(content["totalLoss"]),
            is_flooded="FLOOD" in kinds,
            mileage_km=highest,
            is_mileage_turned_back=_falls(series) or (highest or 0) > (case.mileage_km or highest or 0),
            is_mortgaged=bool(content["mortgage"]),
            is_seized=bool(content["seal"]),
            violations_open=int(content["violations"]),
            transfers=int(content["transferTimes"]),
        )


def _falls(series: Sequence[int]) -> bool:
    return any(later < earlier for earlier, later in pairwise(series))


class InsurerPlatform(VendorSource):
    """Policies and claims, as lines of fields."""

    def worded(self, question: Question) -> dict[str, str]:
        return {"no": question.request_no, "vin": question.case.vin, "plate": question.case.plate_no}

    def parsed(self, raw: str) -> Any:
        return [line.split("|") for line in raw.split("\n")]

    def is_nothing(self, content: Any) -> bool:
        return bool(content[0][0] == "NONE")

    def told(self, content: Any, case: Particulars, on: date) -> InsuranceAnswer:
        policies = {fields[1]: fields for fields in content if fields[0] == "POLICY"}
        claims = [(date.fromisoformat(fields[1]), fen(fields[2])) for fields in content if fields[0] == "CLAIM"]
        until = {kind: date.fromisoformat(fields[2]) for kind, fields in policies.items()}
        return InsuranceAnswer(
            compulsory_until=until.get("JQX"),
            commercial_until=until.get("SYX"),
            insured_fen=fen(policies["SYX"][3]) if "SYX" in policies else None,
            claims_36m=len(claims),
            claims_fen=Fen(sum(amount for _, amount in claims)),
            claims_12m=sum(happened > on - _YEAR for happened, _ in claims),
            third_party_fen=_third_party(policies, on),
        )


_YEAR = timedelta(days=365)


def _third_party(policies: Mapping[str, Sequence[str]], on: date) -> Fen:
    """The sum of a third-party policy (三者险) in force; zero without one."""
    policy = policies.get("SZX")
    return fen(policy[3]) if policy is not None and date.fromisoformat(policy[2]) >= on else Fen(0)


class BatteryTests(VendorSource):
    """动力电池检测: capacity left in percent, and the warranty that passes to a new owner."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {"vin": case.vin, "powerType": _TRACTION[case.traction], "reqId": question.request_no}

    def is_nothing(self, content: Any) -> bool:
        return content["report"] is None

    def told(self, content: Any, case: Particulars, on: date) -> BatteryAnswer:
        report = content["report"]
        health = Decimal(str(report["soh"])) / 100
        if not 0 <= health <= _HEALTH_MOST:
            raise ValueError(str(report["soh"])[:60])
        until = report["warrantyEnd"]
        return BatteryAnswer(
            health_rate=min(health, Decimal(1)),
            tested_on=date.fromisoformat(report["testDate"]),
            warranty_until=date.fromisoformat(until) if until and report["warrantyTransfer"] == "Y" else None,
            is_replaced=bool(report["packChanged"]),
        )


_TRACTION = {"electric": "BEV", "plug_in": "PHEV"}
_HEALTH_MOST = Decimal("1.1")
"""New batteries are measured a little above what they are sold as; more is an error."""
