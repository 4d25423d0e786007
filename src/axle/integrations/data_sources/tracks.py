"""The platform of terminals: how cars in business are driven."""

from datetime import date
from decimal import Decimal
from typing import Any

from axle.integrations.data_sources.adapter import VendorSource
from axle.kernel.money import Fen
from axle.sources.ports import Particulars, Question
from axle.sources.public import TelematicsAnswer


class TerminalPlatform(VendorSource):
    """车辆行驶与营运: metres, seconds of silence and fen, as terminals count."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {"vin": case.vin, "plate": case.plate_no, "useType": _USES[case.operation],
                "serial": question.request_no}  # fmt: skip

    def is_nothing(self, content: Any) -> bool:
        return bool(content["code"] == _NO_TERMINAL)

    def told(self, content: Any, case: Particulars, on: date) -> TelematicsAnswer:
        data = content["data"]
        income = data["monthIncome"]
        return TelematicsAnswer(
            km_per_day=_count(data["dayMileage"]) // 1000,
            active_days=_count(data["onlineDays"]),
            night_share=Decimal(_count(data["nightMileageRatio"])) / 100,
            offline_days=_count(data["offlineMax"]) // _DAY_SECONDS,
            detour_nights=_count(data["nightDetour"]),
            yard_nights=sum(_count(stay["nights"]) for stay in data["parkEvents"] if stay["poi"] == _YARD),
            income_month_fen=None if income is None else Fen(_count(income)),
            orders_30d=None if data["orders"] is None else _count(data["orders"]) // 3,
        )


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(str(value)[:60])
    return value


_NO_TERMINAL = 404
_DAY_SECONDS = 86_400
_YARD = "二押场"
_USES = {"ride_hailing": "R", "taxi": "T", "freight": "F", "passenger_line": "P", "rental": "L"}
