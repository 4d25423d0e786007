"""Published level-payment schedules, to the cent."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from axle.amortization.public import Terms, schedule
from axle.kernel.money import parse_yuan

CASES = json.loads(Path(__file__).with_name("published").joinpath("level_payment.json").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"].split()[0])
def test_published_table(case):
    terms = Terms(
        principal=parse_yuan(case["principal"]),
        annual_rate=Decimal(case["annual_rate_percent"]) / 100,
        method="level_payment",
        periods=case["periods"],
        every=case["every"],
        unit=case["unit"].removesuffix("s"),
        start_on=date.fromisoformat(case["start"]),
        day_count=case["day_count"],
        tail="levelled",
    )
    rows = [(row.due_on.isoformat(), row.principal, row.interest) for row in schedule(terms).instalments]
    assert rows == [(on, parse_yuan(principal), parse_yuan(interest)) for on, principal, interest in case["rows"]]


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
