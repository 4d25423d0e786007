"""Amounts in capitals: the examples of the rule on filling in bills, and a reader that must agree."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axle.documents.domain.capital_amount import capital_amount
from axle.kernel.errors import InvalidAmount

CASES = [
    (0, "零元整"),
    (1, "壹分"),
    (5, "伍分"),
    (10, "壹角整"),
    (50, "伍角整"),
    (55, "伍角伍分"),
    (100, "壹元整"),
    (101, "壹元零壹分"),
    (1000, "壹拾元整"),
    (1100, "壹拾壹元整"),
    (140950, "壹仟肆佰零玖元伍角整"),
    (600714, "陆仟零柒元壹角肆分"),
    (168032, "壹仟陆佰捌拾元零叁角贰分"),
    (1640902, "壹万陆仟肆佰零玖元零贰分"),
    (32504, "叁佰贰拾伍元零肆分"),
    (10700053, "壹拾万柒仟元零伍角叁分"),
    (10000000, "壹拾万元整"),
    (10000100, "壹拾万零壹元整"),
    (100000000, "壹佰万元整"),
    (20000000000, "贰亿元整"),
    (20000000100, "贰亿零壹元整"),
    (20001000000, "贰亿零壹万元整"),
    (1000000000000, "壹佰亿元整"),
    (100000000000000, "壹万亿元整"),
    (100010000000000, "壹万零壹亿元整"),
    (999999999999999999, "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
]


@pytest.mark.parametrize(("fen", "text"), CASES)
def test_examples(fen, text):
    assert capital_amount(fen) == text


@pytest.mark.parametrize("fen", [-1, 10**18])
def test_refuses_what_no_bill_can_carry(fen):
    with pytest.raises(InvalidAmount):
        capital_amount(fen)


DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = {"": 1, "拾": 10, "佰": 100, "仟": 1000}


def read_back(text: str) -> int:
    """An independent reader: sums digit × place, group by group."""
    whole, _, cents = text.partition("元")
    if "元" not in text:
        whole, cents = "", text
    total = 0
    for section, unit in re.findall(r"([^亿]+)(亿?)", whole):
        value = 0
        for group, scale in re.findall(r"([^万]+)(万?)|万", section):
            pairs = re.findall(r"零?([壹贰叁肆伍陆柒捌玖])([拾佰仟]?)", group)
            number = sum(
                "零壹贰叁肆伍陆柒捌玖".index(d) * {"": 1, "拾": 10, "佰": 100, "仟": 1000}[p] for d, p in pairs
            )
            value += number * (10_000 if scale else 1)
        total += value * (10**8 if unit else 1)
    fen = total * 100
    for digit, unit in re.findall(r"([壹贰叁肆伍陆柒捌玖])([角分])", cents):
        fen += DIGITS.index(digit) * (10 if unit == "角" else 1)
    return fen


@given(st.integers(min_value=0, max_value=10**14 - 1))
def test_reads_back_to_the_same_fen(fen):
    text = capital_amount(fen)
    assert read_back(text) == fen
    assert "零零" not in text
