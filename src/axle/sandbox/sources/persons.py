"""What the sources about people tell, each in its own words."""

import json
from collections.abc import Set
from datetime import date, timedelta
from typing import Any

from axle.sandbox.sources.desk import Asked
from axle.sandbox.sources.people import Trait, draw_for

_VIRTUAL = ("162", "165", "167", "170", "171")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def identity_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """Police: 一致 1, 不一致 2, 库中无此号 3; the likeness of a selfie when there is one."""
    if Trait.IDENTITY_UNKNOWN in traits:
        return None
    likeness = draw_for("identity", asked["gmsfhm"]).uniform(82, 99)
    result = "2" if Trait.IDENTITY_DIFFERS in traits else "1"
    return _json({"bdjg": result, "xsd": f"{likeness:.1f}" if asked.get("xp") else "", "ywlsh": asked["ywlsh"]})


IDENTITY_NOTHING = _json({"bdjg": "3"})

_BANDS = ("[0,3)", "[3,6)", "[6,12)", "[12,24)", "[24,+)")


def phone_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """The operator: three factors, the band of months, the state of the number, where it was sold."""
    draw = draw_for("phone", asked["idCard"])
    band = _BANDS[0] if Trait.PHONE_NEW in traits else draw.choice(_BANDS[3:])
    is_virtual = Trait.PHONE_VIRTUAL in traits or asked["mobile"].startswith(_VIRTUAL)
    return _json(
        {
            "checkResult": "01" if Trait.PHONE_DIFFERS in traits else "00",
            "onlineTime": band,
            "status": "1",
            "numberType": "VIRTUAL" if is_virtual else "NORMAL",
            "cityCode": asked["idCard"][:4] + "00",
        }
    )


def phone_bills_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """The operator's bills in 厘; of a number of weeks, or of a reseller's, there are none."""
    is_unbilled = bool(traits & {Trait.PHONE_NEW, Trait.PHONE_VIRTUAL}) or asked["mobile"].startswith(_VIRTUAL)
    if is_unbilled and Trait.PHONE_UNUSED not in traits:
        return None
    draw = draw_for("phone_bills", asked["mobile"])
    fees = [8_000 if Trait.PHONE_UNUSED in traits else draw.randint(30_000, 120_000) for _ in range(6)]
    bills = [{"cycle": f"2026{5 + place:02d}", "fee": fee, "owed": 0} for place, fee in enumerate(fees)]
    return _json({"mobile": asked["mobile"], "bills": bills})


PHONE_BILLS_NOTHING = _json({"bills": []})


def card_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """The bank: four factors."""
    result = "0001" if Trait.CARD_DIFFERS in traits else "0000"
    return _json({"respCode": result, "cardType": "D", "acctClass": "1", "bankNo": asked["accNo"][:6]})


def court_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """The courts: a list of entries, each with its kind."""
    draw = draw_for("court", asked["cardNum"])
    rows = [_court_row(kind, draw.randint(20, 400)) for trait, kind in _COURT.items() if trait in traits]
    if Trait.CRIMINAL_FRAUD in traits:
        rows = [{**row, "cause": "合同诈骗罪"} if row["dataType"] == "xsaj" else row for row in rows]
    if Trait.NAMESAKE_SUED in traits:
        rows = [{**_court_row("ssws", 60), "matchDegree": "低"}]
    return _json({"total": len(rows), "list": rows}) if rows else None


_COURT = {Trait.DISHONEST: "sxbzxr", Trait.RESTRICTED: "xgbzxr", Trait.ENFORCED: "bzxr", Trait.SUED: "ssws",
          Trait.CRIMINAL: "xsaj", Trait.CRIMINAL_FRAUD: "xsaj", Trait.HEARING_SOON: "ktgg"}  # fmt: skip
COURT_NOTHING = _json({"total": 0, "list": []})


_CAUSES = {"ssws": "融资租赁合同纠纷", "xsaj": "盗窃罪"}
_HEARING_ON = "2026-12-11"


def _court_row(kind: str, days: int) -> dict[str, Any]:
    on = date(2026, 11, 1) - timedelta(days=days)
    return {
        "dataType": kind,
        "caseCode": f"（2026）沙0101执{days:04d}号",
        "court": "演示市人民法院",
        "cause": _CAUSES.get(kind, "民间借贷纠纷"),
        "role": "被告",
        "amount": f"{days * 1000}.00",
        "filingDate": on.isoformat(),
        "status": "未结",
        "matchDegree": "高",
        "hearingDate": _HEARING_ON if kind == "ktgg" else "",
    }


def company_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """The registry, which knows every employer but those that call themselves 无."""
    if asked["keyword"].startswith("无"):
        return None
    draw = draw_for("company", asked["keyword"])
    return _json(
        {
            "entName": asked["keyword"],
            "regStatus": "注销" if Trait.EMPLOYER_GONE in traits else "存续",
            "estiblishTime": f"{draw.randint(1998, 2020)}-{draw.randint(1, 12):02d}-15",
            "regCapital": f"{draw.choice((100, 500, 1000, 5000))}万人民币",
            "socialStaffNum": draw.randint(5, 900),
            "legalPersonName": "演示法人",
            "shareholders": [],
            "districtCode": "310100",
            "penaltyNum": 0,
        }
    )


COMPANY_NOTHING = _json({"entName": None})


def employer_contact_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """Registry and yellow pages, which list companies as they are asked about, but for those that are planted."""
    if asked["dwmc"].startswith("无"):
        return None
    differs = Trait.EMPLOYER_ELSEWHERE in traits
    return _json(
        {
            "dwmc": asked["dwmc"],
            "dhlb": ["0571-81230000"] if differs else [asked["dh"]],
            "dzyz": "2" if not asked.get("dz") else "0" if differs else "1",
            "hyrq": "2026-06-30",
        }
    )


EMPLOYER_CONTACT_NOTHING = _json({"dwmc": None})


def lending_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """A credit bureau: applications elsewhere by age, and loans that are open."""
    draw = draw_for("lending", asked["certNo"])
    is_many, is_overdue = Trait.BORROWS_EVERYWHERE in traits, Trait.OVERDUE_ELSEWHERE in traits
    months = draw.randint(18, 30) if is_many else draw.randint(0, 2)
    if not months and not is_overdue and draw.random() < 0.3:
        return None
    kinds = {"bank": months // 3, "cf": months // 3, "micro": months - 2 * (months // 3), "lease": months // 6}
    return _json(
        {
            "apply": {
                "d7": months // 6, "d30": months // 2, "d90": months, "d180": months * 3 // 2, "d360": months * 2,
                "d90ByType": kinds, "d90Orgs": min(months, 14), "nightRatio": 0.4 if is_many else 0.0,
                "lastDays": 3 if months else None,
            },
            "loans": {"open": 4 if is_many else 1, "overdueBand": "M2" if is_overdue else "", "overdueAmt": "3600.00"
                      if is_overdue else "0.00"},
        }
    )  # fmt: skip


LENDING_NOTHING = _json({"apply": None, "loans": None})


def device_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """The maker of the device's fingerprint; ordinary people apply from where they live."""
    shared = Trait.DEVICE_SHARED in traits
    return _json(
        {
            "deviceId": asked["token"][:16],
            "links": {"accounts": 9 if shared else 1, "ids": 6 if shared else 1, "phones": 7 if shared else 1,
                      "cards": 5 if shared else 1},
            "flags": ["EMULATOR"] if Trait.EMULATOR in traits else [],
            "ip": {"type": "PROXY" if Trait.PROXY in traits else "MOBILE", "adcode": asked.get("area") or "310100"},
            "firstSeenDays": draw_for("device", asked["token"]).randint(30, 900),
        }
    )  # fmt: skip


DEVICE_NOTHING = _json({"deviceId": None})


def list_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """The list that lenders share: it hears and knows digests only."""
    rows = [_list_row("B", "CERT", "欺诈", "A1", 40), _list_row("G", "MOBILE", "失联", "A2", 200)]
    if Trait.INDUSTRY_LISTED in traits:
        return _json({"hit": "1", "records": rows})
    return _json({"hit": "1", "records": rows[1:]}) if Trait.INDUSTRY_PHONE_LISTED in traits else None


def _list_row(level: str, by: str, reason: str, reporter: str, days: int) -> dict[str, str]:
    on = date(2026, 11, 1) - timedelta(days=days)
    return {"level": level, "matchBy": by, "reason": reason, "orgHash": reporter, "reportDate": on.isoformat()}


LIST_NOTHING = _json({"hit": "0", "records": []})
