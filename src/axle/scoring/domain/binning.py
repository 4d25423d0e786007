"""Binning: from the values of one candidate to the bins whose weights of evidence a scorecard is made of.

Numbers are cut at quantiles, neighbours are joined until bad rates run one way (unless the plan says otherwise), then
until neighbours differ by more than chance. Values of a category are ordered by their bad rate and joined likewise.
Missing values are a bin of their own; with too few of them to tell, it weighs as much as the worst known bin.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MAX_PREBINS, MAX_BINS = 25, 8
MIN_SHARE = 0.04
RARE_SHARE = 0.01
TELLING = 30
"""Fewer cases than this say nothing of a bin."""
CHANCE = 3.841
"""Chi-square of one degree of freedom that chance exceeds once in twenty."""


@dataclass(frozen=True)
class Group:
    """A run of prebins joined to one: where it begins (its first prebin) and its counts."""

    first: int
    good: float
    bad: float

    @property
    def rate(self) -> float:
        return self.bad / max(self.good + self.bad, 1)


@dataclass(frozen=True)
class NumberBins:
    """Inner bounds (a bound belongs to the bin above it), and counts of each bin, missing last."""

    bounds: Floats
    good: Floats
    bad: Floats

    def places(self, values: Floats) -> NDArray[np.int64]:
        """The bin of each value; NaN is missing and the last."""
        found = np.searchsorted(self.bounds, values, side="right")
        return np.where(np.isnan(values), len(self.bounds) + 1, found)


@dataclass(frozen=True)
class CategoryBins:
    """Values of each bin, the place of the bin for unseen values, and counts of each bin, missing last."""

    values: tuple[tuple[str, ...], ...]
    other: int
    good: Floats
    bad: Floats

    def places(self, values: Sequence[str | None]) -> NDArray[np.int64]:
        """The bin of each value; None is missing and the last."""
        known = {value: no for no, group in enumerate(self.values) for value in group}
        missing = len(self.values)
        return np.array([missing if value is None else known.get(value, self.other) for value in values])


def numbers_bin(values: Floats, bad: Floats, *, trend: str = "one_way") -> NumberBins:
    """Bin numbers; NaN is missing. ``trend`` is ``one_way`` or ``any``."""
    known = ~np.isnan(values)
    steps = np.arange(1, MAX_PREBINS) / MAX_PREBINS
    found = np.unique(np.quantile(values[known], steps, method="nearest")) if known.any() else np.array([])
    cuts = found[found > values[known].min()] if known.any() else found
    place = np.searchsorted(cuts, values[known], side="right")
    groups = _groups(place, bad[known], len(cuts) + 1)
    groups = _joined(groups, _too_small(float(known.sum())))
    if trend == "one_way":
        groups = max((_one_way(groups, sign) for sign in (1, -1)), key=information_of)
    groups = _joined(groups, _alike)
    good, bads = _with_missing(groups, bad[~known])
    return NumberBins(np.array([cuts[group.first - 1] for group in groups[1:]]), good, bads)


def categories_bin(values: Sequence[str | None], bad: Floats) -> CategoryBins:
    """Bin the values of a category; rare ones are joined to one bin, which also takes what nobody has seen."""
    known = np.array([value is not None for value in values])
    names = sorted({value for value in values if value is not None})
    counts = _category_counts(names, values, bad)
    rare = {name for name in names if sum(counts[name]) < max(RARE_SHARE * known.sum(), TELLING)}
    units = [(name,) for name in names if name not in rare] + ([tuple(sorted(rare))] if rare else [])
    if not units:
        units = [()]
    sums = {unit: (sum(counts[n][0] for n in unit), sum(counts[n][1] for n in unit)) for unit in units}
    units.sort(key=lambda unit: (sums[unit][1] / max(sum(sums[unit]), 1), unit))
    groups = _joined([Group(no, *sums[unit]) for no, unit in enumerate(units)], _alike)
    ends = [*(group.first for group in groups[1:]), len(units)]
    parts = tuple(tuple(n for u in units[g.first : end] for n in u) for g, end in zip(groups, ends, strict=True))
    good, bads = _with_missing(groups, bad[~known])
    other = next((no for no, part in enumerate(parts) if rare & set(part)), len(parts) - 1)
    return CategoryBins(parts, other, good, bads)


def weights(good: Floats, bad: Floats) -> Floats:
    """ln(share of good / share of bad) of each bin; one without good or bad cases gets half a case of each.

    The last bin is for missing values: with too few cases to tell it weighs as much as the worst of the others.
    """
    half = np.where((good == 0) | (bad == 0), 0.5, 0.0)
    found = np.log(((good + half) / good.sum()) / ((bad + half) / bad.sum()))
    if good[-1] + bad[-1] < TELLING:
        found[-1] = found[:-1].min()
    return np.asarray(found, dtype=float)


def information(good: Floats, bad: Floats) -> float:
    """Information value: Σ (share of good - share of bad) · weight."""
    return float(((good / good.sum() - bad / bad.sum()) * weights(good, bad)).sum())


def information_of(groups: Sequence[Group]) -> float:
    good, bad = (np.array([getattr(group, side) for group in groups]) + 0.5 for side in ("good", "bad"))
    share_good, share_bad = good / good.sum(), bad / bad.sum()
    return float(((share_good - share_bad) * np.log(share_good / share_bad)).sum())


def _category_counts(names: list[str], values: Sequence[str | None], bad: Floats) -> dict[str, tuple[float, float]]:
    place = {name: no for no, name in enumerate(names)}
    at = np.array([place.get(value, -1) if value is not None else -1 for value in values])
    inside = at >= 0
    groups = _groups(at[inside], bad[inside], len(names))
    return {name: (groups[no].good, groups[no].bad) for no, name in enumerate(names)}


def _groups(place: NDArray[np.int64], bad: Floats, count: int) -> list[Group]:
    bads = np.bincount(place, weights=bad, minlength=count)
    goods = np.bincount(place, weights=1 - bad, minlength=count)
    return [Group(no, float(goods[no]), float(bads[no])) for no in range(count)]


def _with_missing(groups: Sequence[Group], missing: Floats) -> tuple[Floats, Floats]:
    good = [group.good for group in groups] + [float(len(missing) - missing.sum())]
    return np.array(good), np.array([group.bad for group in groups] + [float(missing.sum())])


Join = Callable[[list[Group]], int | None]


def _joined(groups: list[Group], choose: Join) -> list[Group]:
    """Join the neighbours that ``choose`` names (the first of the two) until it names none."""
    groups = list(groups)
    while len(groups) > 1 and (no := choose(groups)) is not None:
        left, right = groups[no : no + 2]
        groups[no : no + 2] = [Group(left.first, left.good + right.good, left.bad + right.bad)]
    return groups


def _too_small(total: float) -> Join:
    """Name the smallest group with too few cases, or of one kind only, and its more alike neighbour."""

    def choose(groups: list[Group]) -> int | None:
        small = [
            (group.good + group.bad, no)
            for no, group in enumerate(groups)
            if group.good + group.bad < max(MIN_SHARE * total, TELLING) or not group.good or not group.bad
        ]
        if not small:
            return None
        no = min(small)[1]
        sides = [side for side in (no - 1, no) if 0 <= side < len(groups) - 1]
        return min(sides, key=lambda side: abs(groups[side].rate - groups[side + 1].rate))

    return choose


def _one_way(groups: list[Group], sign: int) -> list[Group]:
    """Join neighbours whose bad rates run against ``sign`` until all run one way."""

    def choose(found: list[Group]) -> int | None:
        steps = [(sign * (found[no + 1].rate - found[no].rate), no) for no in range(len(found) - 1)]
        step, no = min(steps)
        return no if step < 0 else None

    return _joined(groups, choose)


def _alike(groups: list[Group]) -> int | None:
    """Name the two neighbours that differ least: by no more than chance, or because there are too many bins."""
    least, no = min((_chi_square(groups[no], groups[no + 1]), no) for no in range(len(groups) - 1))
    return no if least < CHANCE or len(groups) > MAX_BINS else None


def _chi_square(left: Group, right: Group) -> float:
    good, bad = left.good + right.good, left.bad + right.bad
    total = good + bad
    if not good or not bad:
        return 0.0
    across = left.good * right.bad - left.bad * right.good
    return total * across**2 / (good * bad * (left.good + left.bad) * (right.good + right.bad) or 1)
