"""The decision engine behind a deadline.

The engine holds the interpreter while it evaluates in the caller's thread, so a deadline could not fire
there; it is asked through its own threads instead. Decision contents are compiled once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import zen

from axle.decisioning.domain.canonical import canonical_bytes
from axle.decisioning.domain.engine_loop import asked
from axle.decisioning.domain.faults import EngineFailed, EngineTimedOut


@dataclass(frozen=True)
class Answer:
    """What the engine said: the response, and where it was asked for it, for each node what it read, made and
    matched."""

    result: Any
    trace: Mapping[str, Any] | None = None


class Evaluator(Protocol):
    """Evaluates one graph for one case. Errors: EngineFailed, EngineTimedOut.

    A trace costs the engine as much as the answer, and everything that passed through is read again for each node.
    """

    def __call__(self, inputs: dict[str, Any], deadline_seconds: float, *, is_traced: bool = False) -> Answer: ...


class ZenEvaluator:
    """The zen engine with one graph's compiled content. Errors at construction: EngineFailed."""

    def __init__(self, graph: Mapping[str, Any]) -> None:
        try:
            content = zen.ZenDecisionContent(canonical_bytes(graph).decode())
        except RuntimeError as error:
            raise EngineFailed(_first_line(error)) from error
        self._decision = zen.ZenEngine().create_decision(content)

    def __call__(self, inputs: dict[str, Any], deadline_seconds: float, *, is_traced: bool = False) -> Answer:
        answer = asked(lambda: self._decision.async_evaluate(inputs, {"trace": is_traced}))
        try:
            response = answer.result(deadline_seconds)
        except TimeoutError as error:
            raise EngineTimedOut(f"{deadline_seconds:g} s") from error
        except RuntimeError as error:
            raise EngineFailed(_first_line(error)) from error
        return Answer(response["result"], response.get("trace"))


def _first_line(error: Exception) -> str:
    """The engine's message without the stack trace that it may append."""
    return str(error).split("\n", 1)[0][:300]
