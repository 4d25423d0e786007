"""How well a score tells good from bad, how honest its probabilities are, and how far a population has moved.

Arrays of floats; ``bad`` is 1 for a bad case. A higher ``risk`` means more likely bad.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_FLOOR = 1e-4
"""The least share of a bin in a stability index: an empty bin has no logarithm."""


def auc(risk: Array, bad: Array) -> float:
    """The share of pairs of a bad and a good case in which the bad one has the higher risk; ties count half."""
    positives = float(bad.sum())
    negatives = len(bad) - positives
    if not positives or not negatives:
        return float("nan")
    _, place, counts = np.unique(risk, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last - (counts - 1) / 2)[place]
    return float((ranks[bad == 1].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def ks(risk: Array, bad: Array) -> float:
    """The largest distance between the cumulated shares of bad and of good cases."""
    values, place = np.unique(risk, return_inverse=True)
    bads = np.bincount(place, weights=bad, minlength=len(values))
    goods = np.bincount(place, weights=1 - bad, minlength=len(values))
    if not bads.sum() or not goods.sum():
        return float("nan")
    return float(np.abs(np.cumsum(bads) / bads.sum() - np.cumsum(goods) / goods.sum()).max())


def psi(expected: Array, actual: Array) -> float:
    """The population stability index of two distributions given as counts by bin: Σ (a - e) · ln(a / e)."""
    before = np.maximum(expected / max(expected.sum(), 1), _FLOOR)
    after = np.maximum(actual / max(actual.sum(), 1), _FLOOR)
    return float(((after - before) * np.log(after / before)).sum())


def brier(rate: Array, bad: Array) -> float:
    """The mean squared distance of predicted probability and outcome."""
    return float(np.mean((rate - bad) ** 2))


def separation(risk: Array, bad: Array) -> dict[str, float]:
    """AUC, Gini and KS, each to four places."""
    area = auc(risk, bad)
    return {"auc": round(area, 4), "gini": round(2 * area - 1, 4), "ks": round(ks(risk, bad), 4)}


def bands(points: Array, count: int = 10) -> Array:
    """The inner bounds of score bands with about as many cases each; fewer when many cases score the same."""
    return np.unique(np.quantile(points, np.arange(1, count) / count, method="lower"))


def band_counts(points: Array, bounds: Array) -> Array:
    """How many scores fall into each band; a bound belongs to the band above it."""
    return np.bincount(np.searchsorted(bounds, points, side="right"), minlength=len(bounds) + 1).astype(float)


def calibration(points: Array, rate: Array, bad: Array, bounds: Array) -> list[dict[str, Any]]:
    """For each score band: its cases, the rate that was predicted, and the rate that came true."""
    place = np.searchsorted(bounds, points, side="right")
    rows = []
    for band in range(len(bounds) + 1):
        inside = place == band
        count = int(inside.sum())
        rows.append(
            {
                "from": int(bounds[band - 1]) if band else None,
                "below": int(bounds[band]) if band < len(bounds) else None,
                "count": count,
                "bad": int(bad[inside].sum()),
                "predicted": round(float(rate[inside].mean()), 4) if count else None,
                "observed": round(float(bad[inside].mean()), 4) if count else None,
            }
        )
    return rows


def curve(risk: Array, bad: Array, steps: int = 20) -> list[dict[str, float]]:
    """The curve that AUC and KS are read from: how much of all bad and good the riskiest share holds."""
    order = np.argsort(-risk, kind="stable")
    bads, goods = np.cumsum(bad[order]), np.cumsum(1 - bad[order])
    rows = [{"share": 0.0, "bad": 0.0, "good": 0.0}]
    for step in range(1, steps + 1):
        last = max(round(len(bad) * step / steps), 1) - 1
        share = {"bad": float(bads[last] / max(bads[-1], 1)), "good": float(goods[last] / max(goods[-1], 1))}
        rows.append({"share": step / steps, **{name: round(value, 4) for name, value in share.items()}})
    return rows


def fairness(points: Array, bad: Array, groups: list[str | None], cut: int) -> list[dict[str, Any]]:
    """For each group: cases, bad rate, the share at or above the cut, its ratio to the best group's, and AUC.

    Groups of fewer than 50 cases have too few to tell and are shown without a ratio.
    """
    names = np.array([name or "" for name in groups])
    rows: list[dict[str, Any]] = []
    for name in sorted(set(names.tolist())):
        inside = names == name
        approved = float((points[inside] >= cut).mean())
        area = auc(-points[inside], bad[inside])
        rows.append(
            {
                "group": name or None,
                "count": int(inside.sum()),
                "bad_rate": round(float(bad[inside].mean()), 4),
                "approval_rate": round(approved, 4),
                "auc": None if np.isnan(area) else round(area, 4),
            }
        )
    best = max((row["approval_rate"] for row in rows if row["count"] >= _TELLING), default=0)
    for row in rows:
        is_telling = best > 0 and row["count"] >= _TELLING
        row["approval_ratio"] = round(row["approval_rate"] / best, 4) if is_telling else None
    return rows


_TELLING = 50
