"""Labels, layout and consistency on pages of boxes made by hand: no engine needed."""

import pytest

from axle.documents.ocr.extraction import extract
from axle.documents.ocr.labels import edit_distance, find_labels
from axle.documents.ocr.page import Page, TextBox
from axle.documents.ocr.readings import FieldReading, merged

ID_NO, VIN = "999902196907211161", "LHGT7Z7R2KB972374"


def page(*lines, score=0.98):
    """Boxes from (x, y, text); a character is 30 wide and 32 high."""
    return Page(tuple(TextBox(text, score, x, y, x + 30 * len(text), y + 32) for x, y, text in lines))


def values(found):
    return {name: reading.value for name, reading in found.items()}


ID_LINES = [
    (60, 60, "姓名"), (140, 60, "钱样例"), (60, 125, "性别"), (140, 125, "女"), (250, 125, "民族 回"),
    (60, 190, "出生1969年7月21日"), (60, 255, "住址"), (140, 255, "江苏省苏州市样本路37"), (140, 298, "5号3栋801室"),
    (60, 430, "公民身份号码"), (260, 430, ID_NO),
]  # fmt: skip


def test_values_right_of_below_and_inside_the_label_box():
    assert values(extract("id_front", page(*ID_LINES))) == {
        "name": "钱样例",
        "gender": "female",
        "ethnicity": "回",
        "born_on": "1969-07-21",
        "address": "江苏省苏州市样本路375号3栋801室",
        "id_no": ID_NO,
    }


def test_two_pairs_in_one_box():
    found = extract("vehicle_licence_main", page((40, 40, "注册日期 2023-12-21 发证日期 2024-08-03")))
    assert values(found) == {"registered_on": "2023-12-21", "issued_on": "2024-08-03"}


def test_misread_labels_are_still_found():
    lines = [
        (40, 40, "车辆沪R代号/车架号码" + VIN),
        (40, 100, "价税合计小￥199675.00"),
        (40, 160, "开集日期2023-02-21"),
    ]
    found = extract("vehicle_invoice", page(*lines))
    assert values(found) == {"vin": VIN, "price_fen": 19967500, "invoiced_on": "2023-02-21"}
    assert found["vin"].confidence > found["invoiced_on"].confidence


def test_value_without_its_label_is_found_by_form_with_less_confidence():
    found = extract("id_front", page((60, 430, "LK99" + ID_NO)))
    assert found["id_no"] == FieldReading(ID_NO, 0.882, is_valid=True)


def test_birthday_and_gender_come_from_a_valid_id_number():
    found = extract("id_front", page((60, 430, "公民身份号码" + ID_NO)))
    assert values(found) == {"id_no": ID_NO, "born_on": "1969-07-21", "gender": "female"}


def test_a_birthday_against_the_id_number_is_doubted():
    lines = [(60, 190, "出生1968年7月21日"), (60, 430, "公民身份号码" + ID_NO)]
    found = extract("id_front", page(*lines))
    assert found["born_on"] == FieldReading("1968-07-21", 0.5, is_valid=False)


def test_invoice_amounts_that_do_not_add_up_are_doubted():
    lines = [(40, 40, "价税合计(小写)￥199675.00"), (40, 100, "不含税价￥176703.54"), (40, 160, "增值税税额￥22971.47")]
    found = extract("vehicle_invoice", page(*lines))
    assert values(found) == {"price_fen": 19967500, "net_price_fen": 17670354, "tax_fen": 2297147}
    assert not any(reading.is_valid for reading in found.values())


def test_one_label_for_the_two_ends_of_a_period():
    found = extract(
        "id_back", page((40, 40, "有效期限"), (200, 40, "2015.01.11-长期"), (40, 100, "签发机关海淀公安分局"))
    )
    assert values(found) == {"issuer": "海淀公安分局", "valid_from": "2015-01-11", "valid_to": "long_term"}


def test_a_bad_page_makes_unproved_values_doubtful():
    clear = extract("vehicle_licence_main", page((40, 40, "所有人王样例"), (40, 90, "车辆识别代号" + VIN)))
    mixed = page((40, 40, "所有人王样例"), (40, 90, "车辆识别代号" + VIN))
    noise = tuple(TextBox("?", 0.4, 0, 300 + 50 * n, 30, 332 + 50 * n) for n in range(4))
    poor = extract("vehicle_licence_main", Page(mixed.boxes + noise))
    assert poor["vin"].confidence == clear["vin"].confidence
    assert poor["owner_name"].confidence < 0.7 < clear["owner_name"].confidence


def test_unknown_kind():
    with pytest.raises(KeyError):
        extract("passport", page())


def test_long_labels_win_over_short_ones_inside_them():
    hits = find_labels(["购买方名称王丽华"], {"名称": ("名称",), "购买方名称": ("购买方名称",)})
    assert [(hit.key, hit.start, hit.end) for hit in hits] == [("购买方名称", 0, 5)]


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("", "", 0), ("姓名", "姓名", 0), ("姓各", "姓名", 1), ("名", "姓名", 1), ("abc", "cab", 2)],
)
def test_edit_distance(one, other, distance):
    assert edit_distance(one, other) == distance


def test_merging_prefers_the_valid_then_the_surer_reading():
    bad, good = FieldReading("1", 0.5, is_valid=False), FieldReading("2", 0.4, is_valid=True)
    assert merged({"a": bad}, {"a": good}) == {"a": good}
    assert merged({"a": good}, {"b": bad}) == {"a": good, "b": bad}
    assert merged({"a": good}, {"a": FieldReading("3", 0.9, is_valid=True)})["a"].value == "3"


def test_agreement_adds_half_the_second_look():
    one, other = FieldReading("x", 0.8, is_valid=True), FieldReading("x", 0.6, is_valid=True)
    assert merged({"a": one}, {"a": other})["a"].confidence == pytest.approx(0.8 + 0.2 * 0.3)
