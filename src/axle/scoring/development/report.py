"""The development report: everything that the two who sign a version have to see, as data."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from axle.scoring.development.challenger import Rival
from axle.scoring.development.sample import Sample
from axle.scoring.development.selection import Selection
from axle.scoring.domain.card import Card
from axle.scoring.domain.measures import (
    band_counts,
    bands,
    brier,
    calibration,
    curve,
    fairness,
    psi,
    separation,
)
from axle.scoring.domain.plan import Plan
from axle.scoring.domain.sample_split import rule

Floats = NDArray[np.float64]


def report_make(
    sample: Sample, plan: Plan, selection: Selection, card: Card, points: Floats, rival: Rival | None
) -> dict[str, Any]:
    """Sample, measures on both sides of the split, calibration, stability, fairness, challenger."""
    train, held = ~sample.held, sample.held
    rate = np.array([float(card.default_rate(int(one))) for one in points])
    bounds = bands(points[train])
    cut = int(np.quantile(points[train], 1 - plan.approval_share, method="lower"))
    return {
        "sample": _sample(sample, plan),
        "train": _measures(points[train], rate[train], sample.bad[train]),
        "holdout": _measures(points[held], rate[held], sample.bad[held]),
        "stability": {
            "score": round(psi(band_counts(points[train], bounds), band_counts(points[held], bounds)), 4),
            "characteristics": _stability(selection, train, held),
        },
        "bands": calibration(points[held], rate[held], sample.bad[held], bounds),
        "development_bands": [int(count) for count in band_counts(points[train], bounds)],
        "curve": curve(-points[held], sample.bad[held]),
        "cut": cut,
        "fairness": [
            {
                "column": group.column,
                "zh": group.zh or group.column,
                "en": group.en or group.column,
                "rows": fairness(points[held], sample.bad[held], _held_groups(sample, group), cut),
            }
            for group in plan.groups
        ],
        "dropped": list(selection.dropped),
        "challenger": rival.report if rival else None,
    }


def _sample(sample: Sample, plan: Plan) -> dict[str, Any]:
    return {
        "file_sha256": sample.file_sha256,
        "target": plan.target,
        "key": plan.key or "whole row",
        "split": rule(plan.salt),
        "rows": len(sample),
        "left_out": sample.left_out,
        "repeated_keys": sample.repeated_keys,
        "train": int((~sample.held).sum()),
        "holdout": int(sample.held.sum()),
        "bad_rate": round(float(sample.bad.mean()), 4),
        "train_bad_rate": round(float(sample.bad[~sample.held].mean()), 4),
        "holdout_bad_rate": round(float(sample.bad[sample.held].mean()), 4),
    }


def _measures(points: Floats, rate: Floats, bad: Floats) -> dict[str, float]:
    return separation(-points, bad) | {
        "brier": round(brier(rate, bad), 4),
        "predicted": round(float(rate.mean()), 4),
        "observed": round(float(bad.mean()), 4),
    }


def _stability(selection: Selection, train: NDArray[np.bool_], held: NDArray[np.bool_]) -> dict[str, float]:
    found = {}
    for one in selection.chosen:
        count = len(one.bins.good)
        before, after = (np.bincount(one.places[rows], minlength=count).astype(float) for rows in (train, held))
        found[one.candidate.name] = round(psi(before, after), 4)
    return found


def _held_groups(sample: Sample, group: Any) -> list[str | None]:
    names = sample.groups(group)
    return [names[row] for row in np.flatnonzero(sample.held)]
