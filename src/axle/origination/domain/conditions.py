"""Conditions precedent: what a check found, and whether money may leave."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from axle.origination.errors import ConditionsNotMet

AUTOMATIC, MANUAL = "automatic", "manual"
PENDING, SATISFIED, FAILED = "pending", "satisfied", "failed"


@dataclass(frozen=True)
class Finding:
    """What an automatic check saw; ``code`` keys its sentence, ``params`` fill it in."""

    is_satisfied: bool
    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ConditionState:
    """One condition as it stands."""

    code: str
    state: str


def all_met(conditions: Iterable[ConditionState]) -> None:
    """Errors: ConditionsNotMet listing the open and failed ones. No conditions at all are not met either."""
    known = list(conditions)
    missing = [condition.code for condition in known if condition.state != SATISFIED]
    if missing or not known:
        raise ConditionsNotMet(codes=missing)


def applies(applies_to: str, code: str, *, is_new: bool, asked: Collection[str]) -> bool:
    """Whether a condition for all, new or used cars, or for what a decision asks, applies to this case."""
    return code in asked if applies_to == "asked" else applies_to in ("all", "new" if is_new else "used")
