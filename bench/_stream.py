"""A stream of applications with planted frauds; what each of them really is, is told apart from it.

The same seed gives the same stream. Honest people come in the proportions of the real loans, but for thin files: half
of that set has no history, and no lender here sees so many. Families are honest people who look a little like rings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from _applicants import Case, NewCar, applicant, new_cars, papers_photograph
from _frauds import SINGLE, family, is_listed_by_id, ring
from _real_rows import CarRow, LoanRow, car_rows, loan_rows

SEED = 20261128
THIN, FRAUDS, RINGS, FAMILIES = 0.15, 0.05, 0.01, 0.01
"""Shares of applications: thin files; frauds of one application; of rings; of families."""
RING, RING_SPREAD = 5, 1 / 3
HONEST, RING_KIND = "honest", "ring"
_USED = 0.3
_NEAR = 12
"""A new car is one of so many around the place that the row's car has among cheap and dear ones."""


@dataclass(frozen=True)
class Label:
    """What an application really is. ``has_defaulted`` and ``has_arrears`` are those of the real loan behind it."""

    kind: str
    is_thin: bool
    has_defaulted: bool
    has_arrears: bool

    @property
    def is_fraud(self) -> bool:
        return self.kind != HONEST

    @property
    def is_good(self) -> bool:
        """An honest person without arrears who paid: whoever is declined of these is declined wrongly."""
        return not self.is_fraud and not self.has_defaulted and not self.has_arrears


@dataclass(frozen=True)
class Stream:
    """The applications in the order in which they come, and apart from them what they are, by number."""

    cases: list[Case]
    labels: Mapping[int, Label]
    listed_ids: list[str]


class Rows:
    """The real rows, drawn one after the other in an order of the seed."""

    def __init__(self, data: Path, catalogue: Path, seed: int) -> None:
        order = Random(f"{seed}:rows")
        loans, self.used = loan_rows(data), car_rows(data)
        self.thin = [row for row in loans if not row.has_history]
        self.known = [row for row in loans if row.has_history]
        self.new = new_cars(catalogue)
        for rows in (self.thin, self.known, self.used):
            order.shuffle(rows)  # type: ignore[arg-type]

    def loan(self, draw: Random, number: int) -> LoanRow:
        rows = self.thin if draw.random() < THIN else self.known
        return rows[number % len(rows)]

    def car(self, draw: Random, number: int, row: LoanRow) -> NewCar | CarRow:
        if draw.random() < _USED:
            return self.used[number % len(self.used)]
        place = round(row.cost_rank * len(self.new)) + draw.randint(-_NEAR, _NEAR)
        return self.new[min(max(place, 0), len(self.new) - 1)]


def stream(size: int, *, data: Path, catalogue: Path, on: date, seed: int = SEED) -> Stream:
    """So many applications from a day on, made from the sets of a folder and the catalogue of cars."""
    rows = Rows(data, catalogue, seed)
    cases, labels = [], {}
    for number in range(size):
        draw = Random(f"{seed}:{number}")
        row = rows.loan(draw, number)
        cases.append(applicant(draw, number, row, rows.car(draw, number, row), on=on))
        labels[number] = Label(HONEST, not row.has_history, row.has_defaulted, row.has_arrears)
    _plant(cases, labels, on, seed)
    for case in cases:
        papers_photograph(Random(f"{seed}:papers:{case.number}"), case)
    marked = [case for case in cases if labels[case.number].kind == "black list"]
    return Stream(cases, labels, [case.customer["id_no"] for case in marked if is_listed_by_id(case)])


def _plant(cases: list[Case], labels: dict[int, Label], on: date, seed: int) -> None:
    size, draw = len(cases), Random(f"{seed}:frauds")
    free = list(range(size))
    draw.shuffle(free)
    taken: set[int] = set()
    near = max(round(size * RING_SPREAD), RING * 3)
    for _ in range(max(round(size * RINGS / RING), 1)):
        members = _group(draw, size, taken, RING, near)
        ring(draw, [cases[number] for number in members], on)
        _mark(labels, members, RING_KIND)
    for _ in range(round(size * FAMILIES / 2)):
        members = _group(draw, size, taken, 3 if draw.random() < 0.1 else 2, near)
        family(draw, [cases[number] for number in members], on)
    singles = [number for number in free if number not in taken][: round(size * FRAUDS)]
    for place, number in enumerate(singles):
        kind = list(SINGLE)[place % len(SINGLE)]
        SINGLE[kind](draw, cases[number], on)
        _mark(labels, [number], kind)


def _group(draw: Random, size: int, taken: set[int], people: int, near: int) -> list[int]:
    """Applications that nobody took yet, within so many of each other, in their order."""
    first = draw.randrange(size)
    around = [number % size for number in range(first, first + near) if number % size not in taken]
    members = sorted(draw.sample(around, min(people, len(around))))
    taken.update(members)
    return members


def _mark(labels: dict[int, Label], numbers: list[int], kind: str) -> None:
    for number in numbers:
        was = labels[number]
        labels[number] = Label(kind, was.is_thin, was.has_defaulted, was.has_arrears)
