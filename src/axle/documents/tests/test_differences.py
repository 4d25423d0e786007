"""Form against document: a table of pairs, and what counts as different."""

from datetime import date
from decimal import Decimal

import pytest

from axle.documents.domain.differences import Difference, compare
from axle.documents.domain.text_forms import read_date

SAME = [
    ("name", "王 伟", "王伟"),
    ("address", "上海市浦东新区，样本路218号", "上海市浦东新区样本路218号"),
    ("vin", "lhgt7z7r2kb972374", "LHGT7Z7R2KB972374"),
    ("born_on", date(1969, 7, 21), "1969-07-21"),
    ("born_on", "1969年7月21日", "1969-07-21"),
    ("price_fen", 19967500, 19967500),
    ("seats", "5", 5),
    ("company_name", "样本（上海）汽车有限公司", "样本(上海)汽车有限公司"),
    ("id_no", "99990219690721116x", "99990219690721116X"),
    ("tax_rate", Decimal("0.130"), "0.13"),
]


@pytest.mark.parametrize(("field", "typed", "read"), SAME)
def test_forms_of_the_same_value(field, typed, read):
    assert compare({field: typed}, {field: read}) == []


DIFFERENT = [
    ("name", "王伟", "王韦", "critical"),
    ("id_no", "999902196907211161", "999902196907211162", "critical"),
    ("price_fen", 19967500, 19967501, "critical"),
    ("born_on", date(1969, 7, 21), "1969-07-12", "critical"),
    ("address", "样本路218号", "样本路219号", "minor"),
    ("model", "大众", "大众牌SVW71410", "minor"),
    ("plate_no", "", "沪A12345", "fill"),
    ("plate_no", None, "沪A12345", "fill"),
]


@pytest.mark.parametrize(("field", "typed", "read", "severity"), DIFFERENT)
def test_different_values(field, typed, read, severity):
    shown = "" if typed is None else str(typed)
    assert compare({field: typed}, {field: read}) == [Difference(field, shown, str(read), severity)]


def test_only_what_both_sides_know_is_compared():
    assert compare({"name": "王伟", "phone": "138"}, {"vin": "X", "name": ""}) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("２０２６年３月１日", date(2026, 3, 1)),
        ("20260301", date(2026, 3, 1)),
        ("2026/3/1", date(2026, 3, 1)),
        ("2026-02-30", None),
        ("13800000000", None),
        ("", None),
    ],
)
def test_dates(text, expected):
    assert read_date(text) == expected
