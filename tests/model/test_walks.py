"""Random walks through the commands, and after every day the model."""

import os

import pytest

from axle.accounting.public import vouchers_number
from axle.config.demo.institution import Place
from axle.ledger.services.movements_fold import movements_fold
from tests.journeys.conftest import invariants_broken, place
from tests.model.hard_times import HardTimes
from tests.model.walk import Walk

__all__ = ["place"]

pytestmark = [pytest.mark.django_db, pytest.mark.journey]

NOT_ASKED = ("product_terms_readable",)
"""The loans of a walk are opened without a real product behind them."""
FIRST = int(os.environ.get("AXLE_SEED", "0"))
SEEDS = range(FIRST, FIRST + int(os.environ.get("AXLE_EXAMPLES", "1")))


def clean(walk: Walk) -> None:
    """All that ``./axle check`` proves, once the jobs of the minute have run."""
    vouchers_number()
    movements_fold()
    assert [line for line in invariants_broken() if not line.startswith(NOT_ASKED)] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_the_model_agrees_after_every_day(place: Place, seed: int) -> None:
    walk = Walk(place, seed)
    walk.agrees()
    for _day in range(50):
        walk.day(acts=3)
        walk.agrees()
    clean(walk)
    done = {line.partition(":")[0] for line in walk.told if line.endswith(": done")}
    assert done >= {"receipt_register", "receipt_confirm", "receipt_reverse", "fee_charge", "loan_change_approve"}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_model_agrees_where_days_are_caught_up(place: Place, seed: int) -> None:
    walk = Walk(place, 1000 + seed)
    while walk.age < 160:
        walk.day(acts=4, days=walk.draw.choice((1, 1, 9, 30)))
        walk.agrees()
    clean(walk)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_model_agrees_where_loans_go_bad(place: Place, seed: int) -> None:
    walk = HardTimes(place, 2000 + seed, loans=3, periods=(3, 6))
    walk.over(days=120, step=15)
    clean(walk)
