"""Permissions of decisioning."""

from axle.platform.public import declare_institutional, declare_permissions

STRATEGY_VIEW = "decisioning.strategy.view"
STRATEGY_EDIT = "decisioning.strategy.edit"
STRATEGY_ACTIVATE = "decisioning.strategy.activate"
DECISION_VIEW = "decisioning.decision.view"
DECISION_TRY = "decisioning.decision.try"
POLICY_VIEW = "decisioning.policy.view"
POLICY_EDIT = "decisioning.policy.edit"
POLICY_ACTIVATE = "decisioning.policy.activate"
POLICY_CHECK = "decisioning.policy.check"

declare_permissions("decisioning", STRATEGY_VIEW, STRATEGY_EDIT, STRATEGY_ACTIVATE, DECISION_VIEW, DECISION_TRY)
declare_permissions("decisioning", POLICY_VIEW, POLICY_EDIT, POLICY_ACTIVATE, POLICY_CHECK)
declare_institutional(STRATEGY_EDIT, STRATEGY_ACTIVATE, POLICY_EDIT, POLICY_ACTIVATE)
