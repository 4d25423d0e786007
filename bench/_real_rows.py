"""Rows of real sets that applications are made from: vehicle loans with their bureau columns, used cars with prices.

The loans are rupees for two- and three-wheelers, so they are taken by rank or as shares, never by amount.
"""

import csv
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

LOANS = "lt_vehicle_loan/lt_subset_11279.csv"
CARS = "used_car_cn/mathorcup2021/a1_valuation_train.tsv"
_SCORED_FROM = 300
"""Lower numbers say why nobody was scored."""
_CAR_AGES, _CAR_PRICES, _CAR_KM = range(12, 85), range(30_000, 400_001), range(1_000, 180_001)


@dataclass(frozen=True)
class LoanRow:
    """A loan as the lender knew it when it was asked for, and whether its first instalment was paid. ``cost_rank`` and
    ``score_rank`` are places among all rows, from 0 to 1; ``score_rank`` is None where the bureau gave no score."""

    cost_rank: float
    ltv: float
    age: int
    is_salaried: bool
    accounts: int
    active: int
    overdue: int
    balance: int
    due: int
    opened_6m: int
    late_6m: int
    searches: int
    score_rank: float | None
    has_defaulted: bool

    @property
    def has_history(self) -> bool:
        return self.accounts > 0

    @property
    def has_arrears(self) -> bool:
        return self.overdue > 0 or self.late_6m > 0


@dataclass(frozen=True)
class CarRow:
    """A used car that was priced in a shop; amounts in yuan. The set does not say what its codes of fuels mean."""

    brand: str
    series: str
    model: str
    model_year: int
    new_price: int
    price: int
    months: int
    mileage_km: int
    transfers: int


def loan_rows(data: Path) -> list[LoanRow]:
    """The loans of people whose employment is known: the others were altered by the author of the subset."""
    with (data / LOANS).open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["Employment.Type"]]
    costs = sorted(float(row["asset_cost"]) for row in rows)
    scores = sorted(score for row in rows if (score := float(row["PERFORM_CNS.SCORE"])) >= _SCORED_FROM)
    return [_loan(row, costs, scores) for row in rows]


def car_rows(data: Path) -> list[CarRow]:
    """The cars of one to seven years and of an ordinary price and mileage."""
    with (data / CARS).open(encoding="utf-8") as file:
        return list(_cars(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)))


def _loan(row: dict[str, str], costs: Sequence[float], scores: Sequence[float]) -> LoanRow:
    def number(name: str) -> int:
        return max(0, int(float(row[name])))

    score = float(row["PERFORM_CNS.SCORE"])
    return LoanRow(
        cost_rank=bisect_left(costs, float(row["asset_cost"])) / len(costs),
        ltv=float(row["ltv"]) / 100,
        age=number("age"),
        is_salaried=row["Employment.Type"] == "Salaried",
        accounts=number("PRI.NO.OF.ACCTS"),
        active=number("PRI.ACTIVE.ACCTS"),
        overdue=number("PRI.OVERDUE.ACCTS"),
        balance=number("PRI.CURRENT.BALANCE"),
        due=number("PRIMARY.INSTAL.AMT"),
        opened_6m=number("NEW.ACCTS.IN.LAST.SIX.MONTHS"),
        late_6m=number("DELINQUENT.ACCTS.IN.LAST.SIX.MONTHS"),
        searches=number("NO.OF_INQUIRIES"),
        score_rank=bisect_left(scores, score) / len(scores) if score >= _SCORED_FROM else None,
        has_defaulted=row["loan_default"] == "1",
    )


def _cars(rows: Iterator[list[str]]) -> Iterator[CarRow]:
    for row in rows:
        try:
            sold, licensed = date.fromisoformat(row[1]), date.fromisoformat(row[12])
            new_price, price = round(float(row[19]) * 10_000), round(float(row[35]) * 10_000)
            mileage_km, transfers = round(float(row[5]) * 10_000), int(row[9] or 0)
        except ValueError:
            continue  # a car of which something is not known
        months = (sold.year - licensed.year) * 12 + sold.month - licensed.month
        if months in _CAR_AGES and price in _CAR_PRICES and mileage_km in _CAR_KM and price < new_price:
            year = int(float(row[15] or licensed.year))
            yield CarRow(row[2], row[3], row[4], year, new_price, price, months, mileage_km, transfers)
