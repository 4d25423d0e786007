"""What is found for a case before it is evaluated: its scenario and its policy values, kept with the decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as kept
from functools import cached_property
from typing import Any, Self

from axle.decisioning.domain.canonical import canonical_bytes, engine_value
from axle.decisioning.domain.faults import Fault, FaultCode
from axle.decisioning.domain.fields import Field, value_fault
from axle.decisioning.domain.policy import Resolver, Stored, place_of
from axle.decisioning.domain.scenarios import ScenarioTree


@dataclass(frozen=True)
class PolicyBlock:
    """The scenario with its parents, itself first, and each policy value that the strategy reads, in stored form."""

    path: tuple[str, ...] = ()
    values: Mapping[str, Stored] = kept(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        """As a decision record keeps it; empty for a strategy that knows neither."""
        if not self.path and not self.values:
            return {}
        return {"path": list(self.path), "values": dict(self.values)}

    @cached_property
    def stored_bytes(self) -> bytes:
        """The canonical bytes of ``stored``: many cases are decided with one block."""
        return canonical_bytes(self.stored())

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """What ``stored`` kept."""
        return cls(tuple(stored.get("path", ())), stored.get("values", {}))

    def told(self) -> dict[str, Any]:
        """What the strategy was told beside the inputs of the case, as a record keeps values."""
        scenario = {"scenario": self.path[0], "scenario_path": list(self.path)} if self.path else {}
        return scenario | ({"policy": dict(self.values)} if self.values else {})

    def engine_inputs(self, fields: Sequence[Field]) -> dict[str, Any]:
        """As the engine takes it beside the inputs of the case; a block of one strategy is turned once."""
        if not self._turned:
            values = {field.name: engine_value(field, self.values[field.name]) for field in fields}
            self._turned.update(self.told(), **({"policy": values} if fields else {}))
        return self._turned

    def faults(self, fields: Sequence[Field]) -> Sequence[Fault]:
        """Policy values that nobody set, or that are not what the strategy reads; looked for once, as above."""
        if not self._judged:
            self._judged.append(_faults(self.values, fields))
        return self._judged[0]

    @cached_property
    def _turned(self) -> dict[str, Any]:
        return {}

    @cached_property
    def _judged(self) -> list[list[Fault]]:
        return []


def block_of(inputs: Mapping[str, Any], fields: Sequence[Field], tree: ScenarioTree, resolver: Resolver) -> PolicyBlock:
    """The block of a case in stored form; cases whose values come from the same scopes have the same one."""
    path = tree.path(inputs)
    if not fields:
        return PolicyBlock(path, {})
    place = place_of(inputs, path)
    key = (id(fields), path, resolver.scopes(place))
    known = resolver.made.get(key)
    if known is None:
        known = (fields, block_chosen(path, resolver.resolve(place), fields))
        resolver.remember(key, known)
    block: PolicyBlock = known[1]
    return block


def block_chosen(path: tuple[str, ...], values: Mapping[str, Stored], fields: Sequence[Field]) -> PolicyBlock:
    """The block of those values that the strategy reads."""
    return PolicyBlock(path, {field.name: values[field.name] for field in fields if field.name in values})


def _faults(values: Mapping[str, Stored], fields: Sequence[Field]) -> list[Fault]:
    faults = []
    for field in fields:
        value = values.get(field.name)
        if value is None:
            faults.append(Fault(FaultCode.POLICY_VALUE_MISSING, field.name))
        elif value_fault(field, value):
            faults.append(Fault(FaultCode.POLICY_VALUE_WRONG, field.name))
    return faults
