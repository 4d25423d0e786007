"""The sources that know what people earn: the social insurance agency and the tax office."""

from collections.abc import Collection
from datetime import date
from typing import Any, Literal

from axle.integrations.data_sources.adapter import VendorSource, fen
from axle.kernel.dates import add_months
from axle.kernel.money import Fen
from axle.sources.ports import Particulars, Question, SourceTrouble
from axle.sources.public import IncomeTaxAnswer, SocialAnswer


class SocialInsurance(VendorSource):
    """社会保险缴费: amounts in yuan; the months of the last two years that were paid, in any order."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {"aac003": case.name, "aac002": case.id_no, "aab004": case.employer, "sqsbh": question.consent_no,
                "ywlsh": question.request_no}  # fmt: skip

    def is_nothing(self, content: Any) -> bool:
        return bool(content["cbzt"] == "0")

    def told(self, content: Any, case: Particulars, on: date) -> SocialAnswer:
        _refuse_another(content["aac002"], case)
        paid = {_month(row["aae003"]): fen(row["jfjs"]) for row in content["jfmx"]}
        last, least, most = max(paid), fen(content["jsxx"]), fen(content["jssx"])
        if not 0 < least <= paid[last] <= most:
            raise ValueError("a base outside of its bounds")
        is_employee = {"1": True, "2": False}[content["cbsf"]]
        unit = str(content["aab004"]) if is_employee else ""
        return SocialAnswer(
            insured_as="employee" if is_employee else "flexible",
            insured_months=_count(content["ljys"]),
            insured_in_row=next(months for months in range(len(paid) + 1) if add_months(last, -months) not in paid),
            insured_until=last,
            base_fen=paid[last],
            base_least_fen=least,
            base_most_fen=most,
            payer=_is_stated([unit], case) if is_employee else None,
            payer_name=unit,
        )


class IncomeTax(VendorSource):
    """个人所得税收入纳税明细: one row for each month, kind of income and payer, amounts in yuan before tax."""

    def worded(self, question: Question) -> dict[str, str]:
        case = question.case
        return {"xm": case.name, "zjhm": case.id_no, "dwmc": case.employer, "sqsbh": question.consent_no,
                "lsh": question.request_no}  # fmt: skip

    def is_nothing(self, content: Any) -> bool:
        return bool(content["mx"] == [])

    def told(self, content: Any, case: Particulars, on: date) -> IncomeTaxAnswer:
        _refuse_another(content["zjhm"], case)
        rows = [(_month(row["skssq"]), str(row["sdxm"]), str(row["kjywr"]), fen(row["sre"])) for row in content["mx"]]
        since = add_months(on.replace(day=1), -_MONTHS)
        recent = [row for row in rows if row[0] >= since]
        if any(kind not in _KINDS or income < 0 for _, kind, _, income in recent):
            raise ValueError("a kind of income that is not known")
        paid = {month: payer for month, kind, payer, income in sorted(recent) if kind == _WAGE and income}
        payers = {payer for _, kind, payer, _ in recent if kind in _WAGES}
        return IncomeTaxAnswer(
            wage_months=len(paid),
            wages_fen=_sum(recent, _WAGES),
            labour_fen=_sum(recent, _FEES),
            business_fen=_sum(recent, _TRADE),
            wage_payers=len(payers),
            wage_payer=_is_stated(payers, case) if paid else None,
            wage_payer_name=paid[max(paid)] if paid else "",
            wage_until=max(paid, default=None),
        )


def _refuse_another(id_no: Any, case: Particulars) -> None:
    if id_no != case.id_no:
        raise SourceTrouble("another_person", is_final=True)


def _month(text: Any) -> date:
    """The first day of ``202610``. Errors: ValueError."""
    return date(int(str(text)[:4]), int(str(text)[4:]), 1)


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(str(value)[:60])
    return value


def _is_stated(payers: Collection[str], case: Particulars) -> Literal["match", "differ"]:
    return "match" if "".join(case.employer.split()) in {"".join(payer.split()) for payer in payers} else "differ"


def _sum(rows: Collection[tuple[date, str, str, Fen]], kinds: frozenset[str]) -> Fen:
    return Fen(sum(income for _, kind, _, income in rows if kind in kinds))


_MONTHS = 12
_WAGE = "0101"
_WAGES, _FEES, _TRADE = frozenset({_WAGE, "0103"}), frozenset({"0400"}), frozenset({"0500"})
"""Wages of a month and the year's bonus; fees for services; a trade of one's own."""
_KINDS = _WAGES | _FEES | _TRADE
