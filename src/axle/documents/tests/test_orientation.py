"""Which way the text runs, from quads alone."""

import numpy as np
import pytest

from axle.documents.ocr.orientation import text_angle, turn_points, upright_quad

LINE = np.array([[0, 0], [200, 0], [200, 30], [0, 30]], dtype=np.float32)


def seen(degrees):
    """A line turned clockwise, its corners ordered as a detector gives them: top-left of the image first."""
    turned = turn_points(LINE - LINE.mean(axis=0), degrees) + 300
    by_x = turned[np.argsort(turned[:, 0])]
    left, right = by_x[:2], by_x[2:]
    top_left, bottom_left = left[np.argsort(left[:, 1])]
    top_right, bottom_right = right[np.argsort(right[:, 1])]
    return np.array([top_left, top_right, bottom_right, bottom_left], dtype=np.float32)


CASES = [(0, False), (10, False), (-12, False), (90, False), (95, False), (180, True), (171, True), (270, True)]


@pytest.mark.parametrize(("degrees", "is_upside_down"), CASES)
def test_angle_of_a_page(degrees, is_upside_down):
    angle = text_angle([seen(degrees)] * 3, [(is_upside_down, 0.99)] * 3)
    assert abs((angle - degrees + 180) % 360 - 180) < 1


def test_long_sure_lines_outvote_short_ones():
    dot = seen(0)[:, :] * 0.1
    angle = text_angle([seen(90), dot, dot, dot], [(False, 0.99), (True, 0.6), (True, 0.6), (True, 0.6)])
    assert abs(angle - 90) < 1


def test_a_page_without_lines_is_upright():
    assert text_angle([], []) == 0.0


@pytest.mark.parametrize("degrees", [0, 90, 180, 270, 12])
def test_upright_quad_starts_where_the_text_starts(degrees):
    quad = upright_quad(seen(degrees), degrees)
    along = quad[1] - quad[0]
    expected = turn_points(np.array([[200, 0]], dtype=np.float32), degrees)[0]
    assert np.allclose(along, expected, atol=0.1)
