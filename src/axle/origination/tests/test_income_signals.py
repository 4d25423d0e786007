"""The level of wages that an income is held against: by the narrowest place that has one, and for wages only."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from axle.origination.domain.form import ApplicationForm
from axle.origination.parameters import WAGE_LEVELS
from axle.origination.services.income_signals import income_band
from axle.platform.errors import ParameterValueInvalid
from axle.platform.public import parameter_set
from axle.platform.testing import make_actor

pytestmark = pytest.mark.django_db
LEVELS: dict[str, Any] = {
    "source": "某市统计局",
    "levels": {
        "": {"employed": "120000.00", "public_service": "96000.00"},
        "33": {"employed": "144000.00"},
        "3301": {"employed": "180000.00"},
    },
}


def _form(**customer: Any) -> ApplicationForm:
    told = {"monthly_income": "30000", "employment_kind": "employed", "region_code": "330106"}
    return ApplicationForm.model_validate({"customer": told | customer})


def _set(value: Any) -> None:
    parameter_set(
        actor=make_actor(), code=WAGE_LEVELS.code, value=value, effective_from=date(2026, 1, 1), legal_entity_id=None,
        note="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("customer", "rate"),
    [
        ({}, "2"),
        ({"region_code": "330206"}, "2.5"),
        ({"region_code": "310101"}, "3"),
        ({"region_code": None}, "3"),
        ({"employment_kind": "public_service"}, "3.75"),
        ({"monthly_income": "9999.99"}, "0.6667"),
    ],
)
def test_an_income_is_a_multiple_of_the_level_of_its_place(customer: dict[str, Any], rate: str):
    _set(LEVELS)
    assert income_band(_form(**customer)) == {"income_band_gap_rate": Decimal(rate)}


def test_what_was_published_counts_where_nobody_entered_more():
    assert income_band(_form()) == {"income_band_gap_rate": Decimal("2.9007")}


@pytest.mark.parametrize("customer", [{"employment_kind": "self_employed"}, {"employment_kind": None},
                                      {"employment_kind": "farmer"}, {"monthly_income": None}])  # fmt: skip
def test_nothing_is_told_of_who_earns_no_wages(customer: dict[str, Any]):
    assert income_band(_form(**customer)) == {}


@pytest.mark.parametrize(
    "value",
    [
        {"levels": LEVELS["levels"]},
        LEVELS | {"source": ""},
        LEVELS | {"levels": {"33": {"employed": "1.00"}}},
        LEVELS | {"levels": LEVELS["levels"] | {"330": {"employed": "1.00"}}},
        LEVELS | {"levels": LEVELS["levels"] | {"33": {"farmer": "1.00"}}},
        LEVELS | {"levels": LEVELS["levels"] | {"33": {"employed": "0.00"}}},
        LEVELS | {"levels": LEVELS["levels"] | {"33": {"employed": "much"}}},
    ],
)
def test_levels_that_mean_nothing_are_refused(value: Any):
    with pytest.raises(ParameterValueInvalid):
        _set(value)
    assert income_band(_form()) == {"income_band_gap_rate": Decimal("2.9007")}
