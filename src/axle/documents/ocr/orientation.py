"""Which way the text of a photo runs: one vote per detected line.

A quad is the four corners of a detected line, as rows (x, y), ordered top-left first as it lies in the image.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Quad = NDArray[np.float32]
"""Shape (4, 2)."""

TALL = 1.5  # a line this many times taller than wide runs vertically
_SHORT = 2.0  # a line less elongated than this says little about its direction


def is_tall(quad: Quad) -> bool:
    """Whether the line runs down or up the image."""
    width, height = sides(quad)
    return height >= TALL * width


def sides(quad: Quad) -> tuple[float, float]:
    """Lengths of the top edge and of the left edge."""
    return float(np.linalg.norm(quad[1] - quad[0])), float(np.linalg.norm(quad[3] - quad[0]))


def text_angle(quads: Sequence[Quad], upside_down: Sequence[tuple[bool, float]]) -> float:
    """The clockwise angle in degrees, -45 to 315, in which the text of the page runs.

    ``upside_down`` holds for each quad whether its crop (tall ones turned counter-clockwise first) was
    upside down, and how sure that is, 0 to 1. The page's quarter turn wins by weight; the rest is the
    weighted median of the lines that agree with it.
    """
    ballots = [_ballot(quad, *verdict) for quad, verdict in zip(quads, upside_down, strict=True)]
    if not ballots:
        return 0.0
    weights = [sum(weight for angle, weight in ballots if _quarter(angle) == turn) for turn in range(4)]
    turn = weights.index(max(weights))
    skews = sorted((_signed(angle - 90 * turn), weight) for angle, weight in ballots if _quarter(angle) == turn)
    return 90 * turn + _weighted_median(skews)


def _ballot(quad: Quad, is_upside_down: bool, certainty: float) -> tuple[float, float]:
    width, height = sides(quad)
    along = quad[3] - quad[0] if is_tall(quad) else quad[1] - quad[0]
    if is_upside_down:
        along = -along
    is_short = max(width, height) < _SHORT * min(width, height)
    weight = max(width, height) * max(certainty - 0.5, 0.0) * (0.2 if is_short else 1.0)
    return math.degrees(math.atan2(along[1], along[0])), weight


def _quarter(angle: float) -> int:
    return round(angle / 90) % 4


def _signed(angle: float) -> float:
    return (angle + 180) % 360 - 180


def _weighted_median(pairs: Sequence[tuple[float, float]]) -> float:
    half, passed = sum(weight for _, weight in pairs) / 2, 0.0
    for value, weight in pairs:
        passed += weight
        if passed >= half:
            return value
    return 0.0


def upright_quad(quad: Quad, angle: float) -> Quad:
    """The same corners, ordered so that the text runs from the first to the second."""
    centre = quad.mean(axis=0)
    turned = turn_points(quad - centre, -angle)
    start = int(np.argmin(turned.sum(axis=1)))
    return np.roll(quad, -start, axis=0)


def turn_points(points: NDArray[np.float32], degrees: float) -> NDArray[np.float32]:
    """Points turned clockwise (y runs down) around the origin."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    matrix = np.array([[cos, sin], [-sin, cos]], dtype=np.float32)
    return points @ matrix
