"""Amounts in Chinese capitals (大写金额), as contracts and receipts print them beside the figures."""

from axle.kernel.errors import InvalidAmount
from axle.kernel.money import Fen, yuan

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def capital_amount(amount: Fen) -> str:
    """``10740053`` fen is 壹拾万柒仟肆佰元零伍角叁分.

    Money: exact to the fen; 整 ends an amount without fen. Errors: InvalidAmount below zero or from 10^16 yuan.
    Source: REG-PBOC-BILLS-1997 (how to fill in bills, annex 1)
    """
    if not 0 <= amount < 10**18:
        raise InvalidAmount(value=yuan(amount))
    whole, cents = divmod(amount, 100)
    return (_yuan_part(whole) + _cents_part(cents, whole)) or "零元整"


def _yuan_part(whole: int) -> str:
    if whole == 0:
        return ""
    text, is_gap = "", False
    for place, group in enumerate(_groups(whole)):
        unit = _GROUPS[len(_groups(whole)) - 1 - place]
        if group == 0:
            is_gap = True
            continue
        needs_zero = bool(text) and (is_gap or group < 1000)
        text += ("零" if needs_zero else "") + _group_text(group) + unit
        is_gap = False
    return _single_hundred_million(text) + "元"


def _groups(whole: int) -> list[int]:
    """The number in groups of four digits, the highest first."""
    digits = str(whole)
    size = -(-len(digits) // 4)
    padded = digits.zfill(size * 4)
    return [int(padded[start : start + 4]) for start in range(0, len(padded), 4)]


def _group_text(group: int) -> str:
    text, is_gap = "", False
    for place, digit in zip((3, 2, 1, 0), f"{group:04d}", strict=True):
        if digit == "0":
            is_gap = bool(text)
            continue
        text += ("零" if is_gap else "") + _DIGITS[int(digit)] + _PLACES[place]
        is_gap = False
    return text


def _single_hundred_million(text: str) -> str:
    """万亿 and 亿 of one number share the one 亿."""
    head, separator, tail = text.partition("万亿")
    return f"{head}万{'' if '亿' in tail else '亿'}{tail}" if separator else text


def _cents_part(cents: int, whole: int) -> str:
    if cents == 0:
        return "整" if whole else ""
    tens, ones = divmod(cents, 10)
    text = ("零" if whole and (tens == 0 or whole % 10 == 0) else "") + (f"{_DIGITS[tens]}角" if tens else "")
    return text + (f"{_DIGITS[ones]}分" if ones else "整")
