"""The development of one version: sample, selection, points table, challenger, report."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from axle.scoring.development import challenger
from axle.scoring.development.report import report_make
from axle.scoring.development.sample import sample_read
from axle.scoring.development.selection import Binned, Selection, select
from axle.scoring.domain.binning import CategoryBins, NumberBins
from axle.scoring.domain.card import Bin, Card, Characteristic
from axle.scoring.domain.plan import Plan
from axle.scoring.domain.score_scale import ScoreScale

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Development:
    """What a version is made of; ``challenger`` is a model file, or None without LightGBM."""

    card: Card
    report: dict[str, Any]
    challenger: bytes | None


def develop(content: bytes, plan: Plan, *, scale: ScoreScale | None = None) -> Development:
    """Develop a scorecard on a file.

    The same file and plan give the same points table. Errors: SampleRefused, NothingTellsGoodFromBad.
    """
    sample = sample_read(content, plan)
    selection = select(sample, plan)
    card = _card(selection, scale or ScoreScale())
    points = points_of(card, selection)
    rival = challenger.fit(sample, plan) if challenger.is_available() else None
    report = report_make(sample, plan, selection, card, points, rival)
    return Development(card, report, rival.model if rival else None)


def points_of(card: Card, selection: Selection) -> Floats:
    """The score of every row of the sample."""
    total = np.zeros(len(selection.chosen[0].places))
    for characteristic, one in zip(card.characteristics, selection.chosen, strict=True):
        total += np.array([part.points for part in characteristic.bins])[one.places]
    return total


def _card(selection: Selection, scale: ScoreScale) -> Card:
    count = len(selection.chosen)

    def points(weight: float) -> int:
        return scale.points(weight=weight, alpha=selection.intercept, characteristics=count)

    characteristics = tuple(
        _characteristic(one, coefficient, [points(coefficient * weight) for weight in one.weights])
        for one, coefficient in zip(selection.chosen, selection.coefficients, strict=True)
    )
    return Card(
        pdo=scale.pdo,
        base_score=scale.base_score,
        base_odds=scale.base_odds,
        intercept=round(selection.intercept, 8),
        characteristics=characteristics,
    )


def _characteristic(one: Binned, coefficient: float, points: list[int]) -> Characteristic:
    return Characteristic(
        name=one.candidate.name,
        zh=one.candidate.zh or one.candidate.column,
        en=one.candidate.en or one.candidate.column,
        kind="number" if one.kind == "number" else "category",
        reason_code=one.candidate.reason_code,
        coefficient=round(coefficient, 8),
        information=round(one.information, 4),
        bins=tuple(
            Bin(
                **where,
                good=int(one.bins.good[no]),
                bad=int(one.bins.bad[no]),
                weight=round(float(one.weights[no]), 6),
                points=points[no],
            )
            for no, where in enumerate(_places(one.bins))
        ),
    )


def _places(bins: NumberBins | CategoryBins) -> list[dict[str, Any]]:
    """What each bin holds, the missing last."""
    if isinstance(bins, NumberBins):
        bounds = [None, *map(float, bins.bounds), None]
        known: list[dict[str, Any]] = [{"lower": low, "upper": high} for low, high in pairwise(bounds)]
    else:
        known = [{"values": values, "is_other": no == bins.other} for no, values in enumerate(bins.values)]
    return [*known, {"is_missing": True}]
