"""Permissions of scoring."""

from axle.platform.public import declare_institutional, declare_permissions

SCORECARD_VIEW = "scoring.scorecard.view"
SCORECARD_SIGN = "scoring.scorecard.sign"
SCORECARD_ACTIVATE = "scoring.scorecard.activate"
SCORE_TRY = "scoring.score.try"

declare_permissions("scoring", SCORECARD_VIEW, SCORECARD_SIGN, SCORECARD_ACTIVATE, SCORE_TRY)
declare_institutional(SCORECARD_SIGN, SCORECARD_ACTIVATE)
