"""Permissions of decisioning."""

from axle.platform.public import declare_institutional, declare_permissions

STRATEGY_VIEW = "decisioning.strategy.view"
STRATEGY_EDIT = "decisioning.strategy.edit"
STRATEGY_ACTIVATE = "decisioning.strategy.activate"
DECISION_VIEW = "decisioning.decision.view"
DECISION_TRY = "decisioning.decision.try"

declare_permissions("decisioning", STRATEGY_VIEW, STRATEGY_EDIT, STRATEGY_ACTIVATE, DECISION_VIEW, DECISION_TRY)
declare_institutional(STRATEGY_EDIT, STRATEGY_ACTIVATE)
