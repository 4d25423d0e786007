"""Policy values (政策参数): thresholds, caps, points and ratios by scope, and which of them count for a case.

A value belongs to a parameter and a scope. For a case the most specific scope that fits it decides, by the order of
``DIMENSIONS``: the last dimension weighs most, and within a dimension the nearer one (a district before its province, a
scenario before its parent). A value with dates (a promotion) counts between them and goes before every value without.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, model_validator

from axle.decisioning.domain.fields import FieldName

_KEPT = 5_000
"""How many places are remembered."""
Stored = str | int | bool


class Scope(NamedTuple):
    """Where a value counts; an empty part counts everywhere. From the weakest to the strongest."""

    legal_entity: str = ""
    product: str = ""
    scenario: str = ""
    region: str = ""
    dealer_grade: str = ""
    vehicle_class: str = ""
    vehicle_series: str = ""


DIMENSIONS = Scope._fields
INPUT_OF = {
    "legal_entity": "legal_entity_code",
    "product": "product_code",
    "region": "region_code",
    "dealer_grade": "dealer_grade",
    "vehicle_class": "vehicle_class",
    "vehicle_series": "vehicle_series",
}
"""The input that tells each dimension of a case; the scenario follows from several."""
_REGION_LENGTHS = (2, 4, 6)


class PolicyValue(BaseModel):
    """A parameter's value in one scope: rates as decimal text, amounts in fen. ``since`` and ``until`` are the first
    and the last day of a promotion."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    parameter: FieldName
    legal_entity: str = ""
    product: str = ""
    scenario: str = ""
    region: str = ""
    dealer_grade: str = ""
    vehicle_class: str = ""
    vehicle_series: str = ""
    since: date | None = None
    until: date | None = None
    value: Stored

    @model_validator(mode="after")
    def _dates_are_a_window(self) -> "PolicyValue":
        if (self.since is None) != (self.until is None):
            raise ValueError("a promotion has a first and a last day")
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ValueError("the last day lies before the first")
        if self.region and len(self.region) not in _REGION_LENGTHS:
            raise ValueError("a region has two, four or six digits")
        return self

    @property
    def scope(self) -> Scope:
        return Scope(*(getattr(self, name) for name in DIMENSIONS))

    @property
    def key(self) -> tuple[str, Scope, date | None, date | None]:
        return (self.parameter, self.scope, self.since, self.until)

    def stored(self) -> dict[str, Any]:
        """The row as it is kept, without its empty parts."""
        return {name: part for name, part in self.model_dump(mode="json").items() if part not in ("", None)}


Scopes = tuple[tuple[Scope, ...], tuple[Scope, ...]]
Key = tuple[int, tuple[str, ...], Scopes]


class Place(NamedTuple):
    """What a case offers in each dimension, the least specific first."""

    parts: tuple[tuple[str, ...], ...]


def place_of(inputs: Mapping[str, Any], path: Sequence[str]) -> Place:
    """The place of a case in stored form whose scenario, with its parents, is ``path``."""
    return Place(tuple(_parts(name, inputs, path) for name in DIMENSIONS))


def _parts(dimension: str, inputs: Mapping[str, Any], path: Sequence[str]) -> tuple[str, ...]:
    if dimension == "scenario":
        return tuple(reversed(path))
    told = inputs.get(INPUT_OF[dimension])
    if not isinstance(told, str) or not told:
        return ()
    return tuple(told[:length] for length in _REGION_LENGTHS) if dimension == "region" else (told,)


@dataclass
class _Layer:
    """Values by scope, and which dimensions their scopes use."""

    by_scope: dict[Scope, dict[str, Stored]] = field(default_factory=dict)
    masks: set[tuple[bool, ...]] = field(default_factory=set)

    def add(self, value: PolicyValue) -> None:
        self.by_scope.setdefault(value.scope, {})[value.parameter] = value.value
        self.masks.add(tuple(bool(part) for part in value.scope))

    def scopes(self, place: Place) -> tuple[Scope, ...]:
        """The scopes that fit, the most specific last."""
        fitting = [found for mask in self.masks for found in _fitting(mask, place) if found[1] in self.by_scope]
        return tuple(scope for _, scope in sorted(fitting))


def _fitting(mask: Sequence[bool], place: Place) -> Iterator[tuple[tuple[int, ...], Scope]]:
    """Scopes that fit a place with the dimensions of a mask, each with its weight: the strongest dimension first."""
    ways: list[list[tuple[int, str]]] = [
        list(enumerate(parts, 1)) if is_used else [(0, "")] for is_used, parts in zip(mask, place.parts, strict=True)
    ]
    for chosen in product(*ways):
        yield tuple(depth for depth, _ in reversed(chosen)), Scope(*(part for _, part in chosen))


class Resolver:
    """The values of a calibration on a date, ready to be asked; ``made`` is what strategies made of them before."""

    def __init__(self, values: Iterable[PolicyValue], *, on: date | None = None, calibration_id: int | None = None):
        self.calibration_id = calibration_id
        self._lasting, self._dated = _Layer(), _Layer()
        for value in values:
            if value.since is None or value.until is None:
                self._lasting.add(value)
            elif on is not None and value.since <= on <= value.until:
                self._dated.add(value)
        self.made: dict[Key, Any] = {}
        self.scopes = lru_cache(maxsize=_KEPT)(self._scopes)
        """The scopes of a place whose values fit, lasting and dated: places with the same ones have the same values."""

    def resolve(self, place: Place, *, leaving_out: Scope | None = None) -> Mapping[str, Stored]:
        """Every parameter's value for a place, or what it would be without those of one scope."""
        found: dict[str, Stored] = {}
        for layer, scopes in zip((self._lasting, self._dated), self.scopes(place), strict=True):
            for scope in scopes:
                if scope != leaving_out:
                    found.update(layer.by_scope[scope])
        return found

    def _scopes(self, place: Place) -> Scopes:
        return self._lasting.scopes(place), self._dated.scopes(place)

    def remember(self, key: Key, made: Any) -> None:
        """Keep what a strategy made of some scopes, with the strategy's fields, so that their key stays their own."""
        if len(self.made) >= _KEPT:
            self.made.clear()
        self.made[key] = made


def values_parse(data: Iterable[Mapping[str, Any]]) -> tuple[PolicyValue, ...]:
    """Values from JSON data. Errors: ValueError, also for two values of one parameter in one scope."""
    values = tuple(PolicyValue.model_validate(row) for row in data)
    keys = [value.key for value in values]
    if len(set(keys)) != len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"{twice[0]} has two values in one scope")
    return values


def values_changed(values: Iterable[PolicyValue], changes: Iterable[tuple[PolicyValue, bool]]) -> list[PolicyValue]:
    """Values with changes laid over them; a change that is ``True`` takes the value away."""
    by_key = {value.key: value for value in values}
    for change, is_removed in changes:
        if is_removed:
            by_key.pop(change.key, None)
        else:
            by_key[change.key] = change
    return [by_key[key] for key in sorted(by_key, key=str)]
