"""When a missing value means "not applicable": a condition over the other inputs of the case."""

from collections.abc import Callable, Mapping
from typing import Any

import zen

from axle.decisioning.domain.canonical import engine_value, stored_record
from axle.decisioning.domain.fields import Field
from axle.decisioning.domain.syntax import SyntaxFault, parse_expression
from axle.decisioning.domain.syntax_tree import names_in

_KEPT = 1_000
"""How many answers of a condition are remembered."""


class MissingWhen:
    """One condition; most cases ask what others asked before. What cannot be evaluated excuses nothing."""

    def __init__(self, text: str, known: Mapping[str, Field]) -> None:
        self._answers: dict[Any, bool] = {}
        self._fields, self._ask = _compiled(text, known)
        self._names = tuple(field.name for field in self._fields)

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether the condition holds for checked values."""
        try:
            read = [values[name] for name in self._names]
        except KeyError:
            return False
        key = tuple(repr(value) if isinstance(value, list | tuple | dict) else value for value in read)
        known = self._answers.get(key)
        if known is None:
            if len(self._answers) >= _KEPT:
                self._answers.clear()
            known = self._answers[key] = self._holds(values)
        return known

    def _holds(self, values: Mapping[str, Any]) -> bool:
        told = stored_record(self._fields, values)
        try:
            return self._ask({field.name: engine_value(field, told[field.name]) for field in self._fields}) is True
        except RuntimeError:
            return False


def _compiled(text: str, known: Mapping[str, Field]) -> tuple[tuple[Field, ...], Callable[[dict[str, Any]], Any]]:
    """The inputs that a condition reads, and the condition to be asked."""
    try:
        fields = tuple(known[name] for name in sorted(names_in(parse_expression(text))))
        return fields, zen.compile_expression(text).evaluate
    except (SyntaxFault, RuntimeError, KeyError):
        return (), lambda told: False
