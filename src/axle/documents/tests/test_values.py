"""Parsers: text as recognisers give it, and the value or refusal that must come of it."""

import pytest

from axle.documents.ocr import values
from axle.documents.ocr.kinds import RULES
from axle.documents.ocr.values import Parsed

ID_NO, VIN, USCC, CARD = "999902196907211161", "LHGT7Z7R2KB972374", "919999998382532202", "6222020009903105352"

CASES = [
    (values.resident_id, ID_NO, Parsed(ID_NO, is_proved=True)),
    (values.resident_id, f"99{ID_NO}", Parsed(ID_NO, is_proved=True)),
    (values.resident_id, "9999O2I9690721116l", Parsed(ID_NO, is_proved=True)),
    (values.resident_id, "99990219690721116", Parsed("99990219690721116", is_valid=False)),
    (values.resident_id, "12345", None),
    (values.vin, VIN, Parsed(VIN, is_proved=True)),
    (values.vin, "LHGT7Z7R2.KB972374", Parsed(VIN, is_proved=True)),
    (values.vin, "LHGT7Z7R2KB97237Z", Parsed("LHGT7Z7R2KB97237Z", is_valid=False)),
    (values.vin, "19999999409910518", Parsed("19999999409910518", is_valid=False)),  # right check digit, no maker
    (values.uscc, USCC, Parsed(USCC, is_proved=True)),
    (values.bank_card, "6222 0200 0990 3105 352".replace(" ", ""), Parsed(CARD, is_proved=True)),
    (values.bank_card, "6222020009903105351", Parsed("6222020009903105351", is_valid=False, is_proved=True)),
    (values.bank_card, "622202", None),
    (values.plate, "沪A12345", Parsed("沪A12345")),
    (values.plate, "粤BDI2O45", Parsed("粤BD12045")),
    (values.plate, "5DZ484M", Parsed("5DZ484M", is_valid=False)),
    (values.person_name, "阿卜杜拉·买买提", Parsed("阿卜杜拉·买买提")),
    (values.person_name, "王x伟", Parsed("王伟", is_valid=False)),
    (values.person_name, "123", None),
    (values.gender, "男R", Parsed("male")),
    (values.gender, "男女", None),
    (values.ethnicity, "维吾尔族", Parsed("维吾尔")),
    (values.ethnicity, "江", Parsed("江", is_valid=False)),
    (values.iso_date, "2012年09月13日", Parsed("2012-09-13")),
    (values.iso_date, "2O12-09-l3", Parsed("2012-09-13")),
    (values.iso_date, "2012-02-30", None),
    (values.period_end, "2016.01.11-2036.01.11", Parsed("2036-01-11")),
    (values.period_end, "2036.01.11-2016.01.11", Parsed("2016-01-11", is_valid=False)),
    (values.period_end, "2016.01.11", None),
    (values.year_month, "检验有效期至2027年05月", Parsed("2027-05")),
    (values.year_month, "2027年13月", None),
    (values.address, "四川省成都市武侯区测试大道382号", Parsed("四川省成都市武侯区测试大道382号")),
    (values.address, "abcdef", Parsed("abcdef", is_valid=False)),
    (values.amount, "¥1,199,675.00", Parsed(119967500)),
    (values.amount, "199675", None),
    (values.percentage, "13%", Parsed("0.13")),
    (values.dimensions, "4503×1863x1572mm", Parsed("4503×1863×1572")),
    (values.dimensions, "4503×1863", Parsed("4503×1863", is_valid=False)),
    (values.vehicle_class, "A2D", Parsed("A2D")),
    (values.vehicle_class, "Z9", Parsed("Z9", is_valid=False)),
    (values.capital_text, "伍佰万元整", Parsed("伍佰万元整")),
    (values.capital_text, "查佰万元整", Parsed("查佰万元整", is_valid=False)),
    (values.whole_number(300, 40000), "1604kg", Parsed(1604)),
    (values.whole_number(300, 40000), "16kg", Parsed(16, is_valid=False)),
    (values.digits(12), "107943925864", Parsed("107943925864")),
    (values.digits(8, 20), "8225047", Parsed("8225047", is_valid=False)),
]


@pytest.mark.parametrize(("parse", "text", "expected"), CASES)
def test_parsers(parse, text, expected):
    assert parse(text) == expected


def test_one_confusion_is_mended_only_when_the_check_digit_proves_it():
    misread = VIN.replace("B", "8")
    assert values.vin(misread) == Parsed(VIN, certainty=0.85, is_proved=True)


def test_a_closed_vocabulary_takes_the_nearest_word():
    parse = values.one_of({"轻型厢式货车", "小型普通客车", "小型轿车"})
    assert parse("小型轿车") == Parsed("小型轿车")
    assert parse("轻型用式资车") == Parsed("轻型厢式货车", certainty=0.85)
    assert parse("拖拉机") == Parsed("拖拉机", is_valid=False)


TYPED = [
    ("id_front", "gender", "female", "female"),
    ("id_back", "valid_to", "2035-01-11", "2035-01-11"),
    ("id_back", "valid_to", "长期", "long_term"),
    ("vehicle_invoice", "price_fen", "199675", 19967500),
    ("vehicle_invoice", "tax_rate", "0.13", "0.13"),
    ("vin_plate", "made_in", "2015-03", "2015-03"),
    ("vehicle_licence_sub", "dimensions_mm", "4503×1863×1572", "4503×1863×1572"),
]


@pytest.mark.parametrize(("kind", "name", "text", "value"), TYPED)
def test_values_as_people_type_them(kind, name, text, value):
    rule = next(rule for rule in RULES[kind] if rule.name == name)
    assert rule.typed(text) == Parsed(value)
