"""Yuan strings to fen and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axle.kernel.errors import InvalidAmount
from axle.kernel.money import parse_yuan, yuan


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("1", 100),
        ("1.5", 150),
        ("1.05", 105),
        (" 12.34 ", 1234),
        ("-0.05", -5),
        ("99999999999999.99", 10**16 - 1),
    ],
)
def test_parse_yuan(text, fen):
    assert parse_yuan(text) == fen


@pytest.mark.parametrize("text", ["", "1.234", "1,000.00", "1e5", ".5", "5.", "+1", "１２", "0x1", "NaN", "9" * 15])
def test_other_text_is_refused(text):
    with pytest.raises(InvalidAmount):
        parse_yuan(text)


@pytest.mark.parametrize(
    ("fen", "text"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (123456, "1234.56"), (-100, "-1.00")]
)
def test_yuan(fen, text):
    assert yuan(fen) == text


@given(st.integers(-(10**16) + 1, 10**16 - 1))
def test_every_amount_survives_text(fen):
    assert parse_yuan(yuan(fen)) == fen
