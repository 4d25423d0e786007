"""Scorecards and prices on real data: how well ours tell good from bad and what a car is worth, beside others' figures.

Reads data sets of a folder outside the repository (AXLE_DATA), whose licences do not let them be kept here.
Default risk: the points table that ``./axle scorecard fit`` would make and the LightGBM challenger, on rows held out by
a hash of the row's key, and the mean over several such splits, because one split of some thousand rows moves an AUC by
two points. Prices: three LightGBM quantiles of the used-car model, on rows held out by key and by time.

``baseline`` figures are those of the folder's ``baselines.json`` (other hold-out rows, so alike but not the same),
``published`` those that others told on the full data. Nothing was tuned on held-out rows.
"""

import json
import os
import tomllib
from pathlib import Path
from time import perf_counter
from typing import Any

import _prices as prices
import numpy as np

from axle.config.cli.measure import machine
from axle.config.runtime.failures import SetupFailed
from axle.scoring.development import challenger
from axle.scoring.development.develop import develop
from axle.scoring.domain.plan import Plan, plan_parse

SPLITS = ("axle", "second", "third", "fourth", "fifth")
_PLANS = Path(__file__).parent / "plans"

_LOANS = ("lt_vehicle_loan/lt_subset_11279.csv", "lt_subset_employment_known(10316 rows; use this one)")
_DEFAULTS = (
    ("vehicle_loans", *_LOANS),
    ("vehicle_loans_every_column", *_LOANS),
    ("credit_cards", "uci_credit_card_default/UCI_Credit_Card.csv", "uci_taiwan"),
)
_ON_ALL_LOANS = "full data: AUC 0.6678 the 34th of 1342, 0.6442 CatBoost, 0.60 logistic"
_PUBLISHED = {
    "vehicle_loans": _ON_ALL_LOANS,
    "vehicle_loans_every_column": _ON_ALL_LOANS,
    "credit_cards": "AUC about 0.78 LightGBM or XGBoost",
}


def run(size: int = len(SPLITS)) -> dict[str, Any]:
    """Develop on every set and split; ``size`` is the number of splits."""
    data = _folder()
    baselines = json.loads((data / "baselines.json").read_text(encoding="utf-8"))
    risk = [_risk(data, *names, baselines, SPLITS[:size]) for names in _DEFAULTS]
    return machine("numpy", "lightgbm") | {"default_risk": risk, "used_car_prices": _prices(data, baselines)}


def _prices(data: Path, baselines: dict[str, Any]) -> list[dict[str, Any]]:
    """The price model on three hold-outs, each with the figures of the folder beside it; nothing without LightGBM."""
    if not challenger.is_available():
        return []
    cars = prices.mathorcup(data / "used_car_cn/mathorcup2021/a1_valuation_train.tsv")
    listed = prices.guazi(data / "used_car_cn/guazi/guazi_19320_raw.csv")
    rows = [
        (prices.measured("mathorcup, by key", cars, prices.hash_rows(cars), 900), "mathorcup_price_hash"),
        (prices.measured("mathorcup, by time", cars, prices.time_rows(cars), 900), "mathorcup_price_time"),
        (prices.measured("guazi, by car", listed, prices.hash_rows(listed), 400), "guazi_listing_price"),
    ]
    return [figures | _beside(baselines, start) for figures, start in rows]


def _beside(baselines: dict[str, Any], start: str) -> dict[str, Any]:
    theirs = next(figures for name, figures in baselines.items() if name.startswith(start))
    return {f"baseline_{name}": theirs.get(name) for name in ("mape", "median_ape", "acc5", "contest_score")}


def _folder() -> Path:
    folder = Path(os.environ.get("AXLE_DATA", ""))
    if not (folder / "baselines.json").is_file():
        raise SetupFailed("name the folder of the data sets with AXLE_DATA; bench/README.md tells which")
    return folder


def _risk(data: Path, name: str, path: str, baseline: str, baselines: Any, splits: tuple[str, ...]) -> dict[str, Any]:
    content = (data / path).read_bytes()
    plan = plan_parse(tomllib.loads((_PLANS / f"{name}.toml").read_text(encoding="utf-8")))
    begun = perf_counter()
    reports = [develop(content, _split(plan, salt)).report for salt in splits]
    seconds = (perf_counter() - begun) / len(splits)
    first, theirs = reports[0], baselines[baseline]
    rival = first["challenger"] is not None
    return {
        "set": name,
        "splits": len(splits),
        "rows": first["sample"]["rows"],
        "held_out": first["sample"]["holdout"],
        "bad_rate": first["sample"]["bad_rate"],
        "scorecard_auc": first["holdout"]["auc"],
        "scorecard_ks": first["holdout"]["ks"],
        "scorecard_mean_auc": _mean(reports, "holdout", "auc"),
        "scorecard_auc_spread": _spread(reports, "holdout", "auc"),
        "scorecard_mean_ks": _mean(reports, "holdout", "ks"),
        "baseline_binned_logit_auc": theirs["binned_logit_auc"],
        "brier": first["holdout"]["brier"],
        "psi": first["stability"]["score"],
        "challenger_auc": first["challenger"]["holdout"]["auc"] if rival else None,
        "challenger_ks": first["challenger"]["holdout"]["ks"] if rival else None,
        "challenger_mean_auc": _mean([report["challenger"] for report in reports], "holdout", "auc") if rival else None,
        "baseline_lightgbm_auc": theirs["lightgbm_auc"],
        "baseline_lightgbm_ks": theirs["lightgbm_ks"],
        "published": _PUBLISHED[name],
        "seconds_a_development": round(seconds, 2),
    }


def _split(plan: Plan, salt: str) -> Plan:
    return plan.model_copy(update={"salt": salt})


def _mean(reports: list[Any], side: str, figure: str) -> float:
    return round(float(np.mean([report[side][figure] for report in reports])), 4)


def _spread(reports: list[Any], side: str, figure: str) -> float:
    return round(float(np.std([report[side][figure] for report in reports])), 4)
