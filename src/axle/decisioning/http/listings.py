"""The lists of strategies, versions, rules and decision records."""

from axle.decisioning import permissions, selectors
from axle.decisioning.http.base import api
from axle.decisioning.http.schemas import DecisionOutcome, RuleSeverity
from axle.decisioning.models import StrategyState, TrialKind
from axle.platform.http import version_columns
from axle.platform.listing import Col, Listing

_OUTCOMES = [outcome.value for outcome in DecisionOutcome]
_SEVERITIES = [severity.value for severity in RuleSeverity]
_REASONS = [f"R{number:02d}" for number in range(1, 11)]

api.listing(
    Listing(
        name="strategies",
        permission=permissions.STRATEGY_VIEW,
        queryset=selectors.strategies,
        columns=[
            Col("code"),
            Col("name_zh"),
            Col("name_en"),
            Col("owner_team", source="owner"),
            Col("created_at", "datetime"),
        ],
        search=["code", "name_zh", "name_en"],
        default_sort="code",
        toolbar=["strategy_create"],
    )
)
api.listing(
    Listing(
        name="strategy_versions",
        permission=permissions.STRATEGY_VIEW,
        queryset=selectors.strategy_versions,
        columns=version_columns(
            {"strategy": "strategy__code", "strategy_name": "strategy__name_{lang}"},
            enum="StrategyState",
            states=StrategyState.values,
            own=[Col("rule_count", "integer"), Col("case_count", "integer"), Col("contract_version")],
        ),
        search=["strategy__code", "contract_version"],
        filters=["strategy", "state", "effective_from"],
        row_link="/risk/strategy-versions/{id}",
        toolbar=["strategy_version_create"],
    )
)
api.listing(
    Listing(
        name="decision_rules",
        permission=permissions.STRATEGY_VIEW,
        queryset=selectors.decision_rules,
        columns=[
            Col("strategy", source="version__strategy__code"),
            Col("version_no", "integer", source="version__version_no"),
            Col("strategy_version_id", "integer", source="version_id", is_hidden=True),
            Col("code"),
            Col("rule_severity", "enum", source="severity", enum="RuleSeverity", choices=_SEVERITIES),
            Col("reason_code", "enum", enum="ReasonCode", choices=_REASONS),
            Col("owner_team", source="owner"),
            Col("scenario"),
            Col("check_code"),
            Col("rule_name", source="name_{lang}", is_sortable=False),
            Col("explanation", source="explanation_{lang}", is_sortable=False),
        ],
        search=["code", "name_zh", "name_en"],
        filters=[
            "strategy",
            "version_no",
            "strategy_version_id",
            "rule_severity",
            "reason_code",
            "owner_team",
            "scenario",
            "check_code",
        ],
        default_sort="code",
    )
)
api.listing(
    Listing(
        name="decision_records",
        is_growing=True,
        permission=permissions.DECISION_VIEW,
        queryset=selectors.decisions_visible,
        columns=[
            Col("record_no"),
            Col("strategy", source="strategy_code", is_hidden=True),
            Col("strategy_name", source="version__strategy__name_{lang}", is_sortable=False),
            Col("version_no", "integer", source="version__version_no"),
            Col("subject_type", "enum", enum="Subject"),
            Col("subject_id", "integer"),
            Col("outcome", "enum", enum="DecisionOutcome", choices=_OUTCOMES),
            Col("score", "integer"),
            Col("rule_codes", "json", is_sortable=False),
            Col("fault_codes", "json", enum="DecisionFault", is_sortable=False),
            Col("business_on", "date"),
            Col("decided_at", "datetime"),
            Col("duration_us", "integer", is_hidden=True),
        ],
        search=["record_no"],
        filters=["outcome", "score", "business_on", "subject_type", "subject_id", "strategy"],
        row_link="/risk/decisions/{id}",
    )
)
_TRIAL_COLUMNS = [
    Col("strategy", source="strategy__code", is_hidden=True, is_sortable=False),
    Col("strategy_name", source="strategy__name_{lang}", is_sortable=False),
    Col("version_no", "integer", source="version__version_no", is_sortable=False),
    Col("strategy_version_id", "integer", source="version_id", is_hidden=True, is_sortable=False),
]
api.listing(
    Listing(
        name="strategy_trials",
        is_growing=True,
        permission=permissions.STRATEGY_VIEW,
        queryset=selectors.strategy_trials,
        columns=[
            Col("trial_no", is_sortable=False),
            *_TRIAL_COLUMNS,
            Col("trial_kind", "enum", source="kind", enum="TrialKind", choices=TrialKind.values, is_sortable=False),
            Col("share_rate", "rate", is_sortable=False),
            Col("begun_by", is_sortable=False),
            Col("begun_at", "datetime", is_sortable=False),
            Col("ended_by", is_sortable=False),
            Col("ended_at", "datetime", is_sortable=False),
            Col("note", is_hidden=True, is_sortable=False),
        ],
        search=["trial_no"],
        filters=["strategy", "strategy_version_id", "trial_kind"],
        row_link="/risk/trials/{id}",
    )
)
api.listing(
    Listing(
        name="backtests",
        is_growing=True,
        permission=permissions.STRATEGY_VIEW,
        queryset=selectors.backtests,
        columns=[
            Col("backtest_no", is_sortable=False),
            *_TRIAL_COLUMNS,
            Col("calibration_no", source="calibration__calibration_no", is_sortable=False),
            Col("since", "date", is_sortable=False),
            Col("until", "date", is_sortable=False),
            Col("case_count", "integer", is_sortable=False),
            Col("done_count", "integer", is_sortable=False),
            Col("begun_by", is_sortable=False),
            Col("begun_at", "datetime", is_sortable=False),
            Col("ended_at", "datetime", is_sortable=False),
        ],
        search=["backtest_no"],
        filters=["strategy", "strategy_version_id"],
        row_link="/risk/backtests/{id}",
        toolbar=["backtest_begin"],
    )
)
api.listing(
    Listing(
        name="backtest_moves",
        is_growing=True,
        permission=permissions.DECISION_VIEW,
        queryset=selectors.backtest_moves,
        columns=[
            Col("backtest_no", source="backtest__backtest_no", is_hidden=True, is_sortable=False),
            Col("backtest_id", "integer", is_hidden=True, is_sortable=False),
            Col("record_no", source="record__record_no", is_sortable=False),
            Col("record_id", "integer", is_hidden=True, is_sortable=False),
            Col(
                "outcome_before", "enum", source="before", enum="DecisionOutcome", choices=_OUTCOMES, is_sortable=False
            ),
            Col("outcome_after", "enum", source="after", enum="DecisionOutcome", choices=_OUTCOMES, is_sortable=False),
            Col("score_before", "integer", is_sortable=False),
            Col("score_after", "integer", is_sortable=False),
            Col("rules_new", "json", is_sortable=False),
            Col("rules_gone", "json", is_sortable=False),
        ],
        search=["record__record_no"],
        filters=["backtest_id", "outcome_before", "outcome_after"],
        row_link="/risk/decisions/{record_id}",
    )
)
