"""The input and result contract of a strategy: what a case must say, and what an answer must say.

A missing value is never zero. Every declared input must be present; null is accepted only where the field
says what null means: ``refer`` (a source gave no answer, so a person decides) or ``not_applicable`` under a
condition.

Beside the inputs of a case a strategy may read ``policy.<name>``: values that are not told by the case but found for it
(``policy``), ``scenario`` with ``scenario_path``, which follow from the case, and where it names a ``scorecard``, the
``score`` that this gives.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from axle.decisioning.domain.faults import Fault, FaultCode
from axle.decisioning.domain.fields import Field, FieldName, FieldType, Missing, Words, value_fault
from axle.decisioning.domain.missing import MissingWhen
from axle.decisioning.domain.score_stage import SCORE, ScoreStage
from axle.decisioning.domain.shapes import Excusable, Shapes

Stored = dict[str, Any]


class InputContract(BaseModel):
    """Version, inputs, policy values and extra results. A strategy scores by a ``scorecard``, or by tables of its own
    graph: then ``characteristics`` are those that must be scored, each exactly once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    subject: FieldName
    inputs: tuple[Field, ...]
    policy: tuple[Field, ...] = ()
    results: tuple[Field, ...]
    characteristics: tuple[FieldName, ...] = ()
    scorecard: ScoreStage | None = None

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        for part in (self.inputs, self.policy, self.results):
            names = [field.name for field in part]
            if len(set(names)) != len(names):
                raise ValueError("a field is declared twice")
        if set(RESERVED_RESULTS) & {field.name for field in self.results}:
            raise ValueError(f"reserved result names: {', '.join(RESERVED_RESULTS)}")
        if set(RESERVED_INPUTS) & {field.name for field in self.inputs}:
            raise ValueError(f"reserved input names: {', '.join(RESERVED_INPUTS)}")
        if self.scorecard and (self.characteristics or SCORE in self.known):
            raise ValueError("the score comes from one place: a scorecard, the graph's own tables, or an input")
        for field in self.policy:
            if field.type not in POLICY_TYPES or field.missing is not Missing.REFUSE:
                raise ValueError(f"{field.name}: a policy value is an amount, a rate, a whole number or yes and no")
        return self

    def check(self, values: Mapping[str, Any], excused: "Excuses | None" = None) -> list[Fault]:
        """Every fault of a case's inputs that makes an evaluation impossible."""
        if values.keys() <= self.known.keys() and not any(
            self._field_fault(field, values) for field in self._shapes.doubtful(values)
        ):
            excused = excused or Excuses(self, values)
            return [Fault(FaultCode.INPUT_NULL_REFUSED, name) for name in excused.nulls(self._shapes.may_not_apply)]
        unknown = [Fault(FaultCode.INPUT_UNKNOWN, str(name)[:60]) for name in values if name not in self.known]
        faults = [self._field_fault(field, values) for field in self.inputs]
        return [fault for fault in faults if fault] + unknown

    def words(self, name: str) -> Words | None:
        """The label of a characteristic, an input, a result or a policy value."""
        if self.scorecard and name in self.scorecard.by_name:
            return self.scorecard.by_name[name].words
        fields = (*self.inputs, *self.results, *self.policy)
        return next((field.words for field in fields if field.name == name), None)

    def unanswered(self, values: Mapping[str, Any], excused: "Excuses | None" = None) -> list[Fault]:
        """The fields whose source gave no answer: the case may be evaluated but not approved or declined
        alone."""
        excused = excused or Excuses(self, values)
        return [Fault(FaultCode.SOURCE_NO_ANSWER, name) for name in excused.nulls(self._shapes.may_be_silent)]

    @cached_property
    def known(self) -> Mapping[str, Field]:
        """Inputs by name."""
        return {field.name: field for field in self.inputs}

    @cached_property
    def _shapes(self) -> Shapes:
        return Shapes(self.inputs)

    @cached_property
    def conditions(self) -> Mapping[str, MissingWhen]:
        """The conditions under which a missing value means "not applicable"."""
        return {text: MissingWhen(text, self.known) for text in {field.missing_when for field in self.inputs} - {""}}

    def stored(self, values: Mapping[str, Any]) -> Stored:
        """Checked inputs as they are stored in a decision record."""
        return self._shapes.stored(values)

    def engine_inputs(self, stored: Stored) -> dict[str, Any]:
        """Stored inputs as the engine takes them."""
        return self._shapes.engine_inputs(stored)

    def _field_fault(self, field: Field, values: Mapping[str, Any]) -> Fault | None:
        if field.name not in values:
            return Fault(FaultCode.INPUT_MISSING, field.name)
        value = values[field.name]
        if value is None:
            is_refused = field.missing is Missing.REFUSE
            return Fault(FaultCode.INPUT_NULL_REFUSED, field.name) if is_refused else None
        code = value_fault(field, value)
        return Fault(code, field.name) if code else None


class Excuses:
    """Which nulls of a case mean "not applicable"; each condition is asked once."""

    def __init__(self, contract: InputContract, values: Mapping[str, Any]) -> None:
        self._contract, self.values = contract, values
        self._asked: dict[str, bool] = {"": False}

    def nulls(self, fields: Iterable[Excusable]) -> Iterator[str]:
        """The fields whose null is not excused."""
        asked, values = self._asked, self.values
        for name, condition in fields:
            if values.get(name) is None:
                holds = asked.get(condition)
                if holds is None:
                    holds = asked[condition] = self._contract.conditions[condition].holds(values)
                if not holds:
                    yield name


def _choices(*names: str) -> dict[str, Words]:
    return {name: Words(zh=name, en=name) for name in names}


OUTCOME = Field(
    name="outcome",
    type=FieldType.ENUM,
    words=Words(zh="结论", en="Outcome"),
    choices=_choices("approve", "refer", "decline"),
)
RESERVED_RESULTS = ("outcome", "hits", "points", "score")
RESERVED_INPUTS = ("policy", "scenario", "scenario_path")
POLICY_TYPES = (FieldType.INTEGER, FieldType.MONEY, FieldType.RATE, FieldType.BOOL)
HIT_KEYS = ("code", "severity", "actual", "limit")
POINT_KEYS = ("characteristic", "points", "value")


def contract_parse(data: Any) -> InputContract:
    """Read a contract from JSON data. Errors: ValueError with the first fault in words."""
    try:
        return InputContract.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
