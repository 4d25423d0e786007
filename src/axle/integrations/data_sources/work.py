"""The sources about people who drive for a living: the register of road transport, platforms of rides and freight."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from axle.integrations.data_sources.adapter import VendorSource, fen
from axle.kernel.dates import months_between
from axle.kernel.money import Fen
from axle.kernel.rounding import round_fen
from axle.sources.ports import Particulars, Question
from axle.sources.public import PermitAnswer, WorkPlatformAnswer


class TransportRegister(VendorSource):
    """道路运政: certificates of the driver (``ryzj``), of the car (``clzj``), and how many cars have one in the name of
    the driver (``yhcls``)."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {"xm": case.name, "zjhm": case.id_no, "yylx": _KINDS[case.permit_kind], "clsbdh": case.vin,
                "hphm": case.plate_no, "lsh": question.request_no}  # fmt: skip

    def is_nothing(self, content: Any) -> bool:
        return not content["ryzj"] and not content["clzj"] and int(content["yhcls"]) == 0

    def told(self, content: Any, case: Particulars, on: date) -> PermitAnswer:
        vehicles, ends = int(content["yhcls"]), [row["yxqz"] for row in content["ryzj"] if row["zt"] == "有效"]
        if vehicles < 0:
            raise ValueError(str(vehicles))
        return PermitAnswer(
            driver=_best(content["ryzj"], on),
            transport=_best(content["clzj"], on) if case.vin else None,
            permitted_until=max(map(date.fromisoformat, ends)) if ends and all(ends) else None,
            vehicles=vehicles,
        )


def _best(certificates: Iterable[Mapping[str, Any]], on: date) -> Any:
    """The best state of any certificate: people keep those that ran out beside the one that replaced it."""
    states = {_state(row, on) for row in certificates}
    return next((state for state in ("valid", "expired", "withdrawn") if state in states), "none")


def _state(certificate: Mapping[str, Any], on: date) -> str:
    state = {"有效": "valid", "逾期": "expired", "撤销": "withdrawn", "注销": "withdrawn"}[certificate["zt"]]
    until = certificate["yxqz"]
    return "expired" if state == "valid" and until and date.fromisoformat(until) < on else state


_KINDS = {"ride_hailing": "网约", "taxi": "巡游", "freight": "货运", "passenger_line": "客运"}


class WorkPlatform(VendorSource):
    """营运平台: a driver's rating, and what was paid out month by month after the platform's share, in yuan."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {"driverName": case.name, "certNo": case.id_no, "mobile": case.phone,
                "bizType": _BUSINESS[case.platform_kind], "authNo": question.consent_no,
                "requestId": question.request_no}  # fmt: skip

    def is_nothing(self, content: Any) -> bool:
        return content["driver"] is None

    def told(self, content: Any, case: Particulars, on: date) -> WorkPlatformAnswer:
        driver = content["driver"]
        paid = [fen(month["settled"]) for month in driver["months"]]
        if len(paid) > _MONTHS or min(paid, default=0) < 0:
            raise ValueError(str(driver["months"])[:60])
        active = [amount for amount in paid if amount > 0]
        return WorkPlatformAnswer(
            rating=None if driver["score"] is None else _rating(driver["score"]),
            platform_months=months_between(date.fromisoformat(driver["firstOrder"]), on),
            active_months=len(active),
            takings_month_fen=round_fen(Decimal(sum(active)) / len(active)) if active else Fen(0),
        )


def _rating(score: Any) -> int:
    if not 0 <= int(score) <= 100:
        raise ValueError(str(score)[:60])
    return int(score)


_MONTHS = 6
_BUSINESS = {"ride_hailing": "RIDE", "freight": "CARGO"}
