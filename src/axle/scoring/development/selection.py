"""Which candidates become characteristics: informative, not repeating each other, each pulling its own way."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from axle.scoring.development.sample import Sample
from axle.scoring.domain.binning import CategoryBins, NumberBins, categories_bin, information, numbers_bin, weights
from axle.scoring.domain.logistic import logistic_fit
from axle.scoring.domain.measures import auc
from axle.scoring.domain.plan import Candidate, Plan
from axle.scoring.domain.sample_split import held_out
from axle.scoring.errors import NothingTellsGoodFromBad

Floats = NDArray[np.float64]
_BEYOND_CHANCE = 2.0
"""How many standard deviations of a candidate without any meaning an area has to lie above a half."""


@dataclass(frozen=True)
class Binned:
    """A candidate with its bins, found on the training rows, and the bin of every row of the sample."""

    candidate: Candidate
    kind: str
    bins: NumberBins | CategoryBins
    places: NDArray[np.int64]

    @property
    def weights(self) -> Floats:
        return weights(self.bins.good, self.bins.bad)

    @property
    def information(self) -> float:
        return information(self.bins.good, self.bins.bad)

    @property
    def column(self) -> Floats:
        """The weight of evidence of every row."""
        return self.weights[self.places]


@dataclass(frozen=True)
class Selection:
    """The chosen with their coefficients, and the dropped with the reason and the figure that it rests on."""

    chosen: tuple[Binned, ...]
    intercept: float
    coefficients: tuple[float, ...]
    dropped: tuple[dict[str, object], ...]


def candidates_bin(sample: Sample, plan: Plan) -> tuple[list[Binned], list[dict[str, object]]]:
    """Every candidate binned on the training rows; those that cannot be, with the reason."""
    train = ~sample.held
    binned, dropped = [], []
    for candidate in plan.candidates_of(list(sample.columns)):
        kind = sample.kind(candidate)
        if kind not in {"number", "category"}:
            dropped.append(_dropped(candidate.name, kind))
            continue
        binned.append(_binned(sample, candidate, kind, train))
    return binned, dropped


def _binned(sample: Sample, candidate: Candidate, kind: str, train: NDArray[np.bool_]) -> Binned:
    if kind == "number":
        numbers = sample.numbers(candidate.column)
        cut = numbers_bin(numbers[train], sample.bad[train], trend=candidate.trend)
        return Binned(candidate, kind, cut, cut.places(numbers))
    texts = sample.columns[candidate.column]
    grouped = categories_bin([texts[row] for row in np.flatnonzero(train)], sample.bad[train])
    return Binned(candidate, kind, grouped, grouped.places(texts))


def select(sample: Sample, plan: Plan) -> Selection:
    """Choose and fit. Errors: NothingTellsGoodFromBad."""
    binned, dropped = candidates_bin(sample, plan)
    train = ~sample.held
    halves = _halves(sample, train)
    kept: list[Binned] = []
    for one in sorted(binned, key=lambda one: (-one.information, one.candidate.name)):
        refusal = _refusal(one, kept, plan, train) or _chance(sample, one, halves)
        if refusal:
            dropped.append(refusal)
        else:
            kept.append(one)
    while kept:
        intercept, found = logistic_fit(np.column_stack([one.column[train] for one in kept]), 1 - sample.bad[train])
        worst = int(found.argmin())
        if found[worst] > 0:
            return Selection(tuple(kept), intercept, tuple(map(float, found)), tuple(dropped))
        dropped.append(_dropped(kept.pop(worst).candidate.name, "against_its_own_trend", float(found[worst])))
    raise NothingTellsGoodFromBad()


def _refusal(one: Binned, kept: list[Binned], plan: Plan, train: NDArray[np.bool_]) -> dict[str, object] | None:
    if one.information < plan.least_information or not one.column[train].std():
        return _dropped(one.candidate.name, "little_information", one.information)
    for other, likeness in _likenesses(one, kept, train):
        if likeness > plan.most_correlation:
            return _dropped(one.candidate.name, "repeats_another", likeness, other.candidate.name)
    return None


def _halves(sample: Sample, train: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    first = held_out(sample.keys, salt="halves", share=0.5)
    return train & first, train & ~first


def _chance(
    sample: Sample, one: Binned, halves: tuple[NDArray[np.bool_], NDArray[np.bool_]]
) -> dict[str, object] | None:
    """Refuse what holds only where it was found: bins of either half of the training rows must tell good from bad in
    the other half by more than chance."""
    risk = np.zeros(len(sample))
    for teach, other in (halves, halves[::-1]):
        found = _binned(sample, one.candidate, one.kind, teach)
        risk[other] = -found.column[other]
    rows = halves[0] | halves[1]
    bads = float(sample.bad[rows].sum())
    goods = float(rows.sum()) - bads
    area = auc(risk[rows], sample.bad[rows])
    spread = ((bads + goods + 1) / (12 * bads * goods)) ** 0.5
    return None if area > 0.5 + _BEYOND_CHANCE * spread else _dropped(one.candidate.name, "does_not_hold", area)


def _likenesses(one: Binned, kept: list[Binned], train: NDArray[np.bool_]) -> Iterator[tuple[Binned, float]]:
    for other in kept:
        yield other, float(abs(np.corrcoef(one.column[train], other.column[train])[0, 1]))


def _dropped(name: str, reason: str, figure: float | None = None, other: str = "") -> dict[str, object]:
    return {"name": name, "reason": reason, "figure": None if figure is None else round(figure, 4), "other": other}
