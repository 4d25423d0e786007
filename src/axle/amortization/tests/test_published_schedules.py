"""Figures of peers' documentation, to the cent; whole published tables are in ``published``."""

from datetime import date
from decimal import Decimal

import pytest

from axle.amortization.public import Terms, schedule

# Figures of peers' documentation: (terms, level amount, last total, all interest)
FIGURES = [
    ({"method": "flat", "instalment_multiple": 100}, 32800, 32400, 90000),
    ({"method": "level_payment", "instalment_multiple": 100}, 30500, 30322, 48822),
    ({"method": "level_principal"}, 27778, 28052, 47500),
    ({"method": "level_payment", "instalment_multiple": 100, "principal_grace_periods": 3}, 36100, 35487, 55887),
]


@pytest.mark.parametrize(("changes", "instalment", "last", "interest"), FIGURES)
def test_five_thousand_over_eighteen_months(changes, instalment, last, interest):
    base = {"principal": 500000, "annual_rate": Decimal("0.12"), "periods": 18, "start_on": date(2023, 12, 12)}
    plan = schedule(Terms(**(base | changes)))
    assert (plan.instalment, plan.instalments[-1].total, plan.interest_total) == (instalment, last, interest)


def test_actual_actual_splits_the_year_at_31_december():
    plan = schedule(
        Terms(
            principal=1000000,
            annual_rate=Decimal("0.12"),
            method="level_payment",
            periods=6,
            start_on=date(2023, 12, 12),
            day_count="actual/actual",
        )
    )
    assert (plan.instalment, plan.instalments[-1].total, plan.instalments[0].interest) == (172556, 172559, 10181)


@pytest.mark.parametrize(("day_count", "interest"), [("actual/actual", 14465921), ("actual/365-leap", 14501143)])
def test_a_leap_year_counted_both_ways(day_count, interest):
    """Interest that Apache Fineract gives over 2024: a full leap year, or 366 only in the period of 29 February."""
    plan = schedule(
        Terms(
            principal=120_000_000,
            annual_rate=Decimal("0.216"),
            method="level_payment",
            periods=12,
            start_on=date(2024, 1, 1),
            day_count=day_count,
            tail="levelled",
        )
    )
    assert plan.interest_total == interest
