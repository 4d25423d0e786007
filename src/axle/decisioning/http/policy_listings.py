"""The lists of policy parameters, values, calibrations, changes, formulas and prices."""

from axle.decisioning import permissions, selectors
from axle.decisioning.http.base import api
from axle.decisioning.models import CalibrationKind, CalibrationState
from axle.platform.listing import Col, Listing

_SCOPE = [
    Col("legal_entity"),
    Col("product"),
    Col("scenario"),
    Col("region"),
    Col("dealer_grade"),
    Col("vehicle_class"),
    Col("vehicle_series"),
    Col("since", "date"),
    Col("until", "date"),
]
_FILTERS = ["parameter", "scenario", "region", "dealer_grade", "vehicle_class", "vehicle_series", "product"]

api.listing(
    Listing(
        name="policy_parameters",
        permission=permissions.POLICY_VIEW,
        queryset=selectors.policy_parameters,
        columns=[
            Col("parameter", source="code"),
            Col("parameter_name", source="name_{lang}", is_sortable=False),
            Col(
                "value_type",
                "enum",
                source="type",
                enum="PolicyValueType",
                choices=["integer", "money", "rate", "bool"],
            ),
            Col("unit"),
            Col("minimum", "rate"),
            Col("maximum", "rate"),
        ],
        search=["code", "name_zh", "name_en"],
        filters=["parameter", "value_type"],
        default_sort="code",
        toolbar=["policy_calibration_draft", "policy_calibration_import"],
    )
)
api.listing(
    Listing(
        name="policy_values",
        permission=permissions.POLICY_VIEW,
        queryset=selectors.policy_values,
        columns=[
            Col("parameter"),
            *_SCOPE,
            Col("policy_value", source="value_shown", is_sortable=False),
            Col("calibration_no", source="calibration__calibration_no"),
            Col("calibration_id", "integer", is_hidden=True),
        ],
        search=["parameter", "vehicle_series"],
        filters=[*_FILTERS, "calibration_no"],
        default_sort="parameter",
        toolbar=["policy_calibration_draft", "policy_calibration_import"],
    )
)
api.listing(
    Listing(
        name="policy_changes",
        is_growing=True,
        permission=permissions.POLICY_VIEW,
        queryset=selectors.policy_changes,
        columns=[
            Col("calibration_no", source="calibration__calibration_no", is_sortable=False),
            Col("calibration_id", "integer", is_hidden=True, is_sortable=False),
            Col(
                "calibration_state",
                "enum",
                source="calibration__state",
                enum="CalibrationState",
                choices=CalibrationState.values,
                is_sortable=False,
            ),
            Col("parameter", is_sortable=False),
            *(Col(col.key, col.kind, is_sortable=False) for col in _SCOPE),
            Col("value_before", source="before_shown", is_sortable=False),
            Col("value_after", source="value_shown", is_sortable=False),
            Col("is_removed", "bool", is_sortable=False),
            Col("activated_at", "datetime", source="calibration__activated_at", is_sortable=False),
        ],
        search=["parameter"],
        filters=[*_FILTERS, "calibration_id"],
    )
)
api.listing(
    Listing(
        name="policy_calibrations",
        is_growing=True,
        permission=permissions.POLICY_VIEW,
        queryset=selectors.policy_calibrations,
        columns=[
            Col("calibration_no", is_sortable=False),
            Col("calibration_kind", "enum", source="kind", enum="CalibrationKind", choices=CalibrationKind.values),
            Col("calibration_state", "enum", source="state", enum="CalibrationState", choices=CalibrationState.values),
            Col("change_count", "integer"),
            Col("note"),
            Col("drafted_by"),
            Col("created_at", "datetime"),
            Col("activated_by"),
            Col("activated_at", "datetime"),
        ],
        search=["calibration_no"],
        filters=["calibration_kind", "calibration_state", "created_at"],
        row_link="/risk/calibrations/{id}",
        toolbar=["policy_calibration_draft", "policy_calibration_import", "market_feed_calibrate"],
    )
)
api.listing(
    Listing(
        name="policy_formulas",
        permission=permissions.POLICY_VIEW,
        queryset=selectors.policy_formulas,
        columns=[
            Col("code"),
            Col("parameter"),
            Col("expression", is_sortable=False),
            Col("is_active", "bool"),
            Col("note"),
            Col("changed_by"),
            Col("changed_at", "datetime"),
        ],
        search=["code", "parameter"],
        filters=["parameter", "is_active"],
        default_sort="code",
        toolbar=["policy_formula_save"],
        row_actions=["policy_formula_save"],
    )
)
api.listing(
    Listing(
        name="market_feeds",
        is_growing=True,
        permission=permissions.POLICY_VIEW,
        queryset=selectors.market_feeds,
        columns=[
            Col("feed_no", is_sortable=False),
            Col("observed_on", "date", is_sortable=False),
            Col("market_source", source="source", is_sortable=False),
            Col("row_count", "integer", is_sortable=False),
            Col("moved_count", "integer", is_sortable=False),
            Col("taken_by", is_sortable=False),
            Col("taken_at", "datetime", is_sortable=False),
        ],
        search=["feed_no"],
        filters=["observed_on"],
        toolbar=["market_feed_import"],
        row_actions=["market_feed_calibrate"],
    )
)
api.listing(
    Listing(
        name="market_prices",
        is_growing=True,
        permission=permissions.POLICY_VIEW,
        queryset=selectors.market_prices,
        columns=[
            Col("feed_no", source="feed__feed_no", is_sortable=False),
            Col("observed_on", "date"),
            Col("vehicle_series", is_sortable=False),
            Col("region", is_sortable=False),
            Col("price_index", "rate", is_sortable=False),
            Col("move_rate", "rate", is_sortable=False),
            Col("days_inside", "integer", is_sortable=False),
        ],
        search=["vehicle_series"],
        filters=["observed_on", "vehicle_series", "region", "move_rate"],
    )
)
