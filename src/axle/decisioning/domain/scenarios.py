"""Scenarios (细分场景): which kind of business a case is, as a tree that is data.

The first scenario of the list that fits a case is its own; what it does not say for itself, its nearest parent says.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from axle.decisioning.domain.fields import Field, FieldName, FieldType, Words

ScenarioCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]


class Span(BaseModel):
    """Whole numbers from ``minimum`` to ``maximum``, both included; without one it has no end there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    minimum: int | None = None
    maximum: int | None = None

    def holds(self, value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, int):
            return False
        return (self.minimum is None or value >= self.minimum) and (self.maximum is None or value <= self.maximum)

    def covers(self, other: "Span") -> bool:
        low = self.minimum is None or (other.minimum is not None and other.minimum >= self.minimum)
        high = self.maximum is None or (other.maximum is not None and other.maximum <= self.maximum)
        return low and high


class Scenario(BaseModel):
    """One kind of business. ``when`` names inputs with the choices, or the span, that make a case one of it; a group
    only holds others together."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: ScenarioCode
    parent: ScenarioCode | None = None
    name: Words
    is_group: bool = False
    when: Mapping[FieldName, tuple[str | bool, ...] | Span] = {}

    def fits(self, inputs: Mapping[str, Any]) -> bool:
        """Whether a case in stored form is one of this kind; a value that nobody knows fits nothing."""
        return all(_holds(accepted, inputs.get(name)) for name, accepted in self.when.items())

    def covers(self, other: "Scenario") -> bool:
        """Whether every case of another scenario is one of this too."""
        return all(name in other.when and _covers(own, other.when[name]) for name, own in self.when.items())


def _holds(accepted: tuple[str | bool, ...] | Span, value: Any) -> bool:
    return accepted.holds(value) if isinstance(accepted, Span) else value in accepted and value is not None


def _covers(own: tuple[str | bool, ...] | Span, other: tuple[str | bool, ...] | Span) -> bool:
    if isinstance(own, Span):
        return isinstance(other, Span) and own.covers(other)
    return not isinstance(other, Span) and set(other) <= set(own)


class ScenarioTree(BaseModel):
    """The scenarios of a strategy in the order in which they are tried; the last one takes every case."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scenarios: tuple[Scenario, ...] = ()

    @model_validator(mode="after")
    def _is_a_tree(self) -> Self:
        codes = [scenario.code for scenario in self.scenarios]
        if len(set(codes)) != len(codes):
            raise ValueError("a scenario is declared twice")
        if self.scenarios and (not self.ordered or self.ordered[-1].when):
            raise ValueError("the last scenario must take every case")
        for code in codes:
            self._path_check(code)
        return self

    def _path_check(self, code: str) -> None:
        seen: list[str] = []
        at: str | None = code
        while at is not None:
            if at in seen or at not in self.by_code:
                raise ValueError(f"{code}: its parents lead nowhere or in a circle")
            seen.append(at)
            at = self.by_code[at].parent

    @cached_property
    def by_code(self) -> Mapping[str, Scenario]:
        return {scenario.code: scenario for scenario in self.scenarios}

    @cached_property
    def ordered(self) -> tuple[Scenario, ...]:
        """The scenarios that a case may be one of, in the order in which they are tried."""
        return tuple(scenario for scenario in self.scenarios if not scenario.is_group)

    @cached_property
    def paths(self) -> Mapping[str, tuple[str, ...]]:
        """Each scenario with its parents, itself first."""
        return {code: tuple(self._upwards(code)) for code in self.by_code}

    def path(self, inputs: Mapping[str, Any]) -> tuple[str, ...]:
        """The scenario of a case and its parents; nothing when the strategy knows no scenarios."""
        found = next((scenario for scenario in self.ordered if scenario.fits(inputs)), None)
        return self.paths[found.code] if found else ()

    def problems(self, inputs: Sequence[Field]) -> Iterator[tuple[str, str]]:
        """Scenarios that name what no case says, or that no case can reach: code and what is wrong."""
        known = {field.name: field for field in inputs}
        for number, scenario in enumerate(self.ordered):
            for name, accepted in scenario.when.items():
                if problem := _problem(known.get(name), accepted):
                    yield scenario.code, f"{name}: {problem}"
            earlier = next((one for one in self.ordered[:number] if one.covers(scenario)), None)
            if earlier:
                yield scenario.code, f"{earlier.code} takes all its cases"

    def _upwards(self, code: str) -> Iterator[str]:
        at: str | None = code
        while at is not None:
            yield at
            at = self.by_code[at].parent


def _problem(field: Field | None, accepted: tuple[str | bool, ...] | Span) -> str:
    if field is None:
        return "not an input"
    if isinstance(accepted, Span):
        return "" if field.type in (FieldType.INTEGER, FieldType.MONEY) else "not a number"
    if field.type is FieldType.BOOL:
        return "" if all(isinstance(value, bool) for value in accepted) else "yes or no is wanted"
    strange = [str(value) for value in accepted if value not in field.choices]
    return f"not a choice: {', '.join(strange)}" if strange else ""
