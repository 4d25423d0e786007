"""The documents that can be read: which fields stand on each, behind which labels, as which kind of value."""

import re
from dataclasses import dataclass

from axle.documents.ocr import values
from axle.documents.ocr.values import Parsed, Parser
from axle.documents.ocr.vocabularies import USE_CHARACTERS, VEHICLE_TYPES


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One field of a document.

    ``pattern`` finds the value in any row when its label could not be read. ``lines`` is how many lines it may
    take. A document lacking a required field needs a person's eye. ``by_hand`` reads the same value as a person
    types it, where that differs from print.
    """

    name: str
    labels: tuple[str, ...]
    parse: Parser
    pattern: re.Pattern[str] | None = None
    lines: int = 1
    is_required: bool = True
    by_hand: Parser | None = None

    def typed(self, text: str) -> Parsed | None:
        """A value entered by a person."""
        return (self.by_hand or self.parse)(text)


_ID_NO = re.compile(r"[0-9OIlZSB]{15,22}[0-9Xx]")
_VIN = re.compile(r"[A-Z0-9]{16,24}$")
_PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{5,6}$")
_USCC = re.compile(r"9[0-9A-Z]{16,18}$")
_CARD = re.compile(r"^\d{15,19}$")
_BANK = re.compile(r"^[\u4e00-\u9fff]*银行")
_COMPANY = re.compile(r"^[\u4e00-\u9fff()]{4,}(公司|厂)$")
_PERIOD = re.compile(r"\d{4}[./-]\d{1,2}[./-]\d{1,2}\D{1,3}(\d{4}[./-]\d{1,2}[./-]\d{1,2}|长期)")

RULES: dict[str, tuple[FieldRule, ...]] = {
    "id_front": (
        FieldRule("name", ("姓名",), values.person_name),
        FieldRule("gender", ("性别",), values.gender, by_hand=values.gender_code),
        FieldRule("ethnicity", ("民族",), values.ethnicity, is_required=False),
        FieldRule("born_on", ("出生",), values.iso_date),
        FieldRule("address", ("住址",), values.address, lines=3),
        FieldRule("id_no", ("公民身份号码", "身份号码"), values.resident_id, _ID_NO),
    ),
    "id_back": (
        FieldRule("issuer", ("签发机关",), values.free_text),
        FieldRule("valid_from", ("有效期限",), values.period_start, _PERIOD, by_hand=values.iso_date),
        FieldRule("valid_to", ("有效期限",), values.period_end, _PERIOD, by_hand=values.date_or_long_term),
    ),
    "vehicle_licence_main": (
        FieldRule("plate_no", ("号牌号码",), values.plate, _PLATE),
        FieldRule("vehicle_type", ("车辆类型",), values.one_of(VEHICLE_TYPES)),
        FieldRule("owner_name", ("所有人",), values.free_text),
        FieldRule("address", ("住址",), values.address, lines=2),
        FieldRule("use_character", ("使用性质",), values.one_of(USE_CHARACTERS)),
        FieldRule("model", ("品牌型号",), values.model_text),
        FieldRule("vin", ("车辆识别代号", "车辆识别代码"), values.vin, _VIN),
        FieldRule("engine_no", ("发动机号码", "发动机号"), values.code_text),
        FieldRule("registered_on", ("注册日期",), values.iso_date),
        FieldRule("issued_on", ("发证日期",), values.iso_date),
    ),
    "vehicle_licence_sub": (
        FieldRule("plate_no", ("号牌号码",), values.plate, _PLATE),
        FieldRule("file_no", ("档案编号",), values.digits(12)),
        FieldRule("seats", ("核定载人数",), values.whole_number(1, 60)),
        FieldRule("gross_mass_kg", ("总质量",), values.whole_number(400, 60000)),
        FieldRule("curb_mass_kg", ("整备质量",), values.whole_number(300, 40000)),
        FieldRule("dimensions_mm", ("外廓尺寸",), values.dimensions),
        FieldRule("inspected_until", ("检验记录",), values.year_month),
    ),
    "driver_licence": (
        FieldRule("licence_no", ("证号",), values.resident_id, _ID_NO),
        FieldRule("name", ("姓名",), values.person_name),
        FieldRule("gender", ("性别",), values.gender, by_hand=values.gender_code),
        FieldRule("nationality", ("国籍",), values.free_text, is_required=False),
        FieldRule("address", ("住址",), values.address, lines=2),
        FieldRule("born_on", ("出生日期",), values.iso_date),
        FieldRule("first_issued_on", ("初次领证日期",), values.iso_date),
        FieldRule("vehicle_class", ("准驾车型",), values.vehicle_class),
        FieldRule("valid_from", ("有效期限",), values.period_start, _PERIOD, by_hand=values.iso_date),
        FieldRule("valid_to", ("有效期限",), values.period_end, _PERIOD, by_hand=values.date_or_long_term),
    ),
    "business_licence": (
        FieldRule("uscc", ("统一社会信用代码",), values.uscc, _USCC),
        FieldRule("company_name", ("名称",), values.free_text),
        FieldRule("company_type", ("类型",), values.free_text),
        FieldRule("legal_representative", ("法定代表人",), values.person_name),
        FieldRule("registered_capital", ("注册资本",), values.capital_text),
        FieldRule("founded_on", ("成立日期",), values.iso_date),
        FieldRule("address", ("住所",), values.address, lines=2),
    ),
    "bank_card": (
        FieldRule("bank_name", (), values.free_text, _BANK),
        FieldRule("card_no", (), values.bank_card, _CARD),
    ),
    "vin_plate": (
        FieldRule("vin", ("车辆识别代号", "车辆识别代码", "VIN"), values.vin, _VIN),
        FieldRule("maker", ("制造商",), values.free_text, _COMPANY, is_required=False),
        FieldRule("model", ("品牌型号",), values.model_text),
        FieldRule("engine_model", ("发动机型号",), values.code_text),
        FieldRule("displacement_ml", ("发动机排量",), values.whole_number(100, 20000)),
        FieldRule("power_kw", ("额定功率",), values.whole_number(5, 1000)),
        FieldRule("gross_mass_kg", ("最大允许总质量",), values.whole_number(400, 60000)),
        FieldRule("made_in", ("制造年月",), values.year_month),
    ),
    "vehicle_invoice": (
        FieldRule("invoice_no", ("发票号码",), values.digits(8, 20)),
        FieldRule("invoiced_on", ("开票日期",), values.iso_date),
        FieldRule("buyer_name", ("购买方名称", "购买方"), values.free_text),
        FieldRule("vin", ("车辆识别代号/车架号码", "车架号码", "车辆识别代号"), values.vin, _VIN),
        FieldRule("model", ("厂牌型号",), values.model_text),
        FieldRule("price_fen", ("价税合计(小写)", "价税合计小写", "小写"), values.amount, by_hand=values.yuan_amount),
        FieldRule("net_price_fen", ("不含税价",), values.amount, by_hand=values.yuan_amount),
        FieldRule("tax_fen", ("增值税税额",), values.amount, by_hand=values.yuan_amount),
        FieldRule("tax_rate", ("增值税税率或征收率",), values.percentage, by_hand=values.fraction),
        FieldRule("seller_name", ("销货单位名称", "销售方名称"), values.free_text),
        FieldRule("seller_uscc", ("纳税人识别号",), values.uscc, _USCC),
    ),
}

READABLE_KINDS = frozenset(RULES)
"""Document kinds with a reader; others are stored without recognition."""
