"""The sources about people."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from axle.integrations.data_sources.adapter import VendorSource, fen
from axle.integrations.data_sources.wires import sm3
from axle.kernel.dates import months_between
from axle.kernel.money import Fen
from axle.kernel.rounding import half_up
from axle.sources.ports import Particulars, Question, SourceTrouble
from axle.sources.public import (
    CardAnswer,
    CompanyAnswer,
    CourtAnswer,
    DeviceAnswer,
    EmployerContactAnswer,
    IdentityAnswer,
    IndustryListAnswer,
    LendingAnswer,
    PhoneAnswer,
    PhoneBillsAnswer,
)


class PoliceIdentity(VendorSource):
    """身份证二要素: ``bdjg`` 1 一致, 2 不一致, 3 库中无此号; ``xsd`` likeness in percent."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {"xm": case.name, "gmsfhm": case.id_no, "ywlsh": question.request_no}

    def is_nothing(self, content: Any) -> bool:
        return bool(content["bdjg"] == "3")

    def told(self, content: Any, case: Particulars, on: date) -> IdentityAnswer:
        likeness = content["xsd"]
        return IdentityAnswer(
            identity={"1": "match", "2": "differ"}[content["bdjg"]],  # type: ignore[arg-type]
            photo_score=round(float(likeness) * 10) if likeness else None,
        )


class TelecomPhone(VendorSource):
    """手机三要素, 在网时长, 在网状态."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {"name": case.name, "idCard": case.id_no, "mobile": case.phone, "orderNo": question.request_no}

    def is_nothing(self, content: Any) -> bool:
        return not content

    def told(self, content: Any, case: Particulars, on: date) -> PhoneAnswer:
        lower, upper = content["onlineTime"].strip("[)").split(",")
        return PhoneAnswer(
            identity={"00": "match", "01": "differ"}[content["checkResult"]],  # type: ignore[arg-type]
            months_from=int(lower),
            months_until=None if upper == "+" else int(upper),
            status={"1": "normal", "2": "suspended", "3": "cancelled", "4": "recycled"}[content["status"]],  # type: ignore[arg-type]
            is_virtual=content["numberType"] != "NORMAL",
            region_code=str(content["cityCode"]),
        )


class TelecomBills(VendorSource):
    """月账单, in 厘 (a tenth of a fen) of each month: what it cost and what of it is owed."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {"name": case.name, "idCard": case.id_no, "mobile": case.phone, "authNo": question.consent_no,
                "orderNo": question.request_no}  # fmt: skip

    def is_nothing(self, content: Any) -> bool:
        return bool(content["bills"] == [])

    def told(self, content: Any, case: Particulars, on: date) -> PhoneBillsAnswer:
        if content["mobile"] != case.phone:
            raise SourceTrouble("another_person", is_final=True)
        bills = sorted((str(row["cycle"]), _li(row["fee"]), _li(row["owed"])) for row in content["bills"])[-_BILLS:]
        return PhoneBillsAnswer(
            bill_months=len(bills),
            bill_average_fen=Fen(half_up(sum(fee for _, fee, _ in bills), 10 * len(bills))),
            bill_latest_fen=Fen(half_up(bills[-1][1], 10)),
            bills_unpaid=sum(owed > 0 for _, _, owed in bills),
        )


_BILLS = 6


def _li(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(str(value)[:60])
    return value


class BankCard(VendorSource):
    """银行卡四要素."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {"accName": case.name, "idNo": case.id_no, "accNo": case.card_no, "mobile": case.phone,
                "merOrderId": question.request_no}  # fmt: skip

    def is_nothing(self, content: Any) -> bool:
        return not content

    def told(self, content: Any, case: Particulars, on: date) -> CardAnswer:
        return CardAnswer(
            identity={"0000": "match", "0001": "differ"}[content["respCode"]],  # type: ignore[arg-type]
            is_debit=content["cardType"] == "D",
            account_class=int(content["acctClass"]) if content["acctClass"] else None,
            bank_code=str(content["bankNo"]),
        )


class CourtRecords(VendorSource):
    """失信被执行人, 限制高消费, 被执行人, 涉诉, 开庭公告, 裁判文书, 涉案."""

    def worded(self, question: Question) -> dict[str, str]:
        return {"pname": question.case.name, "cardNum": question.case.id_no, "requestId": question.request_no}

    def is_nothing(self, content: Any) -> bool:
        return int(content["total"]) == 0

    def told(self, content: Any, case: Particulars, on: date) -> CourtAnswer:
        rows = content["list"]
        open_rows = [row for row in rows if row["status"] != "已结"]
        kinds = [row["dataType"] for row in open_rows]
        sued = [row for row in open_rows if row["dataType"] == "ssws" and row["role"] == "被告"]
        coming = [row for row in open_rows if row["dataType"] == "ktgg" and (_hearing_of(row) or on) >= on]
        criminal = [row for row in rows if row["dataType"] == "xsaj"]
        surest = min((_CERTAINTY.index(row["matchDegree"]) for row in rows), default=0)
        return CourtAnswer(
            certainty=("high", "medium", "low")[surest],
            dishonest=kinds.count("sxbzxr"),
            restricted=kinds.count("xgbzxr"),
            enforcements=kinds.count("bzxr"),
            enforcement_fen=fen(sum(Decimal(row["amount"]) for row in open_rows if row["dataType"] == "bzxr")),
            lawsuits=len(sued),
            loan_lawsuits=sum(any(word in row["cause"] for word in _LOAN_WORDS) for row in sued),
            hearings=len(coming),
            judgments_24m=sum(row["dataType"] == "cpws" for row in rows),
            criminal_records=len(criminal),
            criminal_kind=min((_crime_of(row) for row in criminal), key=_CRIMES.index, default=None),
            hearing_on=min((day for row in coming if (day := _hearing_of(row))), default=None),
            latest_on=max(date.fromisoformat(row["filingDate"]) for row in rows),
        )


Crime = Literal["fugitive", "economic", "drugs", "other"]
_CRIMES: tuple[Crime, ...] = ("fugitive", "economic", "drugs", "other")
_ECONOMIC = ("诈骗", "骗取", "集资", "非法吸收", "侵占", "挪用", "洗钱", "传销", "伪造", "信用卡")


def _crime_of(row: Mapping[str, Any]) -> Crime:
    """What a criminal case is about, by its cause; who is wanted is a fugitive whatever it is about."""
    if row["status"] == "在逃":
        return "fugitive"
    if any(word in row["cause"] for word in _ECONOMIC):
        return "economic"
    return "drugs" if "毒" in row["cause"] else "other"


def _hearing_of(row: Mapping[str, Any]) -> date | None:
    told = row.get("hearingDate")
    return date.fromisoformat(told) if told else None


_CERTAINTY = ("高", "中", "低")
_LOAN_WORDS = ("借贷", "借款", "租赁", "担保", "信用卡")


class CompanyRegistry(VendorSource):
    """工商: the stated employer."""

    def worded(self, question: Question) -> dict[str, str]:
        return {"keyword": question.case.employer, "requestId": question.request_no}

    def is_nothing(self, content: Any) -> bool:
        return content["entName"] is None

    def told(self, content: Any, case: Particulars, on: date) -> CompanyAnswer:
        is_head = content["legalPersonName"] == case.name
        role = "legal_representative" if is_head else "shareholder" if case.name in content["shareholders"] else "none"
        capital = str(content["regCapital"] or "").partition("万")[0]
        return CompanyAnswer(
            status=_COMPANY[content["regStatus"]],  # type: ignore[arg-type]
            months=months_between(date.fromisoformat(content["estiblishTime"]), on),
            capital_fen=fen(Decimal(capital) * 10_000) if capital else None,
            insured_people=content["socialStaffNum"],
            applicant_role=role,  # type: ignore[arg-type]
            region_code=str(content["districtCode"]),
            penalties=int(content["penaltyNum"]),
        )


_COMPANY = {
    "存续": "in_business",
    "在业": "in_business",
    "经营异常": "abnormal",
    "吊销": "revoked",
    "注销": "cancelled",
}


class EmployerContact(VendorSource):
    """工商年报与黄页: the phones of the stated employer, and whether its address is the stated one (``dzyz`` 1 一致, 0
    不一致, 2 未登记)."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {"dwmc": case.employer, "dh": case.employer_phone, "dz": case.employer_address,
                "orderNo": question.request_no}  # fmt: skip

    def is_nothing(self, content: Any) -> bool:
        return content["dwmc"] is None

    def told(self, content: Any, case: Particulars, on: date) -> EmployerContactAnswer:
        listed = {_subscriber(phone) for phone in content["dhlb"]}
        confirmed = content["hyrq"]
        is_listed = _subscriber(case.employer_phone) in listed
        return EmployerContactAnswer(
            contact_phone="match" if is_listed else "differ" if listed else "unlisted",
            contact_address={"1": "match", "0": "differ", "2": "unlisted"}[content["dzyz"]],  # type: ignore[arg-type]
            contact_listed_on=date.fromisoformat(confirmed) if confirmed else None,
        )


def _subscriber(phone: str) -> str:
    """The digits that tell a line apart: a mobile's whole number, else the last seven before the extension, which are
    the same with and without an area code."""
    digits = "".join(digit for digit in phone.split("转")[0] if digit.isdigit())
    return digits if digits.startswith("1") else digits[-7:]


class LendingBureau(VendorSource):
    """多头借贷, from a licensed bureau."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {"name": case.name, "certNo": case.id_no, "mobile": case.phone, "authNo": question.consent_no,
                "reqId": question.request_no}  # fmt: skip

    def is_nothing(self, content: Any) -> bool:
        return content["apply"] is None

    def told(self, content: Any, case: Particulars, on: date) -> LendingAnswer:
        apply, loans = content["apply"], content["loans"]
        kinds, band = apply["d90ByType"], loans["overdueBand"]
        return LendingAnswer(
            applications_7d=apply["d7"],
            applications_30d=apply["d30"],
            applications_90d=apply["d90"],
            applications_180d=apply["d180"],
            applications_360d=apply["d360"],
            at_banks_90d=kinds["bank"],
            at_consumer_lenders_90d=kinds["cf"],
            at_small_lenders_90d=kinds["micro"],
            at_lessors_90d=kinds["lease"],
            institutions_90d=apply["d90Orgs"],
            open_loans=loans["open"],
            overdue_days=int(band.removeprefix("M")) * 30 if band else 0,
            overdue_fen=fen(loans["overdueAmt"]),
            night_share=Decimal(str(apply["nightRatio"])) if apply["d360"] else None,
            days_since_last=apply["lastDays"],
        )


class DeviceProfile(VendorSource):
    """设备指纹 and the address in the net."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {"token": case.device_token, "ip": case.ip, "area": case.region_code, "seq": question.request_no}

    def is_nothing(self, content: Any) -> bool:
        return content["deviceId"] is None

    def told(self, content: Any, case: Particulars, on: date) -> DeviceAnswer:
        links, flags = content["links"], set(content["flags"])
        return DeviceAnswer(
            accounts=links["accounts"],
            ids=links["ids"],
            phones=links["phones"],
            cards=links["cards"],
            is_emulator=bool(flags & {"EMULATOR", "VM"}),
            is_tampered=bool(flags & {"ROOT", "HOOK", "CLONE"}),
            network=_NETWORK[content["ip"]["type"]],  # type: ignore[arg-type]
            region_code=str(content["ip"]["adcode"]),
            days_known=int(content["firstSeenDays"]),
        )


_NETWORK = {
    "RESIDENTIAL": "residential",
    "MOBILE": "mobile",
    "OFFICE": "office",
    "PROXY": "proxy",
    "IDC": "data_centre",
    "TOR": "tor",
}


class IndustryList(VendorSource):
    """行业共享名单: lenders report whom they had trouble with; asked by SM3 of id number and phone, never in clear."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {
            "certNoHash": sm3(case.id_no.upper()).upper(),
            "mobileHash": sm3(case.phone).upper(),
            "authNo": question.consent_no,
            "orderNo": question.request_no,
        }

    def is_nothing(self, content: Any) -> bool:
        return bool(content["hit"] == "0")

    def told(self, content: Any, case: Particulars, on: date) -> IndustryListAnswer:
        entries = content["records"]
        gravest = max(entries, key=lambda row: (row["level"] == "B", row["reportDate"]))
        matched = {_MATCHED[row["matchBy"]] for row in entries}
        return IndustryListAnswer(
            listing={"B": "black", "G": "grey"}[gravest["level"]],  # type: ignore[arg-type]
            matched_by="id_and_phone" if len(matched) > 1 else matched.pop(),
            listed_for=_LISTED_FOR[gravest["reason"]],
            reporters=len({row["orgHash"] for row in entries}),
            listed_on=max(date.fromisoformat(row["reportDate"]) for row in entries),
        )


_MATCHED: Mapping[str, Literal["id", "phone"]] = {"CERT": "id", "MOBILE": "phone"}
_LISTED_FOR: Mapping[str, Literal["fraud", "default", "lost_contact", "dispute", "other"]] = {
    "欺诈": "fraud",
    "逾期": "default",
    "失联": "lost_contact",
    "纠纷": "dispute",
    "其他": "other",
}
