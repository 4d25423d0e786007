"""What can go wrong in a decision; each fault sends the case to a person and is named on it."""

from dataclasses import dataclass
from enum import StrEnum


class FaultCode(StrEnum):
    """Why a case could not be decided automatically."""

    INPUT_MISSING = "input_missing"
    INPUT_UNKNOWN = "input_unknown"
    INPUT_WRONG_TYPE = "input_wrong_type"
    INPUT_OUT_OF_RANGE = "input_out_of_range"
    INPUT_NOT_A_CHOICE = "input_not_a_choice"
    INPUT_NULL_REFUSED = "input_null_refused"
    INPUT_PERSONAL_DATA = "input_personal_data"
    SOURCE_NO_ANSWER = "source_no_answer"
    POLICY_VALUE_MISSING = "policy_value_missing"
    POLICY_VALUE_WRONG = "policy_value_wrong"
    SCORECARD_NOT_IN_FORCE = "scorecard_not_in_force"
    SCORECARD_BROKEN = "scorecard_broken"
    SCORE_INPUT_MISSING = "score_input_missing"
    SCORE_INPUT_WRONG = "score_input_wrong"
    CALIBRATION_CHANGED = "calibration_changed"
    STRATEGY_NOT_ACTIVE = "strategy_not_active"
    STRATEGY_CHANGED = "strategy_changed"
    STRATEGY_BROKEN = "strategy_broken"
    ENGINE_ERROR = "engine_error"
    ENGINE_TIMED_OUT = "engine_timed_out"
    FACT_MISSING = "fact_missing"
    RESULT_MISSING = "result_missing"
    RESULT_WRONG_TYPE = "result_wrong_type"
    RULE_UNKNOWN = "rule_unknown"
    SCORE_INCOMPLETE = "score_incomplete"
    OUTCOME_CONTRADICTS_RULES = "outcome_contradicts_rules"


@dataclass(frozen=True)
class Fault:
    """One fault: ``where`` names the field, node or key; ``detail`` says what was found (no personal
    data)."""

    code: FaultCode
    where: str
    detail: str = ""


class EngineFailed(Exception):
    """The decision engine gave an error instead of an answer."""


class EngineTimedOut(Exception):
    """The decision engine did not answer before the deadline."""
