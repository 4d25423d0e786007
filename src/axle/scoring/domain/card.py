"""The points table of a scorecard, and the score of one case by it."""

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from axle.scoring.domain.score_scale import ScoreScale

Value = float | str | None


class CaseUnscorable(Exception):
    """A case that does not say what the table needs; ``name`` is the characteristic, ``reason`` what is wrong."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason = name, reason


class Bin(BaseModel):
    """One bin: numbers from ``lower`` up to, not including, ``upper``; or ``values``; or missing.

    ``is_other`` marks the bin of values that development did not see. ``good`` and ``bad`` count the training cases.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    lower: float | None = None
    upper: float | None = None
    values: tuple[str, ...] = ()
    is_missing: bool = False
    is_other: bool = False
    good: int
    bad: int
    weight: float
    points: int

    def holds(self, value: Value) -> bool:
        """Whether a value falls into the bin; what nobody saw before falls into none."""
        if value is None or self.is_missing:
            return value is None and self.is_missing
        if isinstance(value, str):
            return value in self.values
        return (self.lower is None or self.lower <= value) and (self.upper is None or value < self.upper)


class Characteristic(BaseModel):
    """What a case is asked for, and how many points each answer brings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    zh: str
    en: str
    kind: Literal["number", "category"]
    reason_code: str
    coefficient: float
    information: float
    bins: tuple[Bin, ...]

    @model_validator(mode="after")
    def _takes_every_value(self) -> Self:
        if sum(one.is_missing for one in self.bins) != 1:
            raise ValueError(f"{self.name}: exactly one bin is for missing values")
        known = [one for one in self.bins if not one.is_missing]
        if self.kind == "category":
            if sum(one.is_other for one in known) != 1:
                raise ValueError(f"{self.name}: exactly one bin is for values not seen before")
        elif not known or [one.lower for one in known] + [None] != [None] + [one.upper for one in known]:
            raise ValueError(f"{self.name}: the bins of numbers must follow each other without a gap")
        return self

    @property
    def best(self) -> int:
        return max(one.points for one in self.bins)

    def bin_no(self, value: Value) -> int:
        """The place of the bin that a value falls into."""
        found = next((no for no, one in enumerate(self.bins) if one.holds(value)), None)
        return next(no for no, one in enumerate(self.bins) if one.is_other) if found is None else found

    def read(self, given: Any) -> Value:
        """A value as the table takes it. Errors: CaseUnscorable."""
        if given is None:
            return None
        if self.kind == "category":
            if isinstance(given, str | bool | int):
                return _category(given)
            raise CaseUnscorable(self.name, "not_a_category")
        if isinstance(given, bool) or not isinstance(given, int | float | Decimal | str):
            raise CaseUnscorable(self.name, "not_a_number")
        try:
            number = float(given)
        except ValueError:
            raise CaseUnscorable(self.name, "not_a_number") from None
        if not math.isfinite(number):
            raise CaseUnscorable(self.name, "not_a_number")
        return number


def _category(given: str | bool | int) -> str | None:
    return (str(given).lower() if isinstance(given, bool) else str(given).strip()) or None


class Contribution(BaseModel):
    """What one characteristic brought; ``lost`` is how far it stays behind its best bin."""

    model_config = ConfigDict(frozen=True)

    name: str
    value: Value
    bin_no: int
    points: int
    lost: int
    reason_code: str


class Scored(BaseModel):
    """A score with the probability of default that its scale gives it, and where it comes from."""

    model_config = ConfigDict(frozen=True)

    points: int
    default_rate: Decimal
    contributions: tuple[Contribution, ...]

    def reason_codes(self, most: int = 4) -> tuple[str, ...]:
        """Reasons in the order of the points lost, each once."""
        behind = sorted((one for one in self.contributions if one.lost > 0), key=lambda one: (-one.lost, one.name))
        return tuple(dict.fromkeys(one.reason_code for one in behind))[:most]


class Card(BaseModel):
    """A points table. ``intercept`` is what the fit found, kept so that the points can be derived again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pdo: float
    base_score: float
    base_odds: float
    intercept: float
    characteristics: tuple[Characteristic, ...]

    @model_validator(mode="after")
    def _has_characteristics(self) -> Self:
        names = [one.name for one in self.characteristics]
        if not names or len(set(names)) < len(names):
            raise ValueError("a points table has characteristics, each once")
        return self

    @property
    def scale(self) -> ScoreScale:
        return ScoreScale(self.pdo, self.base_score, self.base_odds)

    def score(self, case: Mapping[str, Any]) -> Scored:
        """Score one case; names that the table does not know are passed over.

        Errors: CaseUnscorable when a characteristic is absent or of the wrong kind; missing is told by null.
        """
        parts = tuple(self._part(one, case) for one in self.characteristics)
        points = sum(part.points for part in parts)
        return Scored(points=points, default_rate=self.default_rate(points), contributions=parts)

    def default_rate(self, points: int) -> Decimal:
        """The probability of default of a score, to six places."""
        return Decimal(f"{self.scale.default_probability(points):.6f}")

    def _part(self, one: Characteristic, case: Mapping[str, Any]) -> Contribution:
        if one.name not in case:
            raise CaseUnscorable(one.name, "absent")
        value = one.read(case[one.name])
        place = one.bin_no(value)
        points = one.bins[place].points
        return Contribution(
            name=one.name,
            value=value,
            bin_no=place,
            points=points,
            lost=one.best - points,
            reason_code=one.reason_code,
        )


def card_parse(data: Any) -> Card:
    """Read a points table from JSON data. Errors: ValueError with the first fault in words."""
    try:
        return Card.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
