"""People who do not exist: names combined at random, ids of an area that was never issued."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from axle.config.demo.identifiers import phone, resident_id
from axle.kernel.money import Fen
from axle.party.public import CustomerData

_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "子轩浩宇梓涵雨桐欣怡思远嘉宁若曦景行清扬书瑶云舟安歌知夏明澈星野望舒青岚沐阳南絮"
_STREETS = ("云栖路", "望江街", "长宁道", "青枫巷", "听雨路", "明湖大道", "星海街", "锦绣路")
_EMPLOYERS = (
    "启明物流有限公司",
    "云帆科技有限公司",
    "禾木餐饮有限公司",
    "远山机械有限公司",
    "个体经营",
    "青禾教育有限公司",
)
_FIRST_BIRTHDAY = date(1966, 1, 1)
_BIRTHDAYS = 38 * 365
_FAR = date(2036, 1, 1)


@dataclass(frozen=True)
class Person:
    """A drawn person."""

    data: CustomerData

    @property
    def name(self) -> str:
        """The full name."""
        return self.data.name


def _name(draw: random.Random) -> str:
    given = "".join(draw.choice(_GIVEN) for _position in range(draw.choice((1, 2, 2))))
    return draw.choice(_FAMILY) + given


def person(draw: random.Random, number: int, region: str, *, id_valid_until: date = _FAR) -> Person:
    """The ``number``-th person, living in a region; ids never repeat, because day and number together do not."""
    birthday = _FIRST_BIRTHDAY + timedelta(days=(number * 7) % _BIRTHDAYS)
    income = draw.choice((6_000, 8_000, 9_500, 12_000, 15_000, 20_000, 28_000))
    return Person(
        CustomerData(
            name=_name(draw),
            id_no=resident_id(birthday, 1 + number // _BIRTHDAYS * 2 + draw.randrange(2)),
            phone=phone(number),
            id_valid_until=id_valid_until,
            marital_status=draw.choice(("single", "married", "married", "divorced")),
            education=draw.choice(("high_school", "college", "bachelor")),
            residence_kind=draw.choice(("owned", "rented", "family")),
            residence_address=f"演示市{draw.choice(_STREETS)}{draw.randrange(1, 400)}号",
            region_code=region,
            employment_kind=draw.choice(("employed", "employed", "self_employed")),
            employer=draw.choice(_EMPLOYERS),
            employment_months=draw.randrange(6, 180),
            monthly_income=Fen(income * 100),
            monthly_debt=Fen(draw.choice((0, 0, 1_500, 2_800)) * 100),
            has_driving_licence=True,
        )
    )
