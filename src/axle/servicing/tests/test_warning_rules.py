"""Early warnings as rules: levels, values that age and move with prices, and how a warning goes on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from axle.kernel.money import Fen
from axle.platform.errors import ParameterValueInvalid
from axle.platform.public import PARAMETERS
from axle.servicing.domain.warnings import (
    Course,
    Standing,
    Valuation,
    ValueBasis,
    WarningStepKind,
    car_value_level,
    car_value_rule,
    car_value_rules,
    course,
    id_expiry_days,
    id_expiry_level,
)
from axle.servicing.parameters import CAR_VALUE_WARNINGS, ID_EXPIRY_DAYS, WARNING_DAYS
from axle.servicing.tests.factories import START

RULE_DATA = CAR_VALUE_WARNINGS.default[0]
RULE = car_value_rules(CAR_VALUE_WARNINGS.default)[0]
DAYS = id_expiry_days(ID_EXPIRY_DAYS.default)
TODAY = date(2026, 3, 2)
D = Decimal


def worth(present: int, *, fall: str | None = "0.06", basis=ValueBasis.PRICE, on=START) -> Valuation:
    """A car that is worth so much after its prices fell."""
    now = None if fall is None else 1 - D(fall)
    return Valuation(basis, Fen(present), on, index_now=now, index_then=now, index_disbursed=fall and D(1))


class TestRules:
    @pytest.mark.parametrize(
        ("principal", "level"),
        [
            (99_999_99, None),
            (100_000_00, ("yellow", D(1))),
            (109_999_99, ("yellow", D(1))),
            (110_000_00, ("orange", D("1.1"))),
            (119_999_99, ("orange", D("1.1"))),
            (120_000_00, ("red", D("1.2"))),
            (900_000_00, ("red", D("1.2"))),
        ],
    )
    def test_a_level_begins_at_its_ratio(self, principal, level):
        car = worth(100_000_00)
        assert car_value_level(RULE, principal=principal, valuation=car, disbursed_on=START) == level

    @pytest.mark.parametrize(
        ("fall", "is_warned"), [("0.05", False), ("0.050001", True), ("-0.1", False), (None, False)]
    )
    def test_prices_must_have_fallen_by_more_than_the_least(self, fall, is_warned):
        found = car_value_level(RULE, principal=1_30, valuation=worth(1_00, fall=fall), disbursed_on=START)
        assert (found is not None) == is_warned

    def test_an_appraisal_since_the_disbursement_counts_by_itself(self):
        for on, level in ((START, None), (START + timedelta(days=1), ("red", D("1.2")))):
            car = worth(1_00, fall=None, basis=ValueBasis.APPRAISAL, on=on)
            assert car_value_level(RULE, principal=1_30, valuation=car, disbursed_on=START) == level

    def test_a_rule_may_ask_for_no_fall(self):
        rule = car_value_rules([CAR_VALUE_WARNINGS.default[0] | {"least_fall": "0"}])[0]
        found = car_value_level(rule, principal=1_00, valuation=worth(1_00, fall=None), disbursed_on=START)
        assert found == ("yellow", D(1))

    @pytest.mark.parametrize(
        ("valuation", "present", "fall"),
        [
            (Valuation(ValueBasis.PRICE, Fen(100_000_00), START), 100_000_00, None),
            (
                Valuation(ValueBasis.PRICE, Fen(100_000_00), START, D("0.9"), D("0.81"), D(100), D(94), D(100)),
                84_600_00,  # 100,000 × 0.81 ÷ 0.9 × 94 ÷ 100
                D("0.06"),
            ),
            (
                Valuation(ValueBasis.APPRAISAL, Fen(70_000_01), START, None, None, D(98), D(97), D(100)),
                69_285_72,  # 70,000.01 × 97 ÷ 98 = 69,285.7242 …
                D("0.03"),
            ),
            (Valuation(ValueBasis.PRICE, Fen(1_00), START, index_then=D(90), index_now=D(99), index_disbursed=D(90)),
             1_10, D("-0.1")),
        ],
    )  # fmt: skip
    def test_a_value_ages_and_moves_with_the_prices(self, valuation, present, fall):
        assert (valuation.present, valuation.fall) == (present, fall)

    @pytest.mark.parametrize(
        ("left", "level"),
        [(61, None), (60, "yellow"), (16, "yellow"), (15, "orange"), (0, "orange"), (-1, "red"), (-400, "red")],
    )
    def test_an_id_is_told_of_before_and_after_it_expires(self, left, level):
        assert id_expiry_level(DAYS, valid_until=TODAY + timedelta(days=left), on=TODAY) == level

    def test_the_first_rule_that_fits_counts(self):
        electric = RULE_DATA | {"energies": ["electric"], "yellow": "0.9"}
        series = RULE_DATA | {"series": ["大众/朗逸"], "products": ["used_car"], "yellow": "0.8"}
        rules = car_value_rules([electric, series, RULE_DATA])
        asked = {"product": "used_car", "vehicle_class": "passenger", "energy": "petrol", "series": "大众/朗逸"}
        found = [
            car_value_rule(rules, **asked | more)
            for more in ({"energy": "electric"}, {}, {"product": "new_car"}, {"series": "丰田/卡罗拉"})
        ]
        assert [rule and rule.levels[0] for rule in found] == [D("0.9"), D("0.8"), D(1), D(1)]
        assert car_value_rule(rules[:2], **asked | {"product": "new_car"}) is None

    @pytest.mark.parametrize(
        "wrong",
        [{"yellow": "1.15"}, {"red": "11"}, {"least_fall": "1"}, {"least_fall": 0.05}, {"yellow": "0"}, {"colour": "1"},
         {"products": "new_car"}, {"series": [1]}],
    )  # fmt: skip
    def test_a_rule_that_means_nothing_is_no_parameter(self, wrong):
        with pytest.raises(ParameterValueInvalid):
            PARAMETERS[CAR_VALUE_WARNINGS.code].read([RULE_DATA | wrong])

    @pytest.mark.parametrize(
        ("code", "wrong"),
        [
            (ID_EXPIRY_DAYS.code, {"yellow": 10, "orange": 15}),
            (ID_EXPIRY_DAYS.code, {"yellow": 60}),
            (ID_EXPIRY_DAYS.code, {"yellow": 60, "orange": -1}),
            (ID_EXPIRY_DAYS.code, {"yellow": 60, "orange": 15, "red": 0}),
            (WARNING_DAYS.code, {"yellow": 15, "orange": 7}),
            (WARNING_DAYS.code, {"yellow": 15, "orange": 7, "red": "3"}),
        ],
    )
    def test_days_that_mean_nothing_are_no_parameter(self, code, wrong):
        with pytest.raises(ParameterValueInvalid):
            PARAMETERS[code].read(wrong)


RAISED = Course(WarningStepKind.RAISED, "open", is_new=True)


@pytest.mark.parametrize(
    ("before", "level", "expected"),
    [
        (None, None, None),
        (None, "yellow", RAISED),
        (Standing("red", "closed"), None, None),
        (Standing("red", "closed"), "yellow", RAISED),
        (Standing("yellow", "open"), "yellow", Course(None, "open")),
        (Standing("yellow", "open"), "red", Course(WarningStepKind.WORSENED, "open")),
        (Standing("yellow", "acknowledged"), "orange", Course(WarningStepKind.WORSENED, "open")),
        (Standing("red", "acknowledged"), "yellow", Course(WarningStepKind.EASED, "acknowledged")),
        (Standing("red", "open"), None, Course(WarningStepKind.RECOVERED, "closed")),
        (Standing("orange", "closed", is_handled=True), "orange", None),
        (Standing("orange", "closed", is_handled=True), "yellow", None),
        (Standing("orange", "closed", is_handled=True), "red", RAISED),
        (Standing("orange", "closed", is_handled=True), None, Course(None, "closed")),
    ],
)
def test_how_a_warning_goes_on(before, level, expected):
    assert course(before, level) == expected
