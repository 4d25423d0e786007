"""Half up, away from zero, on exact numbers."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axle.kernel.rounding import half_up, half_up_to, round_fen, round_rate


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(1, 2, 1), (-1, 2, -1), (3, 2, 2), (49, 100, 0), (-49, 100, 0), (5, 10, 1), (10, 3, 3), (0, 7, 0), (-5, 3, -2)],
)
def test_half_up(numerator, denominator, rounded):
    assert half_up(numerator, denominator) == rounded


@given(st.integers(-(10**30), 10**30), st.integers(1, 10**20))
def test_half_up_agrees_with_decimal(numerator, denominator):
    with localcontext(prec=80):
        exact = (Decimal(numerator) / Decimal(denominator)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    assert half_up(numerator, denominator) == int(exact)


@pytest.mark.parametrize(
    ("amount", "multiple", "rounded"), [(1234, 100, 1200), (1250, 100, 1300), (-1250, 100, -1300), (7, 1, 7)]
)
def test_half_up_to_a_multiple(amount, multiple, rounded):
    assert half_up_to(amount, 1, multiple) == rounded


@pytest.mark.parametrize(("amount", "fen"), [(Fraction(7, 2), 4), (Decimal("3.49"), 3), (Decimal("-3.5"), -4)])
def test_round_fen(amount, fen):
    assert round_fen(amount) == fen


@pytest.mark.parametrize(("rate", "places", "text"), [(Decimal("0.123456785"), 8, "0.12345679"), (0.5, 2, "0.50")])
def test_round_rate(rate, places, text):
    assert str(round_rate(rate, places)) == text
