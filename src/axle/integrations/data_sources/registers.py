"""The sources that keep registers: of addresses, driving licences, vehicles and invoices."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from axle.integrations.data_sources.adapter import VendorSource, fen
from axle.kernel.dates import months_between
from axle.kernel.money import yuan
from axle.sources.ports import Particulars, Question
from axle.sources.public import AddressAnswer, InvoiceAnswer, LicenceAnswer, RegistrationAnswer


class AddressLibrary(VendorSource):
    """地址核验: where an address lies, how precisely it is known, and what stands there."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {"address": case.address, "city": case.region_code, "orderNo": question.request_no}

    def is_nothing(self, content: Any) -> bool:
        return int(content["count"]) == 0

    def told(self, content: Any, case: Particulars, on: date) -> AddressAnswer:
        place = content["geocode"]
        longitude, latitude = (Decimal(part) for part in place["location"].split(","))
        return AddressAnswer(
            region_code=_six_digits(place["adcode"]),
            precision={"门址": "door", "兴趣点": "door", "道路": "street", "村庄": "street", "区县": "district",
                       "城市": "district"}[place["level"]],  # type: ignore[arg-type]
            place_kind=_PLACES[place["type"]],  # type: ignore[arg-type]
            is_high_risk=place["risk"] == "1",
            latitude=f"{latitude:.4f}",
            longitude=f"{longitude:.4f}",
        )  # fmt: skip


_PLACES = {
    "住宅": "residence",
    "宿舍": "dormitory",
    "商务": "office",
    "商铺": "shop",
    "酒店": "hotel",
    "代收": "mail_drop",
    "在建": "not_built",
    "其他": "other",
}


def _six_digits(code: Any) -> str:
    text = str(code)
    if len(text) != 6 or not text.isdigit():
        raise ValueError(text)
    return text


class LicenceRegister(VendorSource):
    """驾驶证: the public security's register, asked by name and number, and for which class of vehicle."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        needed = _CLASS_OF_VEHICLE.get(case.vehicle_class, _LEAST)
        return {"xm": case.name, "sfzmhm": case.id_no, "zjcx": needed, "ywlsh": question.request_no}

    def is_nothing(self, content: Any) -> bool:
        return bool(content["jszzt"] == "查无")

    def told(self, content: Any, case: Particulars, on: date) -> LicenceAnswer:
        until = date.fromisoformat(content["yxqz"]) if content["yxqz"] else None
        status = _LICENCE[content["jszzt"]]
        if status == "valid" and until is not None and until < on:
            status = "expired"
        return LicenceAnswer(
            identity={"1": "match", "0": "differ"}[content["xmyz"]],  # type: ignore[arg-type]
            licence=status,  # type: ignore[arg-type]
            covers_vehicle={"1": True, "0": False}[content["cxfh"]],
            points=int(content["ljjf"]),
            licensed_until=until,
        )


_LICENCE = {"正常": "valid", "逾期未换证": "expired", "扣留": "suspended", "暂扣": "suspended", "吊销": "revoked",
            "注销": "revoked"}  # fmt: skip
_CLASS_OF_VEHICLE = {
    "heavy_truck": "B2",
    "dump_truck": "B2",
    "special_truck": "B2",
    "tractor": "A2",
    "trailer": "A2",
    "coach": "A1",
}
_LEAST = "C1"
"""The class that a vehicle needs at least; cars and light trucks need the least of all."""


class VehicleRegister(VendorSource):
    """机动车登记: state, inspection, emission class, mortgage, seizure, owner and changes of owner."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {"clsbdh": case.vin, "hphm": case.plate_no, "zdrq": _text(case.first_registered_on),
                "lsh": question.request_no}  # fmt: skip

    def is_nothing(self, content: Any) -> bool:
        return content["zt"] is None

    def told(self, content: Any, case: Particulars, on: date) -> RegistrationAnswer:
        states = set(content["zt"])
        changes = [date.fromisoformat(row) for row in content["zydj"]]
        since = max([date.fromisoformat(content["ccdjrq"]), *changes])
        return RegistrationAnswer(
            registry=next((kind for letters, kind in _STATES if states & letters), "normal"),
            inspected_until=date.fromisoformat(content["yxqz"]) if content["yxqz"] else None,
            emission_class=None if content["hbbz"] == "" else int(content["hbbz"]),
            is_mortgaged={"1": True, "0": False}[content["dybj"]],
            is_seized={"1": True, "0": False}[content["cfbj"]],
            owned_months=months_between(since, on),
            owner_changes_12m=sum((on - change).days <= _YEAR for change in changes),
            owner_changes=len(changes),
        )


_YEAR = 365
_STATES: tuple[tuple[frozenset[str], Literal["stolen", "scrapped", "deregistered"]], ...] = (
    (frozenset("Q"), "stolen"),
    (frozenset("MP"), "scrapped"),
    (frozenset("EN"), "deregistered"),
)
"""Letters of the state of a vehicle (GA/T 16): 盗抢, 强制报废 and 注销, 转出 and 事故逃逸; others are ordinary."""


class TaxInvoices(VendorSource):
    """发票查验: one sales invoice, by number, day and total."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {"fphm": case.invoice_no, "kprq": case.invoiced_on, "jshj": yuan(case.invoice_total or 0),
                "cjhm": case.invoice_vin, "requestId": question.request_no}  # fmt: skip

    def is_nothing(self, content: Any) -> bool:
        return bool(content["cyjg"] == "9")

    def told(self, content: Any, case: Particulars, on: date) -> InvoiceAnswer:
        return InvoiceAnswer(
            invoice={"0": "valid", "2": "void", "3": "reversed"}[content["fpzt"]],  # type: ignore[arg-type]
            agrees=content["cyjg"] == "1",
            total_fen=fen(content["jshj"]),
        )


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
