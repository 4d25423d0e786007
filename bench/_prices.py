"""The used-car price model: three quantiles of a price by boosted trees, and how near they come.

What is learned is ln(price / new price): a ratio that ages alike for cheap and dear cars. Cars of few sales borrow from
their series and brand by means that are taken out of fold, so that no car sees its own price.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from axle.scoring.domain.sample_split import held_out

QUANTILES = (0.1, 0.5, 0.9)
TIME_CUT = date(2021, 4, 1)
"""The last two months of the file."""
_FOLDS = 5
_SHRINK = 8.0
"""So many cars at the mean of all weigh as much as what a group's own cars say."""
_COLUMNS = [
    "carid",
    "tradeTime",
    "brand",
    "serial",
    "model",
    "mileage",
    "color",
    "cityId",
    "carCode",
    "transferCount",
    "seatings",
    "registerDate",
    "licenseDate",
    "country",
    "maketype",
    "modelyear",
    "displacement",
    "gearbox",
    "oiltype",
    "newprice",
] + [f"anonymous{no}" for no in range(1, 16)]
_NUMBERS = [
    "mileage",
    "transferCount",
    "seatings",
    "modelyear",
    "displacement",
    "anonymous2",
    "anonymous3",
    "anonymous5",
    "anonymous6",
    "anonymous8",
    "anonymous9",
    "anonymous10",
    "anonymous14",
    "color",
    "cityId",
    "carCode",
    "country",
    "maketype",
    "gearbox",
    "oiltype",
]
_YEAR = re.compile(r"\d{4}款")
_GROUPS = ("brand", "serial", "model")
_PARAMETERS = {
    "objective": "quantile",
    "learning_rate": 0.1,
    "num_leaves": 63,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "seed": 17,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}


@dataclass(frozen=True)
class Cars:
    """Cars with what is known of them; prices in ten thousand yuan."""

    keys: list[str]
    traded: np.ndarray
    groups: dict[str, np.ndarray]
    numbers: np.ndarray
    new_price: np.ndarray
    price: np.ndarray
    age_years: np.ndarray
    left_out: int


def mathorcup(path: Path) -> Cars:
    """The cars of the contest's training file; those whose price is over three times a new one's are errors."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [dict(zip([*_COLUMNS, "price"], row, strict=True)) for row in csv.reader(file, delimiter="\t")]
    whole = [row for row in rows if float(row["price"]) < 3 * float(row["newprice"])]
    traded = np.array([date.fromisoformat(row["tradeTime"]) for row in whole])
    dates = np.column_stack([[_days(row, name) for row in whole] for name in ("registerDate", "licenseDate")])
    on = np.array([day.toordinal() for day in traded], dtype=float)
    ages = on[:, None] - dates
    new_price = np.array([float(row["newprice"]) for row in whole])
    told = np.array([[_number(row[name]) for name in _NUMBERS] for row in whole])
    mileage = told[:, _NUMBERS.index("mileage")]
    numbers = np.column_stack([told, ages, np.log(new_price), mileage / np.maximum(ages[:, 1], 90) * 365, on])
    return Cars(
        keys=[row["carid"] for row in whole],
        traded=traded,
        groups={name: np.array([row[name] for row in whole]) for name in _GROUPS},
        numbers=numbers,
        new_price=new_price,
        price=np.array([float(row["price"]) for row in whole]),
        age_years=ages[:, 1] / 365.25,
        left_out=len(rows) - len(whole),
    )


def guazi(path: Path) -> Cars:
    """Listings, each car once: the same car is offered in several cities."""
    kept: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows:
        if _number(row[1].rstrip("万")) > 0 and _number(row[2].rstrip("万")) > 0:
            kept.setdefault(f"{row[0]}|{row[4]}", row)
    cars = list(kept.values())
    new_price, price = (np.array([_number(row[no].rstrip("万")) for row in cars]) for no in (1, 2))
    age = 2021 - np.array([_number(row[3].rstrip("年")) for row in cars])
    mileage = np.array([_number(row[4].replace("万公里", "")) for row in cars])
    size = np.array([_number(row[5].rstrip("TL")) for row in cars])
    turbo = np.array([float("T" in row[5]) for row in cars])
    faults = np.array([sum(int(part.split("处")[0]) for part in _faults(row[7])) for row in cars], dtype=float)
    manual = np.array([float(row[6] == "手动") for row in cars])
    name = np.array([row[0] for row in cars])
    return Cars(
        keys=list(kept),
        traded=np.array([TIME_CUT] * len(cars)),
        groups={"series": np.array([_YEAR.split(one)[0].strip() for one in name]), "trim": name},
        numbers=np.column_stack([age, mileage, size, turbo, faults, manual, np.log(new_price)]),
        new_price=new_price,
        price=price,
        age_years=age.astype(float),
        left_out=len(rows) - len(cars),
    )


def hash_rows(cars: Cars) -> np.ndarray:
    """The rows held out by the cars' own keys."""
    return held_out(cars.keys)


def time_rows(cars: Cars) -> np.ndarray:
    """The rows held out because they were sold later than all that is learned from."""
    return np.array([day >= TIME_CUT for day in cars.traded])


def measured(name: str, cars: Cars, held: np.ndarray, rounds: int) -> dict[str, Any]:
    """Fit the quantiles on the other rows and tell how near they come on those held out."""
    low, middle, high = _predicted(cars, held, rounds)
    price, guess = cars.price[held], np.exp(middle) * cars.new_price[held]
    off = np.abs(guess - price) / price
    naive = np.abs(cars.new_price[held] * np.exp(-0.13 * cars.age_years[held]) - price) / price
    bottom, top = (np.exp(side) * cars.new_price[held] for side in (low, high))
    accurate = float((off <= 0.05).mean())
    return {
        "set": name,
        "trained": int((~held).sum()),
        "held_out": int(held.sum()),
        "mae_wan": round(float(np.abs(guess - price).mean()), 3),
        "mape": round(float(off.mean()), 4),
        "median_ape": round(float(np.median(off)), 4),
        "acc5": round(accurate, 4),
        "contest_score": round(0.2 * (1 - float(off.mean())) + 0.8 * accurate, 4),
        "below_q10": round(float((price < bottom).mean()), 4),
        "above_q90": round(float((price > top).mean()), 4),
        "naive_median_ape": round(float(np.median(naive)), 4),
        "left_out": cars.left_out,
    }


def _predicted(cars: Cars, held: np.ndarray, rounds: int) -> list[np.ndarray]:
    lightgbm = import_module("lightgbm")
    target = np.log(cars.price / cars.new_price)
    matrix = np.column_stack([cars.numbers, *(_means(cars, name, target, held) for name in cars.groups)])
    found = []
    for quantile in QUANTILES:
        data = lightgbm.Dataset(matrix[~held], target[~held])
        booster = lightgbm.train(_PARAMETERS | {"alpha": quantile}, data, rounds)
        found.append(np.asarray(booster.predict(matrix[held]), dtype=float))
    return [np.sort(np.column_stack(found), axis=1)[:, no] for no in range(len(QUANTILES))]


def _means(cars: Cars, name: str, target: np.ndarray, held: np.ndarray) -> np.ndarray:
    """Mean of what a group's other cars brought beyond the course of their age, and how many they are."""
    train = ~held
    course = np.polyfit(cars.age_years[train], target[train], 3)
    beyond = target - np.polyval(course, cars.age_years)
    _, place = np.unique(cars.groups[name], return_inverse=True)
    folds = np.array([int.from_bytes(key.encode()[-4:].rjust(4, b"0"), "big") % _FOLDS for key in cars.keys])
    means, counts = np.zeros(len(target)), np.zeros(len(target))
    for fold in range(_FOLDS + 1):  # the last: what the held-out rows see
        teach = train if fold == _FOLDS else train & (folds != fold)
        ask = held if fold == _FOLDS else train & (folds == fold)
        sums = np.bincount(place[teach], weights=beyond[teach], minlength=place.max() + 1)
        cases = np.bincount(place[teach], minlength=place.max() + 1)
        means[ask] = (sums / (cases + _SHRINK))[place[ask]]
        counts[ask] = cases[place[ask]]
    return np.column_stack([means, np.log1p(counts)])


def _faults(text: str) -> list[str]:
    return [part for part in text.strip("[]").replace("'", "").split(", ") if "处" in part]


def _days(row: dict[str, str], name: str) -> float:
    try:
        return float(date.fromisoformat(row[name]).toordinal())
    except ValueError:
        return float("nan")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")
