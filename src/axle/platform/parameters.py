"""System parameters: declared in code with type and default, valued in dated, audited rows."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from axle.kernel.types import parse_rate
from axle.platform.audit import created
from axle.platform.businessday import business_date
from axle.platform.errors import ParameterValueInvalid, UnknownParameter
from axle.platform.models import ParameterValue
from axle.platform.readings import are_kept, read_once
from axle.platform.scope import Actor
from axle.platform.statements import prepared_cursor

_READERS: dict[type, Callable[[Any], Any]] = {
    int: lambda value: int(str(value)) if not isinstance(value, bool | float) else _refuse(),
    str: lambda value: value if isinstance(value, str) else _refuse(),
    bool: lambda value: value if isinstance(value, bool) else _refuse(),
    Decimal: parse_rate,
    list: lambda value: value if isinstance(value, list) else _refuse(),
    dict: lambda value: value if isinstance(value, dict) else _refuse(),
}


def _refuse() -> Any:
    raise ValueError("wrong type")


@dataclass(frozen=True)
class Parameter:
    """A declared parameter. ``minimum`` and ``maximum`` bound numbers; ``source`` cites the rule behind it.

    ``check`` looks into a list or a dictionary and raises when something in it means nothing.
    """

    code: str
    type_: type
    default: Any
    minimum: Any = None
    maximum: Any = None
    source: str = ""
    check: Callable[[Any], object] | None = None

    def read(self, value: Any) -> Any:
        """A stored or entered value in its type. Errors: ParameterValueInvalid."""
        try:
            typed = _READERS[self.type_](value)
            if self.check is not None:
                self.check(typed)
            too_low = self.minimum is not None and typed < self.minimum
            too_high = self.maximum is not None and typed > self.maximum
        except Exception as error:
            raise ParameterValueInvalid(field="value", code=self.code) from error
        if too_low or too_high:
            raise ParameterValueInvalid(field="value", code=self.code)
        return typed


PARAMETERS: dict[str, Parameter] = {}


def parameter(
    code: str,
    *,
    type_: type,
    default: Any,
    minimum: Any = None,
    maximum: Any = None,
    source: str = "",
    check: Callable[[Any], object] | None = None,
) -> Parameter:
    """Declare a parameter at import time."""
    declared = Parameter(code, type_, default, minimum, maximum, source, check)
    PARAMETERS[code] = declared
    return declared


def _declared(code: str) -> Parameter:
    try:
        return PARAMETERS[code]
    except KeyError as error:
        raise UnknownParameter(field="code", code=code) from error


@dataclass(frozen=True)
class ParameterHistory:
    """Every value of a parameter that counts for a legal entity, read once."""

    declared: Parameter
    values: Sequence[tuple[date, Any]]

    def on(self, on: date) -> Any:
        """The value in force on a date: the entity's own before the common one, else the declared default."""
        stored = next((value for since, value in self.values if since <= on), None)
        return self.declared.read(self.declared.default if stored is None else stored)


def parameter_history(code: str, *, legal_entity_id: int | None = None) -> ParameterHistory:
    """What a parameter was and will be. Errors: UnknownParameter."""
    declared = _declared(code)
    of_all = read_once("parameters", lambda: _values(list(PARAMETERS))) if are_kept() else _values([code])
    values = of_all.get(code, {})
    own = values.get(legal_entity_id, []) if legal_entity_id else []
    return ParameterHistory(declared, [*own, *values.get(None, [])])


def _values(codes: list[str]) -> Mapping[str, Mapping[int | None, list[tuple[date, Any]]]]:
    """Every value of some parameters, by company, None for all of them; the newest first."""
    found: dict[str, dict[int | None, list[tuple[date, Any]]]] = defaultdict(lambda: defaultdict(list))
    with prepared_cursor() as cursor:
        cursor.execute(_VALUES, [codes])
        for code, entity_id, since, value in cursor.fetchall():
            found[code][entity_id].append((since, json.loads(value)))
    return found


_VALUES = """
SELECT code, legal_entity_id, effective_from, value::text FROM platform_parametervalue
WHERE code = ANY(%s) ORDER BY effective_from DESC, id DESC
"""


def parameter_value(code: str, *, on: date | None = None, legal_entity_id: int | None = None) -> Any:
    """The value in force on a date: the entity's own before the common one, else the declared default."""
    return parameter_history(code, legal_entity_id=legal_entity_id).on(on or business_date())


def parameter_set(
    *, actor: Actor, code: str, value: Any, effective_from: date, legal_entity_id: int | None, note: str
) -> ParameterValue:
    """Add a dated value. Errors: UnknownParameter, ParameterValueInvalid."""
    _declared(code).read(value)
    return created(
        ParameterValue.objects.create(
            code=code,
            value=value,
            effective_from=effective_from,
            legal_entity_id=legal_entity_id,
            note=note,
            set_by=actor.name,
        )
    )
