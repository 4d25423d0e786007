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


class StrategyVersionNotDraft(AxleError):
    """Only a draft is compiled; a compiled version never changes."""

    code = "strategy_version_not_draft"
    http_status = 409
