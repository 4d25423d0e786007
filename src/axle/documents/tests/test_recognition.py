"""The engine on specimens drawn here: upright, turned, skewed, light on dark."""

import pytest

from axle.documents.ocr.recognition import read_picture
from axle.documents.tests import specimens

ID_FRONT = {
    "name": "钱样例",
    "gender": "female",
    "ethnicity": "回",
    "born_on": "1969-07-21",
    "address": "江苏省苏州市吴中区样本路375号3栋801室",
    "id_no": specimens.ID_NO,
}


@pytest.mark.parametrize("degrees", [94, 180])
def test_turned_id_card(degrees):
    found = read_picture("id_front", specimens.on_table(specimens.id_front(), degrees), sure_from=0.85)
    assert {name: reading.value for name, reading in found.fields.items()} == ID_FRONT
    assert all(reading.is_valid for reading in found.fields.values())
    assert abs((found.turned_by - degrees + 180) % 360 - 180) < 3


def test_invoice_amounts_are_fen_and_add_up():
    found = read_picture("vehicle_invoice", specimens.vehicle_invoice(), sure_from=0.85)
    values = {name: reading.value for name, reading in found.fields.items()}
    assert values == {
        "invoice_no": "82250471",
        "invoiced_on": "2023-02-21",
        "buyer_name": "王样例",
        "vin": specimens.VIN,
        "model": "五菱牌LZW6442JY",
        "price_fen": 19967500,
        "net_price_fen": 17670354,
        "tax_fen": 2297146,
        "tax_rate": "0.13",
        "seller_name": "样本华驰汽车销售服务有限公司",
        "seller_uscc": "919999998382532202",
    }
    assert found.doubtful == ()
    assert found.confidence >= 0.85


def test_bank_card():
    found = read_picture("bank_card", specimens.bank_card(), sure_from=0.85)
    assert found.fields["card_no"].value == specimens.CARD_NO
    assert found.fields["bank_name"].value == "中国工商银行"


def test_a_picture_without_text_leaves_everything_doubtful():
    from PIL import Image

    found = read_picture("bank_card", Image.new("RGB", (400, 300), (120, 120, 120)), sure_from=0.85)
    assert found.fields == {}
    assert found.doubtful == ("bank_name", "card_no")
    assert found.confidence == 0.0
