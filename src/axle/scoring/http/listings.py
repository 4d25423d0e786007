"""The list of scorecard versions."""

from axle.platform.http import version_columns
from axle.platform.listing import Col, Listing
from axle.scoring import permissions, selectors
from axle.scoring.http.base import api
from axle.scoring.models import ScorecardState

api.listing(
    Listing(
        name="scorecard_versions",
        permission=permissions.SCORECARD_VIEW,
        queryset=selectors.scorecard_versions,
        columns=version_columns(
            {"scorecard": "scorecard__code", "scorecard_name": "scorecard__name_{lang}"},
            enum="ScorecardState",
            states=ScorecardState.values,
            own=[
                Col("characteristic_count", "integer"),
                Col("row_count", "integer"),
                Col("bad_rate", "rate"),
                Col("auc"),
                Col("ks"),
                Col("challenger_auc"),
            ],
        ),
        search=["scorecard__code"],
        filters=["scorecard", "state", "effective_from"],
        row_link="/risk/scorecards/{id}",
    )
)
