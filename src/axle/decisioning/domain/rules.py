"""The catalogue of a strategy's rules: what each code means, how grave it is, who owns it, how it is
worded."""

from enum import StrEnum
from string import Formatter
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from axle.decisioning.domain.fields import Words

RuleCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]\d{2,4}$")]
ReasonCode = Annotated[str, StringConstraints(pattern=r"^R\d{2}$")]


class Severity(StrEnum):
    """A knock-out declines; a refer sends the case to a person; a condition leaves the outcome alone and demands
    something before money leaves."""

    KNOCK_OUT = "knock_out"
    REFER = "refer"
    CONDITION = "condition"


class Rule(BaseModel):
    """One rule. ``reason`` is the code told outside (its wording names no rule); ``explanation`` is for
    staff and may hold ``{actual}`` and ``{limit}``, shown in ``unit`` (``choice`` takes its words from
    ``field``'s choices). It belongs to ``scenario`` and everything below it; without one, to all business.
    ``check`` is the named check that it belongs to; ``demands`` what a condition asks for, as the business names it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: RuleCode
    severity: Severity
    reason: ReasonCode
    owner: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    unit: Literal["yuan", "percent", "number", "date", "choice", "none"]
    field: str = ""
    scenario: str = ""
    check: Annotated[str, StringConstraints(pattern=r"^(C\d{2})?$")] = ""
    demands: Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]{1,39})?$")] = ""
    name: Words
    explanation: Words

    @model_validator(mode="after")
    def _explanation_is_fillable(self) -> Self:
        for text in (self.explanation.zh, self.explanation.en):
            if not {name for _, name, _, _ in Formatter().parse(text) if name is not None} <= {"actual", "limit"}:
                raise ValueError(f"{self.code}: an explanation may hold {{actual}} and {{limit}} only")
        return self

    @model_validator(mode="after")
    def _conditions_demand_something(self) -> Self:
        if bool(self.demands) != (self.severity is Severity.CONDITION):
            raise ValueError(f"{self.code}: a condition, and nothing else, says what it demands")
        return self
