"""Papers of an invented buyer, drawn so that real recognition reads them."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from axle.config.demo.identifiers import company_code
from axle.documents.rendering.fonts import fonts

_BLUE, _BLACK = (30, 80, 160), (10, 10, 10)


@dataclass(frozen=True)
class Buyer:
    """What the papers say."""

    name: str
    id_no: str
    address: str
    vin: str
    price: str


class Sheet:
    """A sheet with labels in blue and values in black."""

    def __init__(self, width: int, height: int) -> None:
        self._image = Image.new("RGB", (width, height), (244, 247, 250))
        self._draw = ImageDraw.Draw(self._image)

    def pair(self, x: int, y: int, label: str, value: str, size: int = 28) -> None:
        """A label with its value to the right."""
        chosen = fonts()
        font = ImageFont.truetype(chosen.regular, size, index=chosen.face)
        self._draw.text((x, y), label, font=font, fill=_BLUE)
        self._draw.text((x + size * len(label) + 14, y), value, font=font, fill=_BLACK)

    def jpeg(self) -> bytes:
        """The sheet as a photo."""
        target = io.BytesIO()
        self._image.save(target, "JPEG", quality=92)
        return target.getvalue()


def id_front(buyer: Buyer) -> bytes:
    """The portrait side of an id card."""
    sheet = Sheet(856, 540)
    born = buyer.id_no[6:14]
    sheet.pair(60, 54, "姓名", buyer.name, 32)
    sheet.pair(60, 122, "性别", "男" if int(buyer.id_no[16]) % 2 else "女")
    sheet.pair(250, 122, "民族", "汉")
    sheet.pair(60, 188, "出生", f"{born[:4]}年{int(born[4:6])}月{int(born[6:])}日")
    sheet.pair(60, 252, "住址", buyer.address)
    sheet.pair(60, 425, "公民身份号码", buyer.id_no, 32)
    return sheet.jpeg()


def id_back(buyer: Buyer) -> bytes:
    """The emblem side of an id card."""
    sheet = Sheet(856, 540)
    sheet.pair(240, 80, "中华人民共和国", "", 48)
    sheet.pair(280, 170, "居民身份证", "", 56)
    sheet.pair(150, 380, "签发机关", "演示市公安局")
    sheet.pair(150, 440, "有效期限", "2020.01.01-2040.01.01")
    return sheet.jpeg()


def driver_licence(buyer: Buyer) -> bytes:
    """A driving licence."""
    sheet = Sheet(900, 600)
    born = buyer.id_no[6:14]
    sheet.pair(220, 30, "中华人民共和国机动车驾驶证", "", 34)
    sheet.pair(60, 110, "证号", buyer.id_no)
    sheet.pair(60, 170, "姓名", buyer.name)
    sheet.pair(400, 170, "性别", "男" if int(buyer.id_no[16]) % 2 else "女")
    sheet.pair(620, 170, "国籍", "中国")
    sheet.pair(60, 230, "住址", buyer.address)
    sheet.pair(60, 300, "出生日期", f"{born[:4]}-{born[4:6]}-{born[6:]}")
    sheet.pair(60, 360, "初次领证日期", "2015-05-06")
    sheet.pair(60, 420, "准驾车型", "C1")
    sheet.pair(60, 480, "有效期限", "2021-05-06至2031-05-06")
    return sheet.jpeg()


def vehicle_invoice(buyer: Buyer) -> bytes:
    """A vehicle sales invoice whose tax and net price add up."""
    fen = int(buyer.price.replace(".", ""))
    net = round(fen / 1.13)
    sheet = Sheet(1240, 840)
    sheet.pair(380, 36, "机动车销售统一发票", "", 50)
    sheet.pair(860, 120, "发票号码", "82250471", 26)
    sheet.pair(90, 120, "开票日期", "2026-11-18", 26)
    rows = (
        ("购买方名称", buyer.name),
        ("厂牌型号", "宝马牌BMW7200"),
        ("车辆识别代号/车架号码", buyer.vin),
        ("价税合计(小写)", f"￥{buyer.price}"),
        ("销货单位名称", "申海汽车销售服务有限公司"),
        ("增值税税率或征收率", "13%"),
        ("纳税人识别号", company_code(101)),
    )
    for line, (label, value) in enumerate(rows):
        sheet.pair(90, 205 + 76 * line, label, value, 27)
    sheet.pair(720, 661, "增值税税额", f"￥{(fen - net) / 100:.2f}", 27)
    sheet.pair(720, 717, "不含税价", f"￥{net / 100:.2f}", 27)
    return sheet.jpeg()


def signature() -> bytes:
    """A name as drawn by hand on a phone."""
    image = Image.new("RGBA", (600, 240), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    draw.line([(60, 180), (120, 60), (170, 190), (230, 70), (260, 180), (340, 90), (420, 170), (540, 80)], "black", 7)
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
