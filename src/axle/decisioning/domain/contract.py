"""The input and result contract of a strategy: what a case must say, and what an answer must say.

A missing value is never zero. Every declared input must be present; null is accepted only where the field
says what null means: ``refer`` (a source gave no answer, so a person decides) or ``not_applicable`` under a
condition.
"""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any, Self

import zen
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from axle.decisioning.domain.canonical import engine_value, stored_record
from axle.decisioning.domain.faults import Fault, FaultCode
from axle.decisioning.domain.fields import Field, FieldName, FieldType, Missing, Words, value_fault

Stored = dict[str, Any]


class InputContract(BaseModel):
    """Version, inputs, extra results and the scorecard's characteristics (each must be scored exactly
    once)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    subject: FieldName
    inputs: tuple[Field, ...]
    results: tuple[Field, ...]
    characteristics: tuple[FieldName, ...] = ()

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        for part in (self.inputs, self.results):
            names = [field.name for field in part]
            if len(set(names)) != len(names):
                raise ValueError("a field is declared twice")
        if set(RESERVED_RESULTS) & {field.name for field in self.results}:
            raise ValueError(f"reserved result names: {', '.join(RESERVED_RESULTS)}")
        return self

    def check(self, values: Mapping[str, Any]) -> list[Fault]:
        """Every fault of a case's inputs that makes an evaluation impossible."""
        unknown = [Fault(FaultCode.INPUT_UNKNOWN, str(name)[:60]) for name in values if name not in self.known]
        faults = [self._field_fault(field, values) for field in self.inputs]
        found = [fault for fault in faults if fault] + unknown
        return found or self._null_faults(values)

    def unanswered(self, values: Mapping[str, Any]) -> list[Fault]:
        """The fields whose source gave no answer: the case may be evaluated but not approved or declined
        alone."""
        nulls = [field for field in self.inputs if field.missing is Missing.REFER and values.get(field.name) is None]
        return [Fault(FaultCode.SOURCE_NO_ANSWER, field.name) for field in nulls]

    @cached_property
    def known(self) -> Mapping[str, Field]:
        """Inputs by name."""
        return {field.name: field for field in self.inputs}

    def stored(self, values: Mapping[str, Any]) -> Stored:
        """Checked inputs as they are stored in a decision record."""
        return stored_record(self.inputs, values)

    def engine_inputs(self, stored: Stored) -> dict[str, Any]:
        """Stored inputs as the engine takes them."""
        return {field.name: engine_value(field, stored[field.name]) for field in self.inputs}

    def _field_fault(self, field: Field, values: Mapping[str, Any]) -> Fault | None:
        if field.name not in values:
            return Fault(FaultCode.INPUT_MISSING, field.name)
        value = values[field.name]
        if value is None:
            is_refused = field.missing is Missing.REFUSE
            return Fault(FaultCode.INPUT_NULL_REFUSED, field.name) if is_refused else None
        code = value_fault(field, value)
        return Fault(code, field.name) if code else None

    def _null_faults(self, values: Mapping[str, Any]) -> list[Fault]:
        context = self.engine_inputs(self.stored(values))
        nulls = (field for field in self.inputs if field.missing_when and values[field.name] is None)
        return [Fault(FaultCode.INPUT_NULL_REFUSED, field.name) for field in nulls if not _holds(field, context)]


@lru_cache(maxsize=1024)
def _condition(text: str) -> Any:
    return zen.compile_expression(text)


def _holds(field: Field, context: Mapping[str, Any]) -> bool:
    """Whether null is allowed now; a condition that cannot be evaluated allows nothing."""
    try:
        return _condition(field.missing_when).evaluate(dict(context)) is True
    except RuntimeError:
        return False


def _choices(*names: str) -> dict[str, Words]:
    return {name: Words(zh=name, en=name) for name in names}


OUTCOME = Field(
    name="outcome",
    type=FieldType.ENUM,
    words=Words(zh="结论", en="Outcome"),
    choices=_choices("approve", "refer", "decline"),
)
RESERVED_RESULTS = ("outcome", "hits", "points", "score")
HIT_KEYS = ("code", "severity", "actual", "limit")
POINT_KEYS = ("characteristic", "points", "value")


def contract_parse(data: Any) -> InputContract:
    """Read a contract from JSON data. Errors: ValueError with the first fault in words."""
    try:
        return InputContract.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
