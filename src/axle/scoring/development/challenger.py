"""The challenger: boosted trees beside the scorecard, kept as a file, with contributions as reason codes.

LightGBM is an optional package (group ``models``). Without it scorecards are developed and scored all the same.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from axle.scoring.development.sample import Sample
from axle.scoring.domain.card import CaseUnscorable
from axle.scoring.domain.measures import brier, separation
from axle.scoring.domain.plan import Candidate, Plan
from axle.scoring.domain.sample_split import held_out
from axle.scoring.errors import ChallengerUnavailable

Floats = NDArray[np.float64]
_ROUNDS, _PATIENCE = 600, 40
_PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "metric": "auc",
    "learning_rate": 0.04,
    "num_leaves": 15,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.8,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": 17,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}


@dataclass(frozen=True)
class Rival:
    """A fitted challenger: its file, its risk for every row, and what its report says."""

    model: bytes
    risk: Floats
    report: dict[str, Any]


@cache
def _lightgbm() -> Any:
    try:
        return import_module("lightgbm")
    except (ImportError, OSError):  # not installed, or the machine has no OpenMP
        return None


def is_available() -> bool:
    """Whether LightGBM can be used here."""
    return _lightgbm() is not None


def fit(sample: Sample, plan: Plan) -> Rival:
    """Fit on the training rows; a tenth of them, split off by key, says when to stop."""
    told = (_feature(sample, one) for one in plan.candidates_of(list(sample.columns)))
    features = [feature for feature in told if feature]
    matrix = np.column_stack([_column(feature, sample.columns[feature["column"]]) for feature in features])
    booster = _boosted(matrix, sample, features)
    risk = np.asarray(booster.predict(matrix), dtype=float)
    model = json.dumps({"features": features, "booster": booster.model_to_string()}, ensure_ascii=False).encode()
    return Rival(model, risk, _report(booster, features, risk, sample))


def _boosted(matrix: Floats, sample: Sample, features: list[dict[str, Any]]) -> Any:
    lightgbm = _lightgbm()
    rows = np.flatnonzero(~sample.held)
    checks = held_out([sample.keys[row] for row in rows], salt="early stop", share=0.1)
    categories = [no for no, feature in enumerate(features) if feature["codes"]]
    teach, check = rows[~checks], rows[checks]
    data = lightgbm.Dataset(matrix[teach], sample.bad[teach], categorical_feature=categories, free_raw_data=False)
    watched = lightgbm.Dataset(matrix[check], sample.bad[check], reference=data, free_raw_data=False)
    stop = lightgbm.early_stopping(_PATIENCE, verbose=False)
    return lightgbm.train(_PARAMETERS, data, _ROUNDS, valid_sets=[watched], callbacks=[stop])


def _report(booster: Any, features: list[dict[str, Any]], risk: Floats, sample: Sample) -> dict[str, Any]:
    gains = booster.feature_importance("gain")
    order = np.argsort(-gains, kind="stable")[:15]
    total = max(float(gains.sum()), 1e-9)
    sides = {"train": ~sample.held, "holdout": sample.held}
    return {
        "library": f"lightgbm {_lightgbm().__version__}",
        "trees": int(booster.num_trees()),
        **{
            side: separation(risk[rows], sample.bad[rows]) | {"brier": round(brier(risk[rows], sample.bad[rows]), 4)}
            for side, rows in sides.items()
        },
        "gains": [
            {"name": features[no]["name"], "share": round(float(gains[no]) / total, 4)} for no in order if gains[no]
        ],
    }


def _feature(sample: Sample, candidate: Candidate) -> dict[str, Any] | None:
    kind = sample.kind(candidate)
    if kind not in {"number", "category"}:
        return None
    texts = sample.columns[candidate.column]
    known = sorted({texts[row] for row in np.flatnonzero(~sample.held)} - {None}) if kind == "category" else []  # type: ignore[type-var]
    codes = {value: no for no, value in enumerate(known)}
    fields = {"name": candidate.name, "column": candidate.column, "reason_code": candidate.reason_code}
    return {**fields, "codes": codes}


def _column(feature: Mapping[str, Any], texts: list[str | None]) -> Floats:
    return np.array([_coded(feature, text) for text in texts])


def _coded(feature: Mapping[str, Any], value: Any) -> float:
    if value is None:
        return float("nan")
    if feature["codes"]:
        return float(feature["codes"].get(str(value), float("nan")))
    try:
        return float(value)
    except (TypeError, ValueError):
        raise CaseUnscorable(feature["name"], "not_a_number") from None


@dataclass(frozen=True)
class Opinion:
    """What the challenger says of one case: its probability of default, and reasons in the order of their weight."""

    default_rate: float
    contributions: tuple[tuple[str, float], ...]
    reason_codes: tuple[str, ...]


def opinion(model: bytes, case: Mapping[str, Any], *, most: int = 4) -> Opinion:
    """Ask a stored challenger about one case; what the case does not say is missing.

    Errors: ChallengerUnavailable, CaseUnscorable.
    """
    features, booster = _loaded(model)
    row = np.array([[_coded(feature, case.get(feature["name"])) for feature in features]])
    parts = np.asarray(booster.predict(row, pred_contrib=True))[0]
    shares = sorted(zip(features, parts[:-1], strict=True), key=lambda pair: -pair[1])
    raising = [feature for feature, part in shares if part > 0]
    return Opinion(
        default_rate=float(1 / (1 + np.exp(-parts.sum()))),
        contributions=tuple((feature["name"], round(float(part), 6)) for feature, part in shares),
        reason_codes=tuple(dict.fromkeys(feature["reason_code"] for feature in raising))[:most],
    )


def _loaded(model: bytes) -> tuple[list[dict[str, Any]], Any]:
    if not is_available():
        raise ChallengerUnavailable()
    kept = json.loads(model)
    return kept["features"], _lightgbm().Booster(model_str=kept["booster"])
