"""Specimen pictures drawn here, so that recognition is tested wherever the fonts are.

Ids use the non-existent area 9999xx with a right check digit; every other check digit is right as well.
"""

from PIL import Image, ImageDraw, ImageFont

from axle.documents.rendering.fonts import fonts

ID_NO = "999902196907211161"
VIN = "LHGT7Z7R2KB972374"
CARD_NO = "6222020009903105352"
_BLUE, _BLACK = (30, 80, 160), (10, 10, 10)


class Sheet:
    """A sheet to write on: labels in blue, values in black."""

    def __init__(self, width: int, height: int, ground: tuple[int, int, int]) -> None:
        self.image = Image.new("RGB", (width, height), ground)
        self._draw = ImageDraw.Draw(self.image)

    def write(self, x: int, y: int, text: str, size: int = 30, colour: tuple[int, int, int] = _BLACK) -> None:
        chosen = fonts()
        font = ImageFont.truetype(chosen.regular, size, index=chosen.face)
        self._draw.text((x, y), text, font=font, fill=colour)

    def pair(self, x: int, y: int, label: str, value: str, size: int = 28) -> None:
        self.write(x, y, label, size, _BLUE)
        self.write(x + size * len(label) + 12, y, value, size)


def id_front() -> Image.Image:
    """The portrait side of an id card, the address on two lines."""
    sheet = Sheet(856, 540, (236, 243, 248))
    sheet.write(60, 58, "姓名", 26, _BLUE)
    sheet.write(140, 54, "钱样例", 34)
    sheet.write(60, 125, "性别", 26, _BLUE)
    sheet.write(140, 122, "女")
    sheet.write(250, 125, "民族", 26, _BLUE)
    sheet.write(330, 122, "回")
    for x, text, colour in (
        (60, "出生", _BLUE), (140, "1969", _BLACK), (225, "年", _BLUE), (268, "7", _BLACK), (315, "月", _BLUE),
        (355, "21", _BLACK), (400, "日", _BLUE),
    ):  # fmt: skip
        sheet.write(x, 188, text, 28, colour)
    sheet.write(60, 255, "住址", 26, _BLUE)
    sheet.write(140, 252, "江苏省苏州市吴中区样本路37", 29)
    sheet.write(140, 295, "5号3栋801室", 29)
    sheet.write(60, 430, "公民身份号码", 26, _BLUE)
    sheet.write(250, 425, ID_NO, 36)
    return sheet.image


def vehicle_invoice() -> Image.Image:
    """A vehicle sales invoice whose net price and tax add up to the price."""
    sheet = Sheet(1240, 840, (252, 250, 246))
    sheet.write(380, 36, "机动车销售统一发票", 52)
    sheet.pair(860, 120, "发票号码", "82250471", 26)
    sheet.pair(90, 120, "开票日期", "2023-02-21", 26)
    for line, (label, value) in enumerate(
        [
            ("购买方名称", "王样例"),
            ("厂牌型号", "五菱牌LZW6442JY"),
            ("车辆识别代号/车架号码", VIN),
            ("价税合计(小写)", "￥199675.00"),
            ("销货单位名称", "样本华驰汽车销售服务有限公司"),
            ("纳税人识别号", "919999998382532202"),
            ("增值税税率或征收率", "13%"),
        ]
    ):
        sheet.pair(90, 205 + 76 * line, label, value, 27)
    sheet.pair(720, 661, "增值税税额", "￥22971.46", 27)
    sheet.pair(720, 717, "不含税价", "￥176703.54", 27)
    return sheet.image


def bank_card() -> Image.Image:
    """A bank card: light print on dark ground."""
    sheet = Sheet(856, 540, (40, 110, 90))
    sheet.write(50, 40, "中国工商银行", 44, (255, 255, 255))
    grouped = " ".join(CARD_NO[start : start + 4] for start in range(0, len(CARD_NO), 4))
    sheet.write(60, 270, grouped, 50, (245, 245, 230))
    return sheet.image


def on_table(image: Image.Image, degrees: float) -> Image.Image:
    """A photo of the sheet lying on a table, turned clockwise."""
    table = Image.new("RGB", (round(image.width * 1.2), round(image.height * 1.25)), (96, 84, 70))
    table.paste(image, (round(image.width * 0.1), round(image.height * 0.12)))
    return table.rotate(-degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=(90, 90, 90))
