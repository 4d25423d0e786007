"""What a used car is worth: the share of its guide price that is left at an age, as low, middle and high quantile.

A curve is made from sales or listings. All cars together give the course of ageing; a series shifts it by what its own
cars brought beyond it, as far as they are enough to tell; its make stands in for a series of few cars.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
QUANTILES = (0.1, 0.5, 0.9)
AGES = (6, 12, 24, 36, 48, 60, 72, 84, 96, 120, 144)
"""Months of age at which a curve has a point; between two of them it is a straight line."""
_SHRINK = 8.0
"""So many cars at the course of all weigh as much as what a series' own cars say."""
_FEWEST = 5
_OLDEST_MONTHS = 180
_RATIOS = (0.05, 1.5)


class TooFewCars(Exception):
    """A curve cannot be made of so few cars; ``count`` were usable."""

    def __init__(self, count: int) -> None:
        super().__init__(str(count))
        self.count = count


@dataclass(frozen=True)
class Offer:
    """A used car that was sold or offered: its age, and its price over the guide price."""

    make: str
    series: str
    age_months: int
    ratio: float


@dataclass(frozen=True)
class CurvePoint:
    """What is left of the guide price at an age; without series it holds for the make, without make for all cars."""

    make: str
    series: str
    age_months: int
    low: Decimal
    middle: Decimal
    high: Decimal
    cars: int


@dataclass(frozen=True)
class Worth:
    """Quantiles of what is left at one age, and of what the curve speaks: ``series``, ``make`` or ``all``."""

    low: Decimal
    middle: Decimal
    high: Decimal
    cars: int
    level: str


def curve_fit(offers: Sequence[Offer], *, fewest: int = 200) -> list[CurvePoint]:
    """Points of the curve of all cars, of each make and of each series that has cars enough.

    Prices below a twentieth or above one and a half of the guide price are errors and left out. Errors: TooFewCars.
    """
    usable = [one for one in offers if 0 <= one.age_months <= _OLDEST_MONTHS and _RATIOS[0] < one.ratio < _RATIOS[1]]
    if len(usable) < fewest:
        raise TooFewCars(len(usable))
    ages = np.array([one.age_months for one in usable], dtype=float)
    logs = np.log([one.ratio for one in usable])
    course = np.polyfit(np.sqrt(ages), logs, 3)
    beyond = logs - np.polyval(course, np.sqrt(ages))
    points = _points("", "", course, 0.0, beyond, len(usable))
    for key, rows in _groups(usable).items():
        own = beyond[rows]
        if len(own) >= _FEWEST:
            shift = float(own.sum() / (len(own) + _SHRINK))
            spread = np.concatenate([own - own.mean(), (beyond - beyond.mean())[: 4 * int(_SHRINK)]])
            points += _points(*key, course, shift, spread, len(own))
    return points


def _groups(offers: Sequence[Offer]) -> Mapping[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for row, one in enumerate(offers):
        for key in ((one.make, ""), (one.make, one.series)):
            found.setdefault(key, []).append(row)
    return found


def _points(make: str, series: str, course: Floats, shift: float, spread: Floats, cars: int) -> list[CurvePoint]:
    below, between, above = np.quantile(spread - np.median(spread), QUANTILES)
    levels = np.polyval(course, np.sqrt(np.array(AGES, dtype=float))) + shift
    falling = np.minimum.accumulate(levels)  # a car is never worth more for being older
    return [
        CurvePoint(make, series, age, _ratio(level + below), _ratio(level + between), _ratio(level + above), cars)
        for age, level in zip(AGES, falling, strict=True)
    ]


def _ratio(logarithm: float) -> Decimal:
    return Decimal(f"{min(float(np.exp(logarithm)), 1.0):.4f}")


def worth_at(points: Iterable[CurvePoint], age_months: int) -> Worth | None:
    """What is left at an age, by the most special curve among the points; None without points."""
    levels: dict[str, list[CurvePoint]] = {"series": [], "make": [], "all": []}
    for point in points:
        levels["series" if point.series else "make" if point.make else "all"].append(point)
    for level, found in levels.items():
        if found:
            return _between(sorted(found, key=lambda point: point.age_months), age_months, level)
    return None


def _between(points: Sequence[CurvePoint], age: int, level: str) -> Worth:
    if age <= points[0].age_months:
        return _worth(points[0], points[0], Decimal(0), level)
    for left, right in pairwise(points):
        if age <= right.age_months:
            share = Decimal(age - left.age_months) / (right.age_months - left.age_months)
            return _worth(left, right, share, level)
    return _worth(points[-1], points[-1], Decimal(0), level)


def _worth(left: CurvePoint, right: CurvePoint, share: Decimal, level: str) -> Worth:
    low, middle, high = (
        (getattr(left, side) + (getattr(right, side) - getattr(left, side)) * share).quantize(Decimal("0.0001"))
        for side in ("low", "middle", "high")
    )
    return Worth(low, middle, high, left.cars, level)
