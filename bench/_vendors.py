"""What the sources say of an applicant and a car, in each vendor's own words: the texts that the sandbox's parties send
once they are unpacked. None is "no record"."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from axle.sandbox.sources.bureau import Account, Person, Search, report_of


@dataclass
class Insured:
    """Social insurance: who pays, nobody but the person where ``payer`` is empty; the share of the wage that is told as
    the base, none where the lower bound is; months missed since; the average wage of the place in yuan a month."""

    payer: str
    months: int
    share: float | None
    idle: int
    average: int


@dataclass
class Declared:
    """Income tax: who pays wages, in how many of twelve months, and what share of them is declared; wages that are free
    of tax only where ``is_when_free``. ``trade`` is the share of the income that one's own trade is estimated at."""

    payer: str = ""
    months: int = 0
    share: float = 1.0
    is_when_free: bool = True
    trade: float = 0.0


@dataclass
class Known:
    """What is true of a person, as far as sources can tell; frauds change it."""

    name: str
    id_no: str
    phone: str
    phone_city: str
    phone_months: int = 60
    phone_is_theirs: bool = True
    phone_is_virtual: bool = False
    id_is_theirs: bool = True
    card_is_theirs: bool = True
    card_class: int = 1
    court: list[dict[str, Any]] = field(default_factory=list)
    employer_status: str = "存续"
    employer_since: date = date(2012, 5, 15)
    employer_staff: int = 60
    lending: dict[str, int] = field(default_factory=lambda: {"d7": 0, "d30": 0, "d90": 0, "d180": 0, "d360": 0})
    lending_overdue: int = 0
    device_people: int = 1
    device_flags: list[str] = field(default_factory=list)
    network: str = "MOBILE"
    network_city: str = ""
    address_city: str = ""
    address_level: str = "门址"
    is_licensed: bool = True
    accounts: list[Account] = field(default_factory=list)
    score: int | None = None
    searches: list[Search] = field(default_factory=list)
    listed: list[dict[str, str]] = field(default_factory=list)
    told_before: Person = field(default_factory=Person)
    wage: float = 0
    insured: Insured | None = None
    declared: Declared = field(default_factory=Declared)
    phone_bill: float = 50.0
    employer_phones: list[str] | None = None


@dataclass
class KnownCar:
    """What is true of a used car. ``values`` are what two appraisers make of it in yuan."""

    values: tuple[int, int]
    mileage_km: int
    transfers: int
    first_on: date
    owner: str = "Y"
    events: list[str] = field(default_factory=list)
    is_mortgaged: bool = False
    is_turned_back: bool = False
    insured_until: date = date(2027, 5, 8)
    models: list[dict[str, Any]] = field(default_factory=list)
    sale_days: int = 40
    is_discontinued: bool = False
    claims: list[tuple[date, int]] = field(default_factory=list)


def person_answers(known: Known, *, on: date, is_public: bool) -> dict[str, str | None]:
    """Everything that is asked about a person; nobody looks for authorities in the register of companies."""
    answers = {
        "identity": _json({"bdjg": "1" if known.id_is_theirs else "2", "xsd": "", "ywlsh": ""}),
        "phone": _phone(known),
        "card": _json({"respCode": "0000" if known.card_is_theirs else "0001", "cardType": "D",
                       "acctClass": str(known.card_class), "bankNo": "629900"}),
        "court": _json({"total": len(known.court), "list": known.court}) if known.court else None,
        "lending": _lending(known),
        "device": _device(known),
        "address": _address(known),
        "licence": _licence(known, on),
        "phone_bills": _bills(known, on),
        "employer_contact": _contact(known),
        "social_insurance": _social(known, on),
        "income_tax": _income_tax(known, on),
        "credit_report": _report(known, on),
        "industry_list": _json({"hit": "1", "records": known.listed}) if known.listed else None,
    }  # fmt: skip
    return answers if is_public else answers | {"company": _company(known)}


def car_answers(car: KnownCar) -> dict[str, str | None]:
    """Everything that is asked about a used car."""
    first, second = car.values
    return {
        "valuation_a": _json({"b2c_price": first / 10_000, "c2b_price": round(first * 0.9) / 10_000,
                              "residual": 0.84, "accuracy": 92, "vinModels": car.models, "saleDays": car.sale_days,
                              "seriesState": "停产" if car.is_discontinued else "在产"}),
        "valuation_b": _json({"low": round(second * 0.89), "high": second, "grade": "A"}),
        "vehicle_history": _history(car),
        "registration": _registration(car),
        "insurance": "\n".join(
            [f"POLICY|JQX|{car.insured_until}|", f"POLICY|SYX|{car.insured_until}|120000.00",
             f"POLICY|SZX|{car.insured_until}|1500000.00",
             *(f"CLAIM|{happened.isoformat()}|{amount}.00" for happened, amount in car.claims)]
        ),
    }  # fmt: skip


def court_row(kind: str, on: date, yuan: int) -> dict[str, Any]:
    """An entry of the courts: ``ssws`` a lawsuit, ``bzxr`` an enforcement, ``sxbzxr`` a dishonest debtor."""
    return {
        "dataType": kind, "caseCode": "（2026）沙0101执0001号", "court": "演示市人民法院", "cause": "买卖合同纠纷",
        "role": "被告", "amount": f"{yuan}.00", "filingDate": on.isoformat(), "status": "未结", "matchDegree": "高",
    }  # fmt: skip


def list_row(level: str, by: str, reason: str, on: date) -> dict[str, str]:
    """An entry of the list that lenders share: ``B`` black or ``G`` grey, found by ``CERT`` or ``MOBILE``."""
    return {"level": level, "matchBy": by, "reason": reason, "orgHash": "R1", "reportDate": on.isoformat()}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


_BANDS: Sequence[tuple[int, str]] = ((24, "[24,+)"), (12, "[12,24)"), (6, "[6,12)"), (3, "[3,6)"), (0, "[0,3)"))


def _phone(known: Known) -> str:
    return _json(
        {
            "checkResult": "00" if known.phone_is_theirs else "01",
            "onlineTime": next(band for least, band in _BANDS if known.phone_months >= least),
            "status": "1",
            "numberType": "VIRTUAL" if known.phone_is_virtual else "NORMAL",
            "cityCode": known.phone_city,
        }
    )


def _bills(known: Known, on: date) -> str | None:
    """A reseller's number is billed by the reseller, and one of weeks not at all yet."""
    if known.phone_is_virtual or known.phone.startswith("170") or not known.phone_months:
        return None
    months = range(min(known.phone_months, 6), 0, -1)
    bills = [{"cycle": _month(on, ago), "fee": round(known.phone_bill * 1_000), "owed": 0} for ago in months]
    return _json({"mobile": known.phone, "bills": bills})


def _contact(known: Known) -> str | None:
    """Registry and yellow pages; no list where they do not know the employer."""
    if known.employer_phones is None or not known.employer_status:
        return None
    return _json({"dwmc": "", "dhlb": known.employer_phones, "dzyz": "2", "hyrq": ""})


def _company(known: Known) -> str | None:
    if not known.employer_status:
        return None
    return _json(
        {
            "entName": "", "regStatus": known.employer_status, "estiblishTime": known.employer_since.isoformat(),
            "regCapital": "500万人民币", "socialStaffNum": known.employer_staff, "legalPersonName": "演示法人",
            "shareholders": [], "districtCode": "310100", "penaltyNum": 0,
        }
    )  # fmt: skip


def _lending(known: Known) -> str | None:
    apply, overdue = known.lending, known.lending_overdue
    if not apply["d360"] and not overdue:
        return None
    quarter = apply["d90"]
    kinds = {"bank": quarter - quarter // 2, "cf": quarter // 2 - quarter // 4, "micro": quarter // 4, "lease": 0}
    loans = {"open": 1, "overdueBand": "M1" if overdue else "", "overdueAmt": f"{overdue}.00"}
    told = {**apply, "d90ByType": kinds, "d90Orgs": quarter, "nightRatio": 0.0, "lastDays": 3 if apply["d7"] else 40}
    return _json({"apply": told, "loans": loans})


def _device(known: Known) -> str:
    people = known.device_people
    return _json(
        {
            "deviceId": "device", "links": {"accounts": people, "ids": people, "phones": people, "cards": people},
            "flags": known.device_flags, "ip": {"type": known.network, "adcode": known.network_city},
            "firstSeenDays": 200,
        }
    )  # fmt: skip


def _address(known: Known) -> str:
    place = {"adcode": known.address_city, "level": known.address_level, "type": "住宅", "risk": "0",
             "location": "120.155070,30.274085"}  # fmt: skip
    return _json({"count": 1, "geocode": place})


def _licence(known: Known, on: date) -> str | None:
    if not known.is_licensed:
        return None
    until = on.replace(year=on.year + 4, day=1).isoformat()
    return _json({"jszzt": "正常", "xmyz": "1", "cxfh": "1", "ljjf": "0", "yxqz": until})


def _social(known: Known, on: date) -> str | None:
    insured = known.insured
    if insured is None:
        return None
    least, most = insured.average * 0.6, insured.average * 3.0
    base = least if insured.share is None else min(max(known.wage * insured.share, least), most)
    paid = [
        {"aae003": _month(on, 1 + insured.idle + back), "jfjs": f"{base:.2f}"}
        for back in range(min(insured.months, 24))
    ]
    return _json(
        {
            "aac002": known.id_no, "cbzt": "2" if insured.idle else "1", "cbsf": "1" if insured.payer else "2",
            "aab004": insured.payer, "ljys": insured.months, "jsxx": f"{least:.2f}", "jssx": f"{most:.2f}",
            "jfmx": paid,
        }
    )  # fmt: skip


FREE_OF_TAX = 5_000
"""Yuan a month (个人所得税法 article 6)."""


def _income_tax(known: Known, on: date) -> str | None:
    told, wage = known.declared, known.wage * known.declared.share
    is_told = wage > FREE_OF_TAX or told.is_when_free
    rows = [_declared(on, ago, "0101", told.payer, wage) for ago in range(1, told.months + 1) if is_told]
    if told.trade:
        rows += [_declared(on, 2, "0500", "", 3 * known.wage * told.trade)]
    return _json({"zjhm": known.id_no, "mx": rows}) if rows else None


def _declared(on: date, ago: int, kind: str, payer: str, yuan: float) -> dict[str, str]:
    return {"skssq": _month(on, ago), "sdxm": kind, "kjywr": payer, "sre": f"{yuan:.2f}"}


def _month(on: date, ago: int) -> str:
    count = on.year * 12 + on.month - 1 - ago
    return f"{count // 12}{count % 12 + 1:02d}"


def _registration(car: KnownCar) -> str:
    emission = 6 if car.first_on >= date(2020, 7, 1) else 5 if car.first_on >= date(2017, 1, 1) else 4
    return _json(
        {
            "zt": "A", "yxqz": car.insured_until.isoformat(), "hbbz": str(emission),
            "dybj": "1" if car.is_mortgaged else "0", "cfbj": "0", "ccdjrq": car.first_on.isoformat(), "zydj": [],
        }
    )  # fmt: skip


def _report(known: Known, on: date) -> str:
    asked = {"certNo": known.id_no, "reqNo": "R1", "name": known.name, "orgCode": "A1", "queryReason": "02",
             "reqDate": on.isoformat()}  # fmt: skip
    return report_of(asked, known.told_before, known.accounts, score=known.score, searches=known.searches)


def _history(car: KnownCar) -> str:
    series = [round(car.mileage_km * share) for share in (0.4, 0.7, 0.95)]
    series += [round(car.mileage_km * 0.6)] if car.is_turned_back else []
    services = [{"date": f"{2023 + place}-06-10", "mileage": one} for place, one in enumerate(series)]
    return _json(
        {
            "ownerMatch": car.owner, "accidents": [{"type": kind, "amount": "30000.00"} for kind in car.events],
            "totalLoss": False, "maintenance": services, "mortgage": car.is_mortgaged, "seal": False, "violations": 0,
            "transferTimes": car.transfers,
        }
    )  # fmt: skip
