"""Which names and types each node of a graph may read, and what it hands on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from axle.decisioning.domain.flow_types import Scope, Type


@dataclass(frozen=True)
class Flow:
    """What arrives over an arrow; ``is_conditional`` when a switch may have closed the way."""

    scope: Scope = field(default_factory=dict)
    is_conditional: bool = False


def merged(flows: list[Flow]) -> Flow:
    """What a node reads when several arrows lead to it.

    A name that only some of the ways bring may be null once a switch has chosen between them.
    """
    if len(flows) == 1:
        return flows[0]
    is_conditional = any(flow.is_conditional for flow in flows)
    scope: dict[str, Type] = {}
    for flow in flows:
        scope.update(flow.scope)
    if is_conditional:
        scope = {name: _certain(name, found, flows) for name, found in scope.items()}
    return Flow(scope, is_conditional)


def _certain(name: str, found: Type, flows: list[Flow]) -> Type:
    return found if all(name in flow.scope for flow in flows) else replace(found, is_nullable=True)


def handed_on(incoming: Flow, made: Mapping[str, Type], passes_through: bool) -> Flow:
    """What a node hands on: what it made, beside what it read when it passes that through."""
    return Flow({**incoming.scope, **made} if passes_through else made, incoming.is_conditional)
