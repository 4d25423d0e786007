"""Conditions that decisioning refuses; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError


class StrategyUnknown(AxleError):
    """No strategy has this code."""

    code = "strategy_unknown"
    http_status = 404


class StrategyContentInvalid(AxleError):
    """The graph, contract, rules or cases cannot be read; ``detail`` says what was met."""

    code = "strategy_content_invalid"


class StrategyVersionNotCompiled(AxleError):
    """Only a version that compiled and passed its golden cases may become active."""

    code = "strategy_version_not_compiled"
    http_status = 409


class StrategyScorecardNotInForce(AxleError):
    """The scorecard that the version reads does not score on the day from which it is to answer."""

    code = "strategy_scorecard_not_in_force"
    http_status = 409


class StrategyScorecardLacking(AxleError):
    """The scorecard asks for characteristics that the version does not tell, or tells as another kind of value."""

    code = "strategy_scorecard_lacking"
    http_status = 409


class StrategyTrialNotBeside(AxleError):
    """A trial runs beside another version that is in force."""

    code = "strategy_trial_not_beside"
    http_status = 409


class StrategyTrialRunning(AxleError):
    """A strategy has one challenger and one shadow at most."""

    code = "strategy_trial_running"
    http_status = 409


class StrategyTrialOver(AxleError):
    """Only a trial that runs can be ended."""

    code = "strategy_trial_over"
    http_status = 409


class BackTestWithoutCases(AxleError):
    """No case was decided in the period."""

    code = "backtest_without_cases"


class StrategyVersionNotDraft(AxleError):
    """Only a draft is compiled; a compiled version never changes."""

    code = "strategy_version_not_draft"
    http_status = 409


class StrategyVersionNeverInForce(AxleError):
    """Only a version that was in force, and no longer is, can be gone back to."""

    code = "strategy_version_never_in_force"
    http_status = 409


class PolicyParameterDiffers(AxleError):
    """Another strategy reads a policy parameter of this name as another kind of value."""

    code = "policy_parameter_differs"


class PolicyParameterUnknown(AxleError):
    """No strategy reads a policy parameter of this name."""

    code = "policy_parameter_unknown"


class PolicyValueInvalid(AxleError):
    """A value is not one of its parameter, or its scope or dates mean nothing."""

    code = "policy_value_invalid"


class PolicyChangeRepeated(AxleError):
    """A parameter is changed twice in one scope."""

    code = "policy_change_repeated"


class CalibrationEmpty(AxleError):
    """Nothing would change."""

    code = "calibration_empty"


class CalibrationNotPreviewed(AxleError):
    """Only a draft that was previewed may be activated; one that has counted cannot be discarded."""

    code = "calibration_not_previewed"
    http_status = 409


class CalibrationBaseMoved(AxleError):
    """Another calibration was activated since this one was previewed."""

    code = "calibration_base_moved"
    http_status = 409


class CalibrationNeverActive(AxleError):
    """Only a calibration that counted before can count again."""

    code = "calibration_never_active"
    http_status = 409


class PolicyFileUnreadable(AxleError):
    """A file of policy values or prices cannot be read; ``reason`` says what is wrong."""

    code = "policy_file_unreadable"


class PolicyFormulaInvalid(AxleError):
    """A formula cannot be read, or does not give a number."""

    code = "policy_formula_invalid"


class FormulasMissing(AxleError):
    """No formula is active that could compute a calibration."""

    code = "formulas_missing"
    http_status = 409


class FormulaGaveNothing(AxleError):
    """A formula gave something that is no value of its parameter."""

    code = "formula_gave_nothing"
    http_status = 409


class MarketFeedKnown(AxleError):
    """The prices of this day and source were taken before."""

    code = "market_feed_known"
    http_status = 409


class CalibrationNotDraft(AxleError):
    """Only what is drafted, or was previewed, can be previewed."""

    code = "calibration_not_draft"
    http_status = 409
